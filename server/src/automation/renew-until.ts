import { dueOn } from '../hosting/due-on.ts';
import type { TransactionContext } from '../kit/context.ts';
import { record } from '../kit/events.ts';
import { tellRenewalJob } from './tell-renewal.job.ts';

/**
 * A service the caller holds is due next on that day. Panels that keep an expiry date of their own are told; the day counts
 * whatever the panel says.
 */
export async function renewUntil(
  tx: TransactionContext,
  service: {
    id: string;
    customerId: string;
    productId: string;
    cycle: string;
    billingAnchorOn: string | null;
    nextDueOn: string | null;
  },
  paidUntil: string,
): Promise<void> {
  await tx.db
    .updateTable('service')
    .set({ ...dueOn(service, paidUntil), updatedAt: tx.clock.now() })
    .where('id', '=', service.id)
    .execute();
  if (await needsTelling(tx, service.productId)) {
    await tx.app.jobs.enqueue(tx, tellRenewalJob, { serviceId: service.id, paidUntil });
    return;
  }
  const payload = { serviceId: service.id, customerId: service.customerId };
  await record(tx, 'service.renewed', { kind: 'service', id: service.id }, payload, {
    before: { nextDueOn: service.nextDueOn },
    after: { nextDueOn: paidUntil },
  });
}

/** A module whose folder is not loaded just now may have to be told: the job finds out. */
async function needsTelling(tx: TransactionContext, productId: string): Promise<boolean> {
  const { moduleId } = await tx.db
    .selectFrom('product')
    .select('moduleId')
    .where('id', '=', productId)
    .executeTakeFirstOrThrow();
  const module = tx.app.modules.get(moduleId);
  return module === undefined || module.renew !== undefined;
}
