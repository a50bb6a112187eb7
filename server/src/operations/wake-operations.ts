/** Operations that wait for something need not wait longer once it has changed. */
import type { WaitReason } from '../kit/acts.ts';
import type { TransactionContext } from '../kit/context.ts';

/** A server answers again, was edited or left maintenance: what waits for it comes, and what waits for room in its group. */
export async function wakeForServer(tx: TransactionContext, { serverId }: { serverId: string }): Promise<void> {
  const server = await tx.db.selectFrom('server').select('serverGroupId').where('id', '=', serverId).executeTakeFirst();
  if (!server) return;
  await wake(tx, ['server_unavailable', 'retry']).where('serverId', '=', serverId).execute();
  await wake(tx, ['no_capacity', 'server_unavailable'])
    .where('serverId', 'is', null)
    .where('serverGroupId', '=', server.serverGroupId)
    .execute();
}

/** An account is gone, so there is room in its group. */
export async function wakeForGroup(tx: TransactionContext, { serviceId }: { serviceId: string }): Promise<void> {
  const place = await tx.db
    .selectFrom('placement')
    .innerJoin('server', 'server.id', 'placement.serverId')
    .select('server.serverGroupId')
    .where('placement.serviceId', '=', serviceId)
    .orderBy('placement.createdAt', 'desc')
    .executeTakeFirst();
  if (place) await wake(tx, ['no_capacity']).where('serverGroupId', '=', place.serverGroupId).execute();
}

const wake = (tx: TransactionContext, reasons: WaitReason[]) =>
  tx.db
    .updateTable('operation')
    .set({ nextTryAt: tx.clock.now() })
    .where('state', '=', 'waiting')
    .where('waitReason', 'in', reasons);
