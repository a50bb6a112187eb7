import type { TransactionContext } from '../kit/context.ts';
import { unpaidRenewals } from './queries.ts';
import { withdrawRenewalsJob } from './withdraw-renewals.job.ts';

/** Consequence of `service.cancellation_requested` and `service.terminated`: what is not paid yet is not asked for any more. */
export async function queueWithdrawal(tx: TransactionContext, { serviceId }: { serviceId: string }): Promise<void> {
  await tx.app.jobs.enqueue(tx, withdrawRenewalsJob, { serviceId });
}

/** Consequence of `service.renewed`: what was renewed by hand or as a gift is not asked for as well. */
export async function withdrawRenewed(tx: TransactionContext, { serviceId }: { serviceId: string }): Promise<void> {
  if ((await unpaidRenewals(tx.db, serviceId)).length > 0) await queueWithdrawal(tx, { serviceId });
}
