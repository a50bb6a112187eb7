import { type Cycle, nextDueDate, today } from '../kit/calendar.ts';
import type { TransactionContext } from '../kit/context.ts';
import { record } from '../kit/events.ts';
import { readShopSettings } from '../staff/settings.ts';

/**
 * The account exists: the service is active from now on. Its billing periods are counted from the day it was activated.
 * A second call changes nothing.
 */
export async function activateService(tx: TransactionContext, serviceId: string): Promise<void> {
  const service = await tx.db
    .selectFrom('service')
    .selectAll()
    .where('id', '=', serviceId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (service.state !== 'pending') return;
  const now = tx.clock.now();
  const { timeZone } = await readShopSettings(tx.db);
  const anchor = service.billingAnchorOn ?? today(tx.clock, timeZone);
  await tx.db
    .updateTable('service')
    .set({
      state: 'active',
      activatedAt: now,
      billingAnchorOn: anchor,
      nextDueOn: service.nextDueOn ?? nextDueDate({ anchor, after: anchor, cycle: service.cycle as Cycle }),
      updatedAt: now,
    })
    .where('id', '=', serviceId)
    .execute();
  const payload = { serviceId, customerId: service.customerId };
  await record(tx, 'service.active', { kind: 'service', id: serviceId }, payload, {
    before: { state: 'pending' },
    after: { state: 'active' },
  });
}
