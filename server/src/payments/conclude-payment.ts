/** What a gateway said about a charge, put on record. */
import type { ChargeResult, ChargeState, Taken } from '@hostwright/sdk';
import type { Selectable } from 'kysely';
import { takeNumber } from '../billing/number.ts';
import { applyPayment } from '../billing/settle-invoice.ts';
import { closeAlerts, closeCause, raiseAlert } from '../kit/alerts.ts';
import { today } from '../kit/calendar.ts';
import type { TransactionContext } from '../kit/context.ts';
import type { Payment } from '../kit/database.generated.ts';
import { record } from '../kit/events.ts';
import { decimalOf } from '../kit/money.ts';
import { readShopSettings } from '../staff/settings.ts';
import { GATEWAY_ALERT } from './alert-gateway.ts';

/** What staff record has no gateway to ask; the gateway `manual` tells customers where to send it. */
export const RECORDED_BY_STAFF = 'manual';

export type PaymentRow = Selectable<Payment>;

/** Hold a payment until the end of the transaction; its invoice must be held before, as everywhere. */
export const lockPayment = (tx: TransactionContext, paymentId: string): Promise<PaymentRow> =>
  tx.db.selectFrom('payment').selectAll().where('id', '=', paymentId).forNoKeyUpdate().executeTakeFirstOrThrow();

export const UNKNOWN_MESSAGE =
  'We are checking with the payment provider whether the payment went through. Please do not pay again.';

/** What a gateway's "never seen" comes to, once it counts. */
const ABSENT = {
  outcome: 'declined',
  message: 'The payment did not reach the payment provider. Nothing was charged; please try again.',
} as const;

/**
 * Settle or decline a payment whose invoice the caller holds, or note where it waits. Whoever comes second finds it
 * done: money is counted once. A payment that was given up as declined is settled all the same when the gateway turns
 * out to have the money. Money that does not fit what was asked for is never counted: staff are told.
 */
export async function concludePayment(
  tx: TransactionContext,
  paymentId: string,
  state: ChargeState,
): Promise<PaymentRow> {
  const payment = await lockPayment(tx, paymentId);
  if (payment.state === 'settled') return payment;
  const result = state === 'absent' ? ABSENT : state;
  switch (result.outcome) {
    case 'paid': {
      const wrong = result.taken && misfit(payment, result.taken);
      return wrong ? distrust(tx, payment, wrong) : settle(tx, payment, result);
    }
    case 'declined':
      return payment.state === 'declined' ? payment : decline(tx, payment, result);
    case 'open':
      // With a bank nobody can take it back, so nothing else may be charged until the bank has spoken.
      return payment.state === 'declined'
        ? payment
        : note(tx, payment, { state: result.url === null ? 'unknown' : 'waiting', message: result.message });
    default:
      return result satisfies never;
  }
}

/** Note that nobody knows how a charge ended; nothing else is charged until somebody does. */
export async function markUnknown(tx: TransactionContext, paymentId: string): Promise<PaymentRow> {
  const payment = await lockPayment(tx, paymentId);
  if (payment.state === 'settled' || payment.state === 'declined') return payment;
  return note(tx, payment, { state: 'unknown', message: UNKNOWN_MESSAGE });
}

/** Nobody has to wonder any more what became of a payment, or whose money it was. */
export async function closeDoubts(tx: TransactionContext, paymentId: string): Promise<void> {
  for (const kind of ['payment_unknown', 'payment_mismatch']) {
    await closeAlerts(tx, { kind, subject: { kind: 'payment', id: paymentId } });
  }
}

async function note(
  tx: TransactionContext,
  payment: PaymentRow,
  change: { state: 'waiting' | 'unknown'; message: string },
): Promise<PaymentRow> {
  await tx.db.updateTable('payment').set(change).where('id', '=', payment.id).execute();
  return { ...payment, ...change };
}

/** What is wrong with the money, in words for staff; undefined when it is what was asked for. */
function misfit(payment: PaymentRow, taken: Taken): string | undefined {
  if (taken.currency !== payment.currency || taken.amountMinor !== payment.amountMinor) {
    const amount = (minor: bigint, currency: string) => `${decimalOf(minor, currency)} ${currency}`;
    return `${amount(taken.amountMinor, taken.currency)} came in where ${amount(payment.amountMinor, payment.currency)} was asked for`;
  }
  if (taken.invoiceId !== payment.invoiceId) return 'it was taken for another invoice';
  return taken.customerId === payment.customerId ? undefined : 'it was taken from another customer';
}

async function distrust(tx: TransactionContext, payment: PaymentRow, wrong: string): Promise<PaymentRow> {
  await raiseAlert(tx, {
    kind: 'payment_mismatch',
    subject: { kind: 'payment', id: payment.id },
    message: `A payment by ${payment.gatewayId} does not fit its invoice: ${wrong}.`,
    whatToDo:
      'Look the payment up at the provider. Refund it there, or record the money on the right invoice by hand. Nothing was counted here. Then give the payment up, so that its invoice can be paid another way.',
  });
  // Given up before: its invoice is not held up again.
  if (payment.state === 'declined') return payment;
  return note(tx, payment, { state: 'unknown', message: UNKNOWN_MESSAGE });
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
  // Whatever stood in the way of paying by it was mended, here or at the provider.
  await closeCause(tx, { kind: GATEWAY_ALERT, cause: payment.gatewayId });
  const overMinor = await applyPayment(tx, payment);
  if (overMinor > 0n && payment.gatewayId !== RECORDED_BY_STAFF) await tellPaidTooMuch(tx, payment, overMinor);
  // Last of all, because every other receipt waits for this transaction from here on.
  const number = await takeNumber(tx.db, 'receipt');
  await tx.db.updateTable('payment').set({ number }).where('id', '=', payment.id).execute();
  return { ...payment, ...change, number };
}

/** Two pages paid, or one for an invoice that was void by then: the customer has credit, and may want the money instead. */
async function tellPaidTooMuch(tx: TransactionContext, payment: PaymentRow, overMinor: bigint): Promise<void> {
  const { number } = await tx.db
    .selectFrom('invoice')
    .select('number')
    .where('id', '=', payment.invoiceId)
    .executeTakeFirstOrThrow();
  await raiseAlert(tx, {
    kind: 'paid_too_much',
    subject: { kind: 'payment', id: payment.id },
    message: `A payment by ${payment.gatewayId} brought ${decimalOf(overMinor, payment.currency)} ${payment.currency} more than invoice ${number} still asked for. It became credit.`,
    whatToDo:
      'Nothing has to be done. Should the customer rather have the money, refund it from the payment: the credit goes with it.',
  });
}

type Declined = Extract<ChargeResult, { outcome: 'declined' }>;

async function decline(tx: TransactionContext, payment: PaymentRow, result: Declined): Promise<PaymentRow> {
  const change = { state: 'declined', message: result.message };
  await tx.db.updateTable('payment').set(change).where('id', '=', payment.id).execute();
  await recordOutcome(tx, payment, eventOf(payment, result), change);
  return { ...payment, ...change };
}

/** Who left a page knows it without being told. */
function eventOf(payment: PaymentRow, { needsCustomer }: Declined) {
  if (payment.state === 'waiting') return 'payment.abandoned';
  return needsCustomer ? 'payment.action_needed' : 'payment.declined';
}

function recordOutcome(
  tx: TransactionContext,
  payment: PaymentRow,
  type: 'payment.settled' | 'payment.declined' | 'payment.action_needed' | 'payment.abandoned',
  after: Record<string, unknown>,
): Promise<void> {
  const payload = { paymentId: payment.id, invoiceId: payment.invoiceId, customerId: payment.customerId };
  return record(tx, type, { kind: 'payment', id: payment.id }, payload, { before: { state: payment.state }, after });
}
