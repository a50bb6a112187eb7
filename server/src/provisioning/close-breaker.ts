import { closeAlerts } from '../kit/alerts.ts';
import type { Context, TransactionContext } from '../kit/context.ts';
import { record } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { lockServer } from './queries.ts';

/**
 * Try a server again now: its breaker is closed, a panel that said it was full is asked again, and what waits for it
 * comes at once. A second call does no harm.
 * @throws NotFound
 */
export async function closeBreaker(ctx: Context, { serverId }: { serverId: string }): Promise<void> {
  allow(ctx.actor, 'servers:write');
  await ctx.transaction(async (tx) => {
    const { breakerFailures, breakerOpenUntil, breakerReason } = await lockServer(tx.db, serverId);
    await resetBreaker(tx, serverId);
    await record(
      tx,
      'server.changed',
      { kind: 'server', id: serverId },
      { serverId },
      {
        before: { breakerFailures, breakerOpenUntil, breakerReason },
        after: { breakerFailures: 0, breakerOpenUntil: null, breakerReason: null },
      },
    );
  });
}

/** As if it had never failed. */
export async function resetBreaker(tx: TransactionContext, serverId: string): Promise<void> {
  await tx.db
    .updateTable('server')
    .set({ breakerFailures: 0, breakerOpenUntil: null, breakerReason: null, fullUntil: null })
    .where('id', '=', serverId)
    .execute();
  await closeAlerts(tx, { kind: 'server_unavailable', subject: { kind: 'server', id: serverId } });
}
