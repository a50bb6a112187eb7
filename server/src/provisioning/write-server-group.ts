import { uuidv7 } from 'uuidv7';
import type { Context } from '../kit/context.ts';
import { Invalid, NotFound } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { isTaken } from '../kit/unique.ts';
import type { Strategy } from './choose-server.ts';

export interface ServerGroupInput {
  name: string;
  strategy: Strategy;
}

/** Add a server group. @throws Invalid `name_taken` */
export async function createServerGroup(ctx: Context, input: ServerGroupInput): Promise<{ serverGroupId: string }> {
  allow(ctx.actor, 'servers:write');
  return ctx.transaction(async (tx) => {
    const serverGroupId = uuidv7();
    const now = tx.clock.now();
    await tx.db
      .insertInto('serverGroup')
      .values({ ...input, id: serverGroupId, createdAt: now, updatedAt: now })
      .execute()
      .catch(refuseTakenName);
    await audit(tx, 'server_group.created', { kind: 'server_group', id: serverGroupId }, { after: { ...input } });
    return { serverGroupId };
  });
}

/** Change a server group. Accounts that are placed stay where they are. @throws NotFound; Invalid `name_taken` */
export async function writeServerGroup(
  ctx: Context,
  { serverGroupId, ...wanted }: ServerGroupInput & { serverGroupId: string },
): Promise<void> {
  allow(ctx.actor, 'servers:write');
  await ctx.transaction(async (tx) => {
    const before = await tx.db
      .selectFrom('serverGroup')
      .select(['name', 'strategy'])
      .where('id', '=', serverGroupId)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!before) throw new NotFound('server_group_not_found', { serverGroupId });
    await tx.db
      .updateTable('serverGroup')
      .set({ ...wanted, updatedAt: tx.clock.now() })
      .where('id', '=', serverGroupId)
      .execute()
      .catch(refuseTakenName);
    const subject = { kind: 'server_group', id: serverGroupId };
    await audit(tx, 'server_group.changed', subject, { before, after: { ...wanted } });
  });
}

/** @throws Invalid `name_taken` in place of the database's own words */
export function refuseTakenName(error: unknown): never {
  if (!isTaken(error, ['server_group_name_key', 'server_name_key'])) throw error;
  throw new Invalid('name_taken', { issues: [{ path: 'name', message: 'is used already, perhaps by a retired one' }] });
}
