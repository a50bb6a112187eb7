/** `start`, `findCharge` and `withdraw`: a page at the provider, paid, tried, left or taken away. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { InvoiceToPay } from '../../src/gateway.ts';
import { type Bench, newInvoice, type PageVisitor, takenFor } from './bench.ts';

const RETURN_URL = 'http://shop.invalid/return';

/** A page for a new invoice, and how to ask after it. */
export async function openPage(bench: Bench, page: PageVisitor, invoice: InvoiceToPay = newInvoice()) {
  const idempotencyKey = randomUUID();
  const customerReference = bench.gateway.createCustomer
    ? await bench.gateway.createCustomer({ ...bench.asked(), customer: invoice.customer })
    : null;
  const start = () =>
    bench.part('start')({
      ...bench.asked(),
      invoice,
      payment: bench.payment(page.payment),
      customerReference,
      idempotencyKey,
      returnUrl: RETURN_URL,
    });
  const { url, handle } = await start();
  const known = bench.toFind({ idempotencyKey, handle, customerReference });
  return {
    invoice,
    url,
    known,
    start,
    find: () => bench.part('findCharge')({ ...bench.asked(), ...known }),
    withdraw: () => bench.part('withdraw')({ ...bench.asked(), ...known }),
  };
}

export function pages(bench: Bench, page: PageVisitor | undefined): void {
  describe('paying on a page of the provider', () => {
    const open = () => {
      if (!page) throw new Error(`Tell gatewaySuite how a customer of ${bench.gateway.id} uses its page.`);
      return openPage(bench, page);
    };

    test('a charge nobody asked for is absent, with a handle and without', async () => {
      const find = bench.part('findCharge');
      expect(await find({ ...bench.asked(), ...bench.toFind({ idempotencyKey: randomUUID() }) })).toBe('absent');
      const { known } = await open();
      expect(await find({ ...bench.asked(), ...known, idempotencyKey: randomUUID() })).toBe('absent');
    });

    test.skipIf(!bench.badSettings)('with a key that is not accepted nothing is said to be absent', async () => {
      const { known } = await open();
      const asked = { ...bench.asked(), settings: bench.badSettings ?? {} };
      await expect(bench.part('findCharge')({ ...asked, ...known })).rejects.toThrow();
    });

    test('the same key is the same page', async () => {
      const { url, start } = await open();
      expect((await start()).url).toBe(url);
    });

    test('a page nobody has paid on is open', async () => {
      const { url, find } = await open();
      expect(await find()).toEqual({ outcome: 'open', url, message: '' });
    });

    test('a paid page tells what was taken, of whom and for what', async () => {
      const { url, find, invoice } = await open();
      await page?.pay(url);
      expect(await find()).toEqual({
        outcome: 'paid',
        reference: expect.stringMatching(/./),
        feeMinor: expect.any(BigInt),
        taken: takenFor(invoice),
      });
    });

    test('two paid pages are two moneys', async () => {
      const [a, b] = [await open(), await open()];
      await page?.pay(a.url);
      await page?.pay(b.url);
      const [first, second] = [await a.find(), await b.find()];
      expect(first).toMatchObject({ outcome: 'paid' });
      expect((first as { reference: string }).reference).not.toBe((second as { reference: string }).reference);
    });

    test('after a declined card the page stays open, says why, and can be paid', async () => {
      const { url, find } = await open();
      await page?.tryDeclined(url);
      expect(await find()).toEqual({ outcome: 'open', url, message: expect.stringMatching(/./) });
      await page?.pay(url);
      expect(await find()).toMatchObject({ outcome: 'paid' });
    });

    test('a page that was taken away cannot be paid', async () => {
      const { url, find, withdraw } = await open();
      expect(await withdraw()).toMatchObject({ outcome: 'declined' });
      await expect(page?.pay(url)).rejects.toThrow();
      expect(await find()).toMatchObject({ outcome: 'declined' });
      expect(await withdraw()).toMatchObject({ outcome: 'declined' });
    });

    test('taking a paid page away changes nothing', async () => {
      const { url, find, withdraw } = await open();
      await page?.pay(url);
      expect(await withdraw()).toEqual(await find());
    });
  });
}
