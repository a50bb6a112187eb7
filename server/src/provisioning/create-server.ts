import { uuidv7 } from 'uuidv7';
import type { Context } from '../kit/context.ts';
import { record } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { lockServer } from './queries.ts';
import { auditedServer, type ServerInput, serverColumns } from './server-columns.ts';
import { refuseTakenName } from './write-server-group.ts';

/**
 * Add a server to a group. Orders that wait for room there go on by themselves.
 * @throws Invalid naming what does not fit
 */
export async function createServer(ctx: Context, input: ServerInput): Promise<{ serverId: string }> {
  allow(ctx.actor, 'servers:write');
  return ctx.transaction(async (tx) => {
    const serverId = uuidv7();
    const columns = await serverColumns(tx, { id: serverId, input, before: null });
    await tx.db
      .insertInto('server')
      .values({ ...columns, id: serverId, createdAt: columns.updatedAt })
      .execute()
      .catch(refuseTakenName);
    const after = auditedServer(await lockServer(tx.db, serverId));
    await record(tx, 'server.changed', { kind: 'server', id: serverId }, { serverId }, { after });
    return { serverId };
  });
}
