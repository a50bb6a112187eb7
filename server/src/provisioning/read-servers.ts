import type { Context } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { type PageRequest, paginate } from '../kit/page.ts';
import { allow } from '../kit/permissions.ts';
import { searchPattern } from '../kit/search.ts';
import { asServer, asServerGroup } from './present.ts';
import { groupsWithCounts, type ServerRow, serversWithGroup } from './queries.ts';

export interface ServerFilter extends PageRequest {
  search?: string | undefined;
  serverGroupId?: string | undefined;
  /** Retired ones, or those in use. */
  archived: 'true' | 'false';
}

/** Servers by name unless sorted otherwise; words are found in name and host name. */
export async function listServers(ctx: Context, filter: ServerFilter) {
  allow(ctx.actor, 'servers:read');
  let query = serversWithGroup(ctx.db).where('server.archivedAt', filter.archived === 'true' ? 'is not' : 'is', null);
  if (filter.serverGroupId !== undefined) query = query.where('server.serverGroupId', '=', filter.serverGroupId);
  if (filter.search) {
    const words = searchPattern(filter.search);
    query = query.where((eb) => eb.or([eb('server.name', 'ilike', words), eb('server.hostname', 'ilike', words)]));
  }
  const page = await paginate(query, filter, {
    db: ctx.db,
    id: 'server.id',
    sortable: { name: 'server.name', hostname: 'server.hostname', createdAt: 'server.createdAt' },
    fallback: 'name',
  });
  return { ...page, items: page.items.map((row) => present(ctx, row)) };
}

/** @throws NotFound */
export async function readServer(ctx: Context, serverId: string) {
  allow(ctx.actor, 'servers:read');
  const row = await serversWithGroup(ctx.db).where('server.id', '=', serverId).executeTakeFirst();
  if (!row) throw new NotFound('server_not_found', { serverId });
  return present(ctx, row);
}

function present(ctx: Context, row: Omit<ServerRow, 'tlsMode'> & { groupName: string; accounts: bigint | null }) {
  const server = row as ServerRow & typeof row; // the column's check constraint
  return asServer(server, { module: ctx.app.modules.get(row.moduleId), now: ctx.clock.now() });
}

export async function listServerGroups(ctx: Context) {
  allow(ctx.actor, 'servers:read');
  return { items: (await groupsWithCounts(ctx.db).execute()).map(asServerGroup) };
}

/** @throws NotFound */
export async function readServerGroup(ctx: Context, serverGroupId: string) {
  allow(ctx.actor, 'servers:read');
  const row = await groupsWithCounts(ctx.db).where('serverGroup.id', '=', serverGroupId).executeTakeFirst();
  if (!row) throw new NotFound('server_group_not_found', { serverGroupId });
  return asServerGroup(row);
}
