import { type ChargeResult, defineGateway, Refused, Unknown } from '@hostwright/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { CARD, LOST_ANSWER_CARD, openShop, type Shop } from '../../test/shop.ts';
import { addCredit } from '../billing/add-credit.ts';
import { applyOwnCredit } from '../billing/apply-credit.ts';
import { issueInvoice } from '../billing/issue-invoice.ts';
import { listInvoices } from '../billing/list-invoices.ts';
import { presentCredit, presentInvoice } from '../billing/present.ts';
import { invoiceOut, listInvoices as listInvoicesShape } from '../billing/schemas.ts';
import { settleWhenCovered } from '../billing/settle-invoice.ts';
import { voidInvoice } from '../billing/void-invoice.ts';
import { toJson } from '../kit/endpoint.ts';
import { listGateways } from './list-gateways.ts';
import { listPayments } from './list-payments.ts';
import { payInvoice } from './pay-invoice.ts';
import { recordPayment } from './record-payment.ts';
import { resolvePaymentJob } from './resolve-payment.job.ts';
import { resolvePayment } from './resolve-payment.ts';
import * as schemas from './schemas.ts';

/** A gateway whose answers a test decides; it knows what it took. */
const bank = { taken: new Map<string, ChargeResult>(), charge: async (_: string): Promise<ChargeResult> => taken() };
const taken = (): ChargeResult => ({ outcome: 'paid', reference: crypto.randomUUID(), feeMinor: 3n });
const moody = defineGateway({
  sdk: 1,
  id: 'moody',
  name: 'Moody bank',
  settings: {},
  payment: {},
  charge: ({ idempotencyKey }) => bank.charge(idempotencyKey),
  findCharge: async ({ idempotencyKey }) => bank.taken.get(idempotencyKey) ?? 'absent',
});

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ gateways: [moody] });
  await shop.app.jobs.start(shop.app, [resolvePaymentJob]);
});
afterAll(() => shop.close());

const invoiceOf = (customerId: string, totalMinor = 1000n) =>
  shop.ctx.transaction((tx) =>
    issueInvoice(tx, {
      customerId,
      lines: [
        {
          kind: 'manual',
          cause: { kind: 'staff', id: null },
          description: 'Work',
          quantity: 1,
          unitMinor: totalMinor,
          amountMinor: totalMinor,
        },
      ],
    }),
  );
const credit = async (customerId: string) => {
  const [balance] = (await presentCredit(shop.ctx, customerId)).balances;
  return balance?.amountMinor ?? 0n;
};
const show = (invoiceId: string) => presentInvoice(shop.ctx, { invoiceId });
const transfer = (invoiceId: string, amountMinor: bigint, reference = crypto.randomUUID() as string) =>
  recordPayment(shop.ctx, { invoiceId, amountMinor, reference });
const paidEvents = async (invoiceId: string) => {
  const rows = await shop.ctx.db
    .selectFrom('event')
    .select('id')
    .where('type', '=', 'invoice.paid')
    .where('subjectId', '=', invoiceId)
    .execute();
  return rows.length;
};
const byCard = (customerId: string, invoiceId: string, payment = CARD) =>
  payInvoice(shop.as(customerId), { customerId, invoiceId, gatewayId: 'test-card', payment });
const atMoodyBank = (customerId: string, invoiceId: string) =>
  payInvoice(shop.as(customerId), { customerId, invoiceId, gatewayId: 'moody', payment: {} });

describe('numbers', () => {
  test('500 payments at once get numbers without gaps', async () => {
    const customerId = await shop.customer();
    const invoices: Awaited<ReturnType<typeof invoiceOf>>[] = [];
    for (let count = 0; count < 25; count += 1) invoices.push(await invoiceOf(customerId, 20n));
    const before = await settledNumbers();
    await Promise.all(Array.from({ length: 500 }, (_, index) => transfer(invoices[index % 25]?.id ?? '', 1n)));
    const after = (await settledNumbers()).slice(before.length);
    expect(after).toHaveLength(500);
    expect(after.at(-1)).toBe(before.length + 500);
    expect(new Set(after).size).toBe(500);
    for (const { id } of invoices) expect([(await show(id)).state, await paidEvents(id)]).toEqual(['paid', 1]);
  });

  test('an invoice that is rolled back gives its number back', async () => {
    const customerId = await shop.customer();
    const first = await invoiceOf(customerId);
    await expect(
      shop.ctx.transaction(async (tx) => {
        await issueInvoice(tx, {
          customerId,
          lines: [
            {
              kind: 'manual',
              cause: { kind: 'staff', id: null },
              description: 'x',
              quantity: 1,
              unitMinor: 1n,
              amountMinor: 1n,
            },
          ],
        });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    const second = await invoiceOf(customerId);
    expect(numberOf(second.number)).toBe(numberOf(first.number) + 1);
  });
});

describe('what is shown', () => {
  const fits = (schema: z.ZodType, value: unknown) => expect(schema.safeParse(toJson(value)).error).toBeUndefined();

  test('invoices, payments and credit fit what the API promises, however they are searched and sorted', async () => {
    const customerId = await shop.customer();
    const { id, number } = await invoiceOf(customerId);
    await transfer(id, 1200n);
    fits(invoiceOut, await show(id));
    fits(schemas.listGateways.ok as z.ZodType, await listGateways(shop.ctx));
    const credit = await presentCredit(shop.ctx, customerId);
    expect(credit).toMatchObject({
      balances: [{ currency: 'EUR', amountMinor: 200n }],
      entries: [{ amountMinor: 200n }],
    });
    for (const sort of ['createdAt', '-number', 'dueOn', '-totalMinor']) {
      const page = await listInvoices(shop.ctx, { limit: 5, sort, search: number, state: 'paid', customerId });
      expect(page.items).toMatchObject([{ id, customerName: 'Carla Customer', dueMinor: 0n }]);
      fits(listInvoicesShape.ok as z.ZodType, page);
    }
    for (const sort of ['createdAt', '-createdAt']) {
      const page = await listPayments(shop.ctx, { limit: 5, sort, search: number, state: 'settled', customerId });
      expect(page.items).toMatchObject([{ invoiceNumber: number, gatewayName: 'Bank transfer' }]);
      fits(schemas.listPayments.ok as z.ZodType, page);
    }
  });

  test('an invoice keeps the address it was issued to', async () => {
    const customerId = await shop.customer();
    const { id } = await invoiceOf(customerId);
    await shop.ctx.db.updateTable('customer').set({ city: 'Graz' }).where('id', '=', customerId).execute();
    expect((await show(id)).billTo).toMatchObject({ name: 'Carla Customer', address: ['Wien'] });
  });
});

describe('recorded payments', () => {
  test('two notices of the same money at once count once', async () => {
    const customerId = await shop.customer();
    const { id } = await invoiceOf(customerId);
    await Promise.all(Array.from({ length: 8 }, () => transfer(id, 1000n, 'SEPA 4711')));
    expect((await show(id)).payments).toHaveLength(1);
    expect([await paidEvents(id), await credit(customerId)]).toEqual([1, 0n]);
  });

  test('money recorded on one invoice is refused on another', async () => {
    const customerId = await shop.customer();
    const [a, b] = [await invoiceOf(customerId), await invoiceOf(customerId)];
    await transfer(a.id, 10n, 'SEPA 4712');
    await expect(transfer(b.id, 10n, 'SEPA 4712')).rejects.toMatchObject({
      code: 'reference_used',
      details: { invoiceNumber: a.number },
    });
  });

  test('parts add up, and what is too much becomes credit', async () => {
    const customerId = await shop.customer();
    const { id } = await invoiceOf(customerId);
    await transfer(id, 400n);
    expect(await show(id)).toMatchObject({ state: 'unpaid', paidMinor: 400n, dueMinor: 600n });
    await transfer(id, 700n);
    expect(await show(id)).toMatchObject({ state: 'paid', paidMinor: 1000n, dueMinor: 0n });
    await transfer(id, 50n);
    expect([await credit(customerId), await paidEvents(id)]).toEqual([150n, 1]);
  });

  test('money for a void invoice becomes credit', async () => {
    const customerId = await shop.customer();
    const { id } = await invoiceOf(customerId);
    await voidInvoice(shop.ctx, { invoiceId: id });
    await transfer(id, 1000n);
    expect([(await show(id)).state, await credit(customerId)]).toEqual(['void', 1000n]);
  });

  test('money cannot have arrived tomorrow', async () => {
    const { id } = await invoiceOf(await shop.customer());
    await expect(
      recordPayment(shop.ctx, { invoiceId: id, amountMinor: 1n, reference: 'x', receivedOn: '2026-03-02' }),
    ).rejects.toMatchObject({ code: 'received_in_future' });
  });
});

describe('credit', () => {
  test('two invoices at once cannot spend the same credit', async () => {
    const customerId = await shop.customer();
    await addCredit(shop.ctx, { customerId, currency: 'EUR', amountMinor: 1500n, reason: 'Gift' });
    const invoices = [await invoiceOf(customerId), await invoiceOf(customerId), await invoiceOf(customerId)];
    await Promise.all(invoices.map(({ id }) => applyOwnCredit(shop.as(customerId), { invoiceId: id, customerId })));
    const paid = await Promise.all(invoices.map(async ({ id }) => (await show(id)).paidMinor));
    expect(paid.reduce((sum, amount) => sum + amount, 0n)).toBe(1500n);
    expect(await credit(customerId)).toBe(0n);
  });

  test('an invoice takes credit in several goes and gives it back when it is void', async () => {
    const customerId = await shop.customer();
    const { id } = await invoiceOf(customerId);
    for (const amountMinor of [300n, 200n]) {
      await addCredit(shop.ctx, { customerId, currency: 'EUR', amountMinor, reason: 'Gift' });
      await applyOwnCredit(shop.as(customerId), { invoiceId: id, customerId });
    }
    expect(await show(id)).toMatchObject({ paidMinor: 500n, creditAppliedMinor: 500n });
    await voidInvoice(shop.ctx, { invoiceId: id });
    expect([(await show(id)).state, await credit(customerId)]).toEqual(['void', 500n]);
  });

  test('credit cannot be taken below zero, nor given in another currency', async () => {
    const customerId = await shop.customer();
    const add = (amountMinor: bigint, currency = 'EUR') =>
      addCredit(shop.ctx, { customerId, currency, amountMinor, reason: 'x' });
    await add(100n);
    await expect(add(-101n)).rejects.toMatchObject({ code: 'credit_too_low' });
    await expect(add(5n, 'USD')).rejects.toMatchObject({ code: 'currency_fixed' });
    await expect(add(0n)).rejects.toMatchObject({ code: 'amount_zero' });
    await Promise.allSettled(Array.from({ length: 5 }, () => add(-60n)));
    expect(await credit(customerId)).toBe(40n);
  });

  test('nobody pays from credit on an invoice of somebody else', async () => {
    const [owner, thief] = [await shop.customer(), await shop.customer()];
    await addCredit(shop.ctx, { customerId: owner, currency: 'EUR', amountMinor: 1000n, reason: 'x' });
    const { id } = await invoiceOf(owner);
    const theirs = { invoiceId: id, customerId: thief };
    await expect(applyOwnCredit(shop.as(thief), theirs)).rejects.toMatchObject({ code: 'invoice_not_found' });
    await expect(byCard(thief, id)).rejects.toMatchObject({ code: 'invoice_not_found' });
  });
});

describe('void', () => {
  test('an invoice with money on it is not voided, nor a paid one', async () => {
    const customerId = await shop.customer();
    const [part, whole] = [await invoiceOf(customerId), await invoiceOf(customerId)];
    await transfer(part.id, 1n);
    await transfer(whole.id, 1000n);
    await expect(voidInvoice(shop.ctx, { invoiceId: part.id })).rejects.toMatchObject({ code: 'invoice_has_payments' });
    await expect(voidInvoice(shop.ctx, { invoiceId: whole.id })).rejects.toMatchObject({ status: 409 });
  });

  test('an invoice over nothing is paid once its rows stand', async () => {
    const { id } = await invoiceOf(await shop.customer(), 0n);
    await shop.ctx.transaction((tx) => settleWhenCovered(tx, id));
    await shop.ctx.transaction((tx) => settleWhenCovered(tx, id));
    expect([(await show(id)).state, await paidEvents(id)]).toEqual(['paid', 1]);
  });
});

describe('charges', () => {
  test('paying twice at once takes the money once', async () => {
    const customerId = await shop.customer();
    const { id } = await invoiceOf(customerId);
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => byCard(customerId, id)));
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'payment_in_progress' });
      else expect(result.value.outcome).toBe('paid');
    }
    expect((await show(id)).payments).toMatchObject([{ state: 'settled', amountMinor: 1000n }]);
    expect([await paidEvents(id), await credit(customerId)]).toEqual([1, 0n]);
    expect(await byCard(customerId, id)).toEqual({ outcome: 'paid', message: '' });
  });

  test('a charge whose answer was lost is found and settled in the background', async () => {
    const customerId = await shop.customer();
    const { id } = await invoiceOf(customerId);
    expect(await byCard(customerId, id, LOST_ANSWER_CARD)).toMatchObject({ outcome: 'unknown' });
    await shop.app.jobs.drained();
    const invoice = await show(id);
    expect(invoice).toMatchObject({ state: 'paid', payments: [{ state: 'settled', message: '' }] });
    expect(await byCard(customerId, id)).toMatchObject({ outcome: 'paid' });
  });

  test('until it is known how a charge ended, nothing else is charged and the invoice is not voided', async () => {
    const customerId = await shop.customer();
    const { id } = await invoiceOf(customerId);
    bank.charge = async () => {
      throw new TypeError('the wire was cut');
    };
    expect(await atMoodyBank(customerId, id)).toMatchObject({ outcome: 'unknown' });
    await expect(byCard(customerId, id)).rejects.toMatchObject({ code: 'payment_in_progress' });
    await expect(voidInvoice(shop.ctx, { invoiceId: id })).rejects.toMatchObject({ code: 'payment_in_progress' });

    const [payment] = (await show(id)).payments;
    const ask = () => resolvePayment(shop.ctx, { paymentId: payment?.id ?? '', signal: AbortSignal.timeout(5000) });
    await expect(ask(), 'absent proves nothing yet').rejects.toThrow('may still be on its way');
    shop.clock.advance({ seconds: 90 });
    await ask();
    expect((await show(id)).payments).toMatchObject([{ state: 'declined' }]);
    expect(await byCard(customerId, id)).toMatchObject({ outcome: 'paid' });
  });

  test('money that turns up after it was given up is settled, and what is too much becomes credit', async () => {
    const customerId = await shop.customer();
    const { id } = await invoiceOf(customerId);
    const frozen = Promise.withResolvers<ChargeResult>();
    bank.charge = () => frozen.promise;
    const paying = atMoodyBank(customerId, id);
    const paymentId = await untilPending(id);
    shop.clock.advance({ seconds: 90 });
    await resolvePayment(shop.ctx, { paymentId, signal: AbortSignal.timeout(5000) });
    await byCard(customerId, id);
    frozen.resolve(taken());
    expect(await paying).toMatchObject({ outcome: 'paid' });
    expect((await show(id)).payments.map(({ state }) => state)).toEqual(['settled', 'settled']);
    expect([await paidEvents(id), await credit(customerId)]).toEqual([1, 1000n]);
  });

  test('a process that dies while charging leaves an intent that the queued job settles', async () => {
    const customerId = await shop.customer();
    const { id } = await invoiceOf(customerId);
    bank.charge = (key) => {
      bank.taken.set(key, taken());
      return new Promise(() => {}); // never comes back, as if the process had ended
    };
    void atMoodyBank(customerId, id);
    await untilPending(id);
    shop.clock.advance({ seconds: 91 });
    await shop.app.jobs.followClock();
    await shop.app.jobs.drained();
    expect(await show(id)).toMatchObject({ state: 'paid', payments: [{ state: 'settled' }] });
  });

  test('a failure that says nothing was taken is a declined payment', async () => {
    const customerId = await shop.customer();
    const { id } = await invoiceOf(customerId);
    bank.charge = async () => {
      throw new Refused('Your bank is closed.');
    };
    expect(await atMoodyBank(customerId, id)).toEqual({ outcome: 'declined', message: 'Your bank is closed.' });
    bank.charge = async () => {
      throw new Unknown('Who knows.');
    };
    expect(await atMoodyBank(customerId, id)).toMatchObject({ outcome: 'unknown' });
  });
});

async function untilPending(invoiceId: string): Promise<string> {
  for (;;) {
    const [payment] = (await show(invoiceId)).payments;
    if (payment) return payment.id;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const numberOf = (text: string | null) => Number(text?.split('-')[1]);

async function settledNumbers(): Promise<number[]> {
  const rows = await shop.ctx.db.selectFrom('payment').select('number').where('state', '=', 'settled').execute();
  return rows.map(({ number }) => numberOf(number)).sort((a, b) => a - b);
}
