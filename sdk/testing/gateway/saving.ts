/** `save`, `listSaved`, `chargeSaved`, `forget`: a card kept for later, and charged while the customer is away. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Bench, type CardLeaver, newInvoice, takenFor } from './bench.ts';

export function saving(bench: Bench, cards: CardLeaver | undefined): void {
  describe('saved cards', () => {
    const customerWith = async (card: Parameters<CardLeaver['leave']>[1]) => {
      if (!cards) throw new Error(`Tell gatewaySuite how a customer of ${bench.gateway.id} leaves a card.`);
      const invoice = newInvoice();
      const customerReference = await bench.part('createCustomer')({ ...bench.asked(), customer: invoice.customer });
      const page = {
        customerReference,
        idempotencyKey: randomUUID(),
        returnUrl: 'http://shop.invalid/return',
        currency: 'EUR',
      };
      const { url } = await bench.part('save')({ ...bench.asked(), ...page });
      await cards.leave(url, card);
      const list = () => bench.part('listSaved')({ ...bench.asked(), customerReference });
      const [saved] = await list();
      if (!saved) throw new Error('The card was not saved.');
      const charge = (idempotencyKey: string) =>
        bench.part('chargeSaved')({
          ...bench.asked(),
          invoice,
          customerReference,
          methodReference: saved.reference,
          idempotencyKey,
        });
      const find = (idempotencyKey: string) =>
        bench.part('findCharge')({ ...bench.asked(), ...bench.toFind({ idempotencyKey, customerReference }) });
      return { invoice, saved, list, charge, find };
    };

    test('a customer has nothing saved at first, and then what was left', async () => {
      const customerReference = await bench.part('createCustomer')({
        ...bench.asked(),
        customer: newInvoice().customer,
      });
      expect(await bench.part('listSaved')({ ...bench.asked(), customerReference })).toEqual([]);
      const { saved } = await customerWith('pays');
      expect(saved.label).toMatch(/\d{4}$/);
      expect(saved.expiresIn).toMatch(/^\d{4}-\d{2}$/);
    });

    test('the same key charges once, answers the same, and is found without a handle', async () => {
      const { charge, find, invoice } = await customerWith('pays');
      const key = randomUUID();
      expect(await find(key)).toBe('absent');
      const [first, ...others] = await Promise.all([charge(key), charge(key), charge(key)]);
      expect(first).toMatchObject({ outcome: 'paid', taken: takenFor(invoice) });
      for (const other of [...others, await charge(key), await find(key)]) expect(other).toEqual(first);
    });

    test('a declined card says why and stays declined', async () => {
      const { charge, find } = await customerWith('declines');
      const key = randomUUID();
      const declined = await charge(key);
      expect(declined).toEqual({ outcome: 'declined', message: expect.stringMatching(/./) });
      expect(await find(key)).toEqual(declined);
    });

    test('a bank that wants to hear from the customer declines and says so', async () => {
      const { charge, find } = await customerWith('needs_customer');
      const key = randomUUID();
      const declined = await charge(key);
      expect(declined).toEqual({ outcome: 'declined', message: expect.stringMatching(/./), needsCustomer: true });
      expect(await find(key)).toEqual(declined);
    });

    test('a card that was forgotten is gone and is not charged', async () => {
      const { saved, list, charge } = await customerWith('pays');
      const forget = () => bench.part('forget')({ ...bench.asked(), methodReference: saved.reference });
      await forget();
      await forget();
      expect(await list()).toEqual([]);
      const result = await charge(randomUUID()).catch((error: { kind?: string }) => error);
      expect(result).not.toMatchObject({ outcome: 'paid' });
      expect(result).not.toMatchObject({ kind: 'unknown' });
    });
  });
}
