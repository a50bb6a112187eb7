import type { Dispute } from '@hostwright/sdk';
import type { TransactionContext } from '../kit/context.ts';
import { record } from '../kit/events.ts';

/**
 * Put on a payment what its provider says of a dispute. The books, its invoice and its services stay as they are: staff
 * are told, and decide. Messages may come in another order: what is decided is not opened again.
 */
export async function markDisputed(tx: TransactionContext, paymentId: string, dispute: Dispute): Promise<void> {
  const payment = await tx.db
    .selectFrom('payment')
    .select(['invoiceId', 'customerId', 'currency', 'disputeState', 'disputedAt'])
    .where('id', '=', paymentId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  const { disputeState: before } = payment;
  if (before === dispute.state || (before !== null && dispute.state === 'open')) return;
  const change = {
    disputeState: dispute.state,
    disputeMinor: dispute.currency === payment.currency ? dispute.amountMinor : null,
    disputeReason: dispute.reason,
    disputedAt: payment.disputedAt ?? tx.clock.now(),
  };
  await tx.db.updateTable('payment').set(change).where('id', '=', paymentId).execute();
  const payload = { paymentId, invoiceId: payment.invoiceId, customerId: payment.customerId };
  const { disputeState, disputeReason } = change;
  const states = { before: { disputeState: before }, after: { disputeState, disputeReason } };
  await record(tx, 'payment.disputed', { kind: 'payment', id: paymentId }, payload, states);
}
