import type { Context, TransactionContext } from '../kit/context.ts';
import { MASK } from '../kit/declared-fields.ts';
import { Conflict } from '../kit/errors.ts';
import { record } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { resetBreaker } from './close-breaker.ts';
import { lockGroupOfServer, lockServer, type ServerRow, takenPlacesOf } from './queries.ts';
import { auditedServer, type ServerInput, serverColumns, storedFields } from './server-columns.ts';
import { refuseTakenName } from './write-server-group.ts';

/**
 * Change a server. A blank or masked secret keeps the stored one. A change of the connection closes the breaker, so that
 * what waits for the server tries it at once.
 *
 * @throws NotFound; Invalid naming what does not fit
 * @throws Conflict `server_archived` for a retired one, `server_has_accounts` when its module would change under accounts
 */
export async function writeServer(
  ctx: Context,
  { serverId, ...input }: ServerInput & { serverId: string },
): Promise<void> {
  allow(ctx.actor, 'servers:write');
  await ctx.transaction(async (tx) => {
    await lockGroupOfServer(tx.db, serverId);
    const before = await lockServer(tx.db, serverId);
    if (before.archivedAt) throw new Conflict('server_archived', { serverId });
    const sameModule = before.moduleId === input.moduleId;
    if (!sameModule) await refuseWithAccounts(tx, serverId);
    const columns = await serverColumns(tx, { id: serverId, input, before: sameModule ? storedFields(before) : null });
    await tx.db.updateTable('server').set(columns).where('id', '=', serverId).execute().catch(refuseTakenName);
    if (connectsOtherwise(before, input)) await resetBreaker(tx, serverId);
    else if (before.maxAccounts !== input.maxAccounts)
      await tx.db.updateTable('server').set({ fullUntil: null }).where('id', '=', serverId).execute();
    const change = { before: auditedServer(before), after: auditedServer(await lockServer(tx.db, serverId)) };
    await record(tx, 'server.changed', { kind: 'server', id: serverId }, { serverId }, change);
  });
}

/** @throws Conflict `server_has_accounts` while services hold places on it */
export async function refuseWithAccounts(tx: TransactionContext, serverId: string): Promise<void> {
  const accounts = await takenPlacesOf(tx.db, serverId);
  if (accounts > 0) throw new Conflict('server_has_accounts', { serverId, accounts });
}

/** Whether address, TLS, or any setting is another one. A secret that was typed counts, whatever it says. */
function connectsOtherwise(before: ServerRow, input: ServerInput): boolean {
  const { settings, sealedSecrets } = storedFields(before);
  return (
    before.moduleId !== input.moduleId ||
    before.hostname !== input.hostname ||
    before.port !== input.port ||
    before.tlsMode !== input.tlsMode ||
    before.tlsFingerprint !== input.tlsFingerprint ||
    Object.entries(input.settings).some(([name, value]) =>
      name in sealedSecrets
        ? value !== '' && value !== null && value !== MASK
        : (value ?? '') !== (settings[name] ?? ''),
    )
  );
}
