/** What a gateway said about a refund, put on record. */
import type { RefundResult } from '@hostwright/sdk';
import type { Selectable } from 'kysely';
import { writeCredit } from '../billing/credit-ledger.ts';
import { takeOffInvoice } from '../billing/take-off-invoice.ts';
import { raiseAlert } from '../kit/alerts.ts';
import type { TransactionContext } from '../kit/context.ts';
import type { Refund } from '../kit/database.generated.ts';
import { audit, record } from '../kit/events.ts';
import type { PaymentRow } from './conclude-payment.ts';

export type RefundRow = Selectable<Refund>;

const WAITS = 'The payment provider has not finished it yet.';

/**
 * End a pending refund, whose invoice and payment the caller holds. One that is over stays as it is; when its money
 * came back to us after all, staff are told.
 */
export async function concludeRefund(
  tx: TransactionContext,
  refund: RefundRow,
  payment: PaymentRow,
  result: RefundResult,
): Promise<RefundRow> {
  if (refund.state !== 'pending') {
    if (refund.state === 'done' && result.outcome === 'refused')
      await tellReturned(tx, refund, payment, result.message);
    return refund;
  }
  switch (result.outcome) {
    case 'refunded':
      return done(tx, refund, payment, result.reference);
    case 'refused':
      return refused(tx, refund, payment, result.message);
    case 'pending':
      return change(tx, refund, { message: WAITS });
    default:
      return result satisfies never;
  }
}

async function done(
  tx: TransactionContext,
  refund: RefundRow,
  payment: PaymentRow,
  reference: string,
): Promise<RefundRow> {
  const ended = await change(tx, refund, {
    state: 'done',
    message: '',
    reference: reference || null,
    endedAt: tx.clock.now(),
  });
  const amountMinor = refund.amountMinor - refund.creditMinor;
  await takeOffInvoice(tx, { invoiceId: payment.invoiceId, amountMinor });
  const payload = { paymentId: payment.id, refundId: refund.id, customerId: payment.customerId };
  const after = {
    amountMinor: refund.amountMinor.toString(),
    currency: refund.currency,
    target: refund.target,
    reason: refund.reason,
  };
  await record(tx, 'payment.refunded', { kind: 'payment', id: payment.id }, payload, { after });
  return ended;
}

async function refused(
  tx: TransactionContext,
  refund: RefundRow,
  payment: PaymentRow,
  message: string,
): Promise<RefundRow> {
  if (refund.creditMinor > 0n) {
    await writeCredit(tx, {
      customerId: payment.customerId,
      currency: refund.currency,
      amountMinor: refund.creditMinor,
      reason: 'The refund could not be made',
      cause: { kind: 'refund', id: refund.id },
    });
  }
  await audit(tx, 'refund.refused', { kind: 'payment', id: payment.id }, { after: { refundId: refund.id, message } });
  return change(tx, refund, { state: 'refused', message, endedAt: tx.clock.now() });
}

const tellReturned = (tx: TransactionContext, refund: RefundRow, payment: PaymentRow, message: string) =>
  raiseAlert(tx, {
    kind: 'refund_returned',
    subject: { kind: 'refund', id: refund.id },
    message: `A refund of payment ${payment.number ?? payment.id} came back: ${message}`,
    whatToDo: 'The customer does not have this money. Send it another way, and note it on the customer.',
  });

async function change(
  tx: TransactionContext,
  refund: RefundRow,
  values: Partial<Pick<RefundRow, 'state' | 'message' | 'reference' | 'endedAt'>>,
): Promise<RefundRow> {
  await tx.db.updateTable('refund').set(values).where('id', '=', refund.id).execute();
  return { ...refund, ...values };
}
