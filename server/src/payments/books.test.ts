/** Money in every order and at every moment: whatever is done, the books add up, and what the bank has is what they say. */
import { type ChargeResult, defineGateway, type RefundResult, Unknown } from '@hostwright/sdk';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShop, type Shop } from '../../test/shop.ts';
import { addCredit } from '../billing/add-credit.ts';
import { applyCredit } from '../billing/apply-credit.ts';
import { issueInvoice } from '../billing/issue-invoice.ts';
import { lockInvoice } from '../billing/queries.ts';
import { voidInvoice, voidLockedInvoice } from '../billing/void-invoice.ts';
import { DomainError } from '../kit/errors.ts';
import { examineBooks } from './examine-books.ts';
import { payInvoice } from './pay-invoice.ts';
import { recordPayment } from './record-payment.ts';
import { refundPayment } from './refund-payment.ts';
import { resolvePayment } from './resolve-payment.ts';
import { resolveRefund } from './resolve-refund.ts';

type Mood = 'pays' | 'declines' | 'pays and is silent' | 'is silent';

/** A bank with a till of its own, in the mood the test wants. */
const bank = {
  mood: 'pays' as Mood,
  tillMinor: 0n,
  charges: new Map<string, ChargeResult>(),
  refunds: new Map<string, RefundResult>(),
};
const uncertain = defineGateway({
  sdk: 1,
  id: 'uncertain',
  name: 'Uncertain bank',
  settings: {},
  payment: {},
  async charge({ idempotencyKey, invoice }) {
    if (bank.mood === 'is silent') throw new Unknown('…');
    const paid = { outcome: 'paid', reference: idempotencyKey, feeMinor: 0n } as const;
    const result = bank.mood === 'declines' ? ({ outcome: 'declined', message: 'No.' } as const) : paid;
    bank.charges.set(idempotencyKey, result);
    if (result.outcome === 'paid') bank.tillMinor += invoice.amountMinor;
    if (bank.mood === 'pays and is silent') throw new Unknown('…');
    return result;
  },
  findCharge: async ({ idempotencyKey }) => bank.charges.get(idempotencyKey) ?? 'absent',
  async refund({ idempotencyKey, amountMinor }) {
    const before = bank.refunds.get(idempotencyKey);
    if (before) return before;
    if (bank.mood === 'is silent') throw new Unknown('…');
    const result: RefundResult =
      bank.mood === 'declines'
        ? { outcome: 'refused', message: 'No.' }
        : { outcome: 'refunded', reference: idempotencyKey };
    bank.refunds.set(idempotencyKey, result);
    if (result.outcome === 'refunded') bank.tillMinor -= amountMinor;
    if (bank.mood === 'pays and is silent') throw new Unknown('…');
    return result;
  },
});

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ gateways: [uncertain] });
});
afterAll(() => shop.close());

const mood = fc.constantFrom<Mood>('pays', 'declines', 'pays and is silent', 'is silent');
const which = fc.nat(3);
const minor = fc.integer({ min: 1, max: 1500 }).map(BigInt);
// Often enough that a bank which is silent meets money that comes another way, and refunds of what was too much.
const deed = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('issue' as const), minor }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('transfer' as const), which, minor }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('charge' as const), which, mood }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('gift' as const), minor, back: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('spend' as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('void' as const), which, anyway: fc.boolean() }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('refund' as const),
      which,
      minor: fc.option(minor, { nil: undefined }),
      target: fc.constantFrom('gateway' as const, 'gateway' as const, 'credit' as const, 'by_hand' as const),
      mood,
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('find out' as const), mood }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pay twice' as const), minor }) },
);
type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never;

/** What happens to one customer. Deeds the shop refuses are fine: the books decide. */
async function doIt(customerId: string, deed: Deed): Promise<void> {
  const { db } = shop.ctx;
  const rows = (table: 'invoice' | 'payment') =>
    db.selectFrom(table).select('id').where('customerId', '=', customerId).orderBy('id').execute();
  const pick = async (table: 'invoice' | 'payment', index: number) => {
    const all = await rows(table);
    return all[index % Math.max(all.length, 1)]?.id;
  };
  const signal = AbortSignal.timeout(30_000);
  if ('mood' in deed) bank.mood = deed.mood;
  switch (deed.do) {
    case 'issue': {
      const work = { description: 'Work', quantity: 1, unitMinor: deed.minor, amountMinor: deed.minor };
      const lines = [{ kind: 'manual' as const, cause: { kind: 'staff', id: null }, ...work }];
      await shop.ctx.transaction((tx) => issueInvoice(tx, { customerId, lines }));
      return;
    }
    case 'gift': {
      const amountMinor = deed.back ? -deed.minor : deed.minor;
      return addCredit(shop.ctx, { customerId, currency: 'EUR', amountMinor, reason: 'Gift' });
    }
    case 'find out': {
      shop.clock.advance({ seconds: 100 });
      const open = await db.selectFrom('payment').select('id').where('state', '=', 'unknown').execute();
      for (const { id } of open) await resolvePayment(shop.ctx, { paymentId: id, signal });
      const refunds = await db.selectFrom('refund').select('id').where('state', '=', 'pending').execute();
      for (const { id } of refunds) await resolveRefund(shop.ctx, { refundId: id, signal }).catch(() => {});
      return;
    }
    case 'pay twice': {
      await doIt(customerId, { do: 'issue', minor: deed.minor });
      const which = (await rows('invoice')).length - 1;
      await doIt(customerId, { do: 'charge', which, mood: 'pays and is silent' });
      await doIt(customerId, { do: 'transfer', which, minor: deed.minor });
      return doIt(customerId, { do: 'find out', mood: 'pays' });
    }
    case 'refund': {
      const paymentId = await pick('payment', deed.which);
      if (!paymentId) return;
      const { minor: amountMinor, target } = deed;
      await refundPayment(shop.ctx, { paymentId, amountMinor, target, reason: 'Asked for' });
      return;
    }
    default: {
      const invoiceId = await pick('invoice', deed.which);
      if (!invoiceId) return;
      if (deed.do === 'transfer') {
        await recordPayment(shop.ctx, { invoiceId, amountMinor: deed.minor, reference: crypto.randomUUID() });
      } else if (deed.do === 'charge') {
        await payInvoice(shop.as(customerId), { customerId, invoiceId, gatewayId: 'uncertain', payment: {} });
      } else if (deed.do === 'spend') await applyCredit(shop.ctx, { invoiceId });
      else if (deed.anyway) {
        await shop.ctx.transaction(async (tx) => voidLockedInvoice(tx, await lockInvoice(tx.db, invoiceId)));
      } else await voidInvoice(shop.ctx, { invoiceId });
    }
  }
}

/** What the rows say is in the till, and what all of it is there for, in minor units. */
async function till() {
  const { rows } = await sql<{ takenMinor: bigint; heldMinor: bigint; byHandMinor: bigint }>`select
    ((select coalesce(sum(amount_minor), 0) from payment where gateway_id = 'uncertain' and state = 'settled')
      - (select coalesce(sum(amount_minor), 0) from refund where target = 'gateway' and state = 'done'))::bigint as taken_minor,
    ((select coalesce(sum(amount_minor), 0) from payment where gateway_id = 'manual' and state = 'settled')
      - (select coalesce(sum(amount_minor), 0) from refund where target = 'by_hand')
      + (select coalesce(sum(amount_minor), 0) from credit_entry where cause_kind = 'staff'))::bigint as by_hand_minor,
    ((select coalesce(sum(amount_minor), 0) from credit_entry)
      + (select coalesce(sum(worth), 0) from (
          select invoice.state, invoice.paid_minor - coalesce((
            select sum(refund.amount_minor - refund.credit_minor) from refund join payment on payment.id = refund.payment_id
             where payment.invoice_id = invoice.id and refund.state = 'done' and invoice.state = 'paid'
               and refund.ended_at >= invoice.paid_at), 0) as worth
            from invoice) worths))::bigint as held_minor`.execute(shop.ctx.db);
  return rows[0] ?? expect.fail('There is no till.');
}

test('whatever is done, and however the bank answers, no money is lost, doubled or misplaced', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 20, maxLength: 60 }), async (deeds) => {
      const customerId = await shop.customer();
      for (const one of [...deeds, { do: 'find out', mood: 'pays' } as const]) {
        shop.clock.advance({ seconds: 1 });
        await doIt(customerId, one).catch((error: unknown) => {
          if (!(error instanceof DomainError)) throw error;
        });
      }
      expect(await examineBooks(shop.ctx.db)).toEqual([]);
      const { takenMinor, byHandMinor, heldMinor } = await till();
      expect(takenMinor).toBe(bank.tillMinor);
      expect(heldMinor).toBe(takenMinor + byHandMinor);
    }),
    { numRuns: 15 },
  );
});

test('a row that was changed by hand is found', async () => {
  const customerId = await shop.customer();
  await doIt(customerId, { do: 'issue', minor: 1000n });
  await doIt(customerId, { do: 'transfer', which: 0, minor: 400n });
  const change = (paidMinor: bigint) =>
    shop.ctx.db.updateTable('invoice').set({ paidMinor }).where('customerId', '=', customerId).execute();
  await change(500n);
  expect(await examineBooks(shop.ctx.db)).toEqual([
    {
      customerId,
      message: expect.stringMatching(/^Invoice INV-\d+ is unpaid with 500 of 1000 on it, where 400 came in/),
    },
  ]);
  await change(400n);
  expect(await examineBooks(shop.ctx.db)).toEqual([]);
});
