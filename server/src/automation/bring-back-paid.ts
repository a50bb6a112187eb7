/** Whom paying brings back. The two consequences see each other: both hold the service while they look. */
import type { TransactionContext } from '../kit/context.ts';
import { bringBackJob } from './bring-back.job.ts';
import { isToComeBack } from './bring-back.ts';
import { lockServicesOfInvoice } from './queries.ts';

/** Consequence of `invoice.paid` and `invoice.voided`: services of it that nothing is owed for any more. */
export async function bringBackServices(tx: TransactionContext, { invoiceId }: { invoiceId: string }): Promise<void> {
  for (const { id } of await lockServicesOfInvoice(tx.db, invoiceId)) await bringBackSettled(tx, { serviceId: id });
}

/** Consequence of `service.suspended`: the money may have come while the panel was being asked. */
export async function bringBackSettled(tx: TransactionContext, { serviceId }: { serviceId: string }): Promise<void> {
  if (await isToComeBack(tx, serviceId)) await tx.app.jobs.enqueue(tx, bringBackJob, { serviceId });
}
