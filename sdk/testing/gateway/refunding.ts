/** `refund`: money given back once per key, in parts, and never more than was taken. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Bench, newInvoice, type PageVisitor } from './bench.ts';
import { openPage } from './pages.ts';

export function refunding(bench: Bench, given: { page?: PageVisitor; pays?: object }): void {
  describe('refunds', () => {
    /** Settled money of 19.99 EUR, by whichever way this gateway takes it. */
    const settled = async (): Promise<string> => {
      const paid = given.page ? await paidOnPage(bench, given.page) : await paidAtOnce(bench, given.pays);
      if (typeof paid !== 'object' || paid.outcome !== 'paid') throw new Error('The charge to refund was not paid.');
      return paid.reference;
    };
    const giveBack = (reference: string, amountMinor: bigint, idempotencyKey: string = randomUUID()) =>
      bench.part('refund')({ ...bench.asked(), reference, amountMinor, currency: 'EUR', idempotencyKey });

    test('the same key gives back once and answers the same', async () => {
      const reference = await settled();
      const key = randomUUID();
      const first = await giveBack(reference, 1999n, key);
      expect(first).toEqual({ outcome: 'refunded', reference: expect.stringMatching(/./) });
      expect(await giveBack(reference, 1999n, key)).toEqual(first);
    });

    test.skipIf(!bench.badSettings)(
      'a key that is not accepted any more does not undo what was given back',
      async () => {
        const reference = await settled();
        const idempotencyKey = randomUUID();
        await giveBack(reference, 999n, idempotencyKey);
        const asked = { ...bench.asked(), settings: bench.badSettings ?? {} };
        const again = { reference, amountMinor: 999n, currency: 'EUR', idempotencyKey };
        const said = await bench
          .part('refund')({ ...asked, ...again })
          .catch((error: { kind?: string }) => error);
        expect(said).not.toMatchObject({ outcome: 'refused' });
        expect(said).not.toMatchObject({ kind: 'refused' });
      },
    );

    test('parts are given back until nothing is left; more is refused with a reason', async () => {
      const reference = await settled();
      expect(await giveBack(reference, 999n)).toMatchObject({ outcome: 'refunded' });
      expect(await refusal(giveBack(reference, 1001n))).toMatch(/./);
      expect(await giveBack(reference, 1000n)).toMatchObject({ outcome: 'refunded' });
      expect(await refusal(giveBack(reference, 1n))).toMatch(/./);
    });
  });
}

/** Said as a result or thrown as a failure that did nothing. */
async function refusal(refunding: Promise<{ outcome: string; message?: string }>): Promise<string> {
  try {
    const result = await refunding;
    if (result.outcome !== 'refused') throw new TypeError(`It is ${result.outcome}.`);
    return result.message ?? '';
  } catch (error) {
    expect(error).toMatchObject({ kind: 'refused' });
    return (error as Error).message;
  }
}

async function paidOnPage(bench: Bench, page: PageVisitor) {
  const opened = await openPage(bench, page);
  await page.pay(opened.url);
  return opened.find();
}

const paidAtOnce = (bench: Bench, pays: object | undefined) =>
  bench.part('charge')({
    ...bench.asked(),
    invoice: newInvoice(),
    payment: bench.payment(pays),
    idempotencyKey: randomUUID(),
  });
