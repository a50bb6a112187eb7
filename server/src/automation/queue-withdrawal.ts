import type { TransactionContext } from '../kit/context.ts';
import { withdrawRenewalsJob } from './withdraw-renewals.job.ts';

/** Consequence of `service.cancellation_requested` and `service.terminated`: what is not paid yet is not asked for any more. */
export async function queueWithdrawal(tx: TransactionContext, { serviceId }: { serviceId: string }): Promise<void> {
  await tx.app.jobs.enqueue(tx, withdrawRenewalsJob, { serviceId });
}
