/** `save`, `listSaved`, `chargeSaved`, `forget`: a card kept for later, and charged, whether or not the customer is there. */
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
      const charge = (idempotencyKey: string, customerPresent = false) =>
        bench.part('chargeSaved')({
          ...bench.asked(),
          invoice,
          customerReference,
          methodReference: saved.reference,
          idempotencyKey,
          customerPresent,
          returnUrl: 'http://shop.invalid/return',
        });
      const known = (idempotencyKey: string) => ({
        ...bench.asked(),
        ...bench.toFind({ idempotencyKey, customerReference }),
      });
      const find = (idempotencyKey: string) => bench.part('findCharge')(known(idempotencyKey));
      const withdraw = (idempotencyKey: string) => bench.part('withdraw')(known(idempotencyKey));
      return { invoice, saved, list, charge, find, withdraw };
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

    test('a customer who is there pays at once, unless the bank wants to hear from them', async () => {
      const { charge, invoice } = await customerWith('pays');
      expect(await charge(randomUUID(), true)).toMatchObject({ outcome: 'paid', taken: takenFor(invoice) });
    });

    test('a customer who is there answers the bank, and is found to have paid', async () => {
      const { charge, find, invoice } = await customerWith('needs_customer');
      const key = randomUUID();
      const open = await charge(key, true);
      expect(open).toEqual({ outcome: 'open', url: expect.stringMatching(/^https?:/), message: '' });
      expect(await charge(key, true)).toEqual(open);
      expect(await find(key)).toEqual(open);
      await cards?.answerBank(urlOf(open), 'confirm');
      expect(await find(key)).toMatchObject({ outcome: 'paid', taken: takenFor(invoice) });
    });

    test('a customer who refuses at the bank has not paid', async () => {
      const { charge, find } = await customerWith('needs_customer');
      const key = randomUUID();
      await cards?.answerBank(urlOf(await charge(key, true)), 'refuse');
      expect(await find(key)).toEqual({ outcome: 'declined', message: expect.stringMatching(/./) });
    });

    test('a charge that was taken away cannot be confirmed at the bank any more', async () => {
      const { charge, find, withdraw } = await customerWith('needs_customer');
      const key = randomUUID();
      const open = await charge(key, true);
      expect(await withdraw(key)).toMatchObject({ outcome: 'declined' });
      await cards?.answerBank(urlOf(open), 'confirm');
      expect(await find(key)).toMatchObject({ outcome: 'declined' });
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

const urlOf = (state: { outcome: string; url?: string | null }): string => {
  if (!state.url) throw new Error(`The bank has no page: the charge is ${state.outcome}.`);
  return state.url;
};
