import type { Context } from '../kit/context.ts';
import { record } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { resetBreaker } from './close-breaker.ts';
import { lockGroupOfServer, lockServer } from './queries.ts';
import { refuseWithAccounts } from './write-server.ts';

/**
 * Retire a server: it gets no more accounts and is left out of lists. A second call changes nothing.
 * @throws NotFound; Conflict `server_has_accounts` while services hold places on it
 */
export async function archiveServer(ctx: Context, { serverId }: { serverId: string }): Promise<void> {
  allow(ctx.actor, 'servers:write');
  await ctx.transaction(async (tx) => {
    // Whoever takes a place holds the group: none can be taken between counting and retiring.
    await lockGroupOfServer(tx.db, serverId);
    const { archivedAt } = await lockServer(tx.db, serverId);
    if (archivedAt) return;
    await refuseWithAccounts(tx, serverId);
    const now = tx.clock.now();
    await tx.db.updateTable('server').set({ archivedAt: now, updatedAt: now }).where('id', '=', serverId).execute();
    await resetBreaker(tx, serverId);
    const change = { before: { archivedAt: null }, after: { archivedAt: now } };
    await record(tx, 'server.changed', { kind: 'server', id: serverId }, { serverId }, change);
  });
}
