import { unsuspendService } from '../hosting/unsuspend-service.ts';
import { today } from '../kit/calendar.ts';
import type { Context, TransactionContext } from '../kit/context.ts';
import { unfinishedOperation } from '../operations/queries.ts';
import { readShopSettings } from '../staff/settings.ts';
import { isOverdue } from './queries.ts';
import { waitForOperation } from './wait-for-operation.ts';

/**
 * Bring back what was suspended for being overdue when nothing of it is overdue any more. Anything else is left alone.
 *
 * @throws StepWaiting while another operation of the service is not over
 */
export function bringBack(ctx: Context, { serviceId }: { serviceId: string }): Promise<void> {
  return ctx.transaction(async (tx) => {
    if (!(await isToComeBack(tx, serviceId))) return;
    const open = await unfinishedOperation(tx.db, serviceId);
    if (open?.action === 'unsuspend' || open?.action === 'terminate') return;
    if (open) throw waitForOperation(open);
    await unsuspendService(tx, { serviceId });
  });
}

/** Holds the service. */
export async function isToComeBack(tx: TransactionContext, serviceId: string): Promise<boolean> {
  const service = await tx.db
    .selectFrom('service')
    .select(['state', 'suspendCause'])
    .where('id', '=', serviceId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (service.state !== 'suspended' || service.suspendCause !== 'overdue') return false;
  const { timeZone } = await readShopSettings(tx.db);
  return !(await isOverdue(tx.db, serviceId, today(tx.clock, timeZone)));
}
