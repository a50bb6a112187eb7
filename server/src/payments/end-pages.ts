import type { TransactionContext } from '../kit/context.ts';
import { resolvePaymentJob } from './resolve-payment.job.ts';

/**
 * Consequence of `invoice.paid` and `invoice.voided`: pages the invoice could still be paid on are taken away at once, so
 * that nobody pays it a second time in another tab. One that was paid meanwhile is settled.
 */
export async function endPages(tx: TransactionContext, { invoiceId }: { invoiceId: string }): Promise<void> {
  const waiting = await tx.db
    .selectFrom('payment')
    .select('id')
    .where('invoiceId', '=', invoiceId)
    .where('state', '=', 'waiting')
    .execute();
  for (const { id } of waiting) await tx.app.jobs.enqueue(tx, resolvePaymentJob, { paymentId: id });
}
