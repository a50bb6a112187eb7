/** What a gateway said about a charge, put on record. */
import type { ChargeResult } from '@hostwright/sdk';
import type { Selectable } from 'kysely';
import { takeNumber } from '../billing/number.ts';
import { applyPayment } from '../billing/settle-invoice.ts';
import { today } from '../kit/calendar.ts';
import type { TransactionContext } from '../kit/context.ts';
import type { Payment } from '../kit/database.generated.ts';
import { record } from '../kit/events.ts';
import { readShopSettings } from '../staff/settings.ts';

export type PaymentRow = Selectable<Payment>;

/** Hold a payment until the end of the transaction; its invoice must be held before, as everywhere. */
export const lockPayment = (tx: TransactionContext, paymentId: string): Promise<PaymentRow> =>
  tx.db.selectFrom('payment').selectAll().where('id', '=', paymentId).forNoKeyUpdate().executeTakeFirstOrThrow();

/**
 * Settle or decline a payment whose invoice the caller holds. Whoever comes second finds it done: money is counted
 * once. A payment that was given up as declined is settled all the same when the gateway turns out to have the money.
 */
export async function concludePayment(
  tx: TransactionContext,
  paymentId: string,
  result: ChargeResult,
): Promise<PaymentRow> {
  const payment = await lockPayment(tx, paymentId);
  if (payment.state === 'settled') return payment;
  switch (result.outcome) {
    case 'paid':
      return settle(tx, payment, result);
    case 'declined':
      return payment.state === 'declined' ? payment : decline(tx, payment, result.message);
    default:
      return result satisfies never;
  }
}

async function settle(
  tx: TransactionContext,
  payment: PaymentRow,
  money: { reference: string; feeMinor: bigint },
): Promise<PaymentRow> {
  const { timeZone } = await readShopSettings(tx.db);
  const change = {
    state: 'settled',
    message: '',
    reference: money.reference,
    feeMinor: money.feeMinor,
    receivedOn: payment.receivedOn ?? today(tx.clock, timeZone),
    settledAt: tx.clock.now(),
  };
  await tx.db.updateTable('payment').set(change).where('id', '=', payment.id).execute();
  await recordOutcome(tx, payment, 'payment.settled', { ...change, feeMinor: money.feeMinor.toString() });
  await applyPayment(tx, payment);
  // Last of all, because every other receipt waits for this transaction from here on.
  const number = await takeNumber(tx.db, 'receipt');
  await tx.db.updateTable('payment').set({ number }).where('id', '=', payment.id).execute();
  return { ...payment, ...change, number };
}

async function decline(tx: TransactionContext, payment: PaymentRow, message: string): Promise<PaymentRow> {
  const change = { state: 'declined', message };
  await tx.db.updateTable('payment').set(change).where('id', '=', payment.id).execute();
  await recordOutcome(tx, payment, 'payment.declined', change);
  return { ...payment, ...change };
}

function recordOutcome(
  tx: TransactionContext,
  payment: PaymentRow,
  type: 'payment.settled' | 'payment.declined',
  after: Record<string, unknown>,
): Promise<void> {
  const payload = { paymentId: payment.id, invoiceId: payment.invoiceId, customerId: payment.customerId };
  return record(tx, type, { kind: 'payment', id: payment.id }, payload, { before: { state: payment.state }, after });
}
