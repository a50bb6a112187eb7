/** SQL for servers, groups and places; no decisions. */
import { type Selectable, sql } from 'kysely';
import type { Server } from '../kit/database.generated.ts';
import type { Db, Tx } from '../kit/db.ts';
import { NotFound } from '../kit/errors.ts';

type TlsMode = 'verify' | 'pin' | 'off';
/** As the column's check constraints have it. */
export type ServerRow = Omit<Selectable<Server>, 'tlsMode'> & { tlsMode: TlsMode };

const takenPlaces = (db: Db) =>
  db
    .selectFrom('placement')
    .select(({ fn }) => ['placement.serverId', fn.countAll<bigint>().as('accounts')])
    .where('placement.releasedAt', 'is', null)
    .groupBy('placement.serverId');

/** Servers of a group that run a module and are not retired, with the places taken on each. */
export async function serversOfGroup(db: Db, serverGroupId: string, moduleId: string) {
  const servers = await db
    .selectFrom('server')
    .leftJoin(takenPlaces(db).as('taken'), 'taken.serverId', 'server.id')
    .selectAll('server')
    .select(({ fn }) => fn.coalesce('taken.accounts', sql<bigint>`0::bigint`).as('accounts'))
    .where('server.serverGroupId', '=', serverGroupId)
    .where('server.moduleId', '=', moduleId)
    .where('server.archivedAt', 'is', null)
    .execute();
  return servers.map((server) => ({ ...server, accounts: Number(server.accounts) }));
}

/** Servers with their group's name and the places taken on each. */
export const serversWithGroup = (db: Db) =>
  db
    .selectFrom('server')
    .innerJoin('serverGroup', 'serverGroup.id', 'server.serverGroupId')
    .leftJoin(takenPlaces(db).as('taken'), 'taken.serverId', 'server.id')
    .selectAll('server')
    .select(['serverGroup.name as groupName', 'taken.accounts']);

/** Groups by name, with what their servers hold and what waits for room in them. Retired servers do not count. */
export const groupsWithCounts = (db: Db) =>
  db
    .selectFrom('serverGroup')
    .selectAll()
    .select((eb) => {
      const servers = eb
        .selectFrom('server')
        .leftJoin(takenPlaces(db).as('taken'), 'taken.serverId', 'server.id')
        .whereRef('server.serverGroupId', '=', 'serverGroup.id')
        .where('server.archivedAt', 'is', null);
      return [
        servers.select(sql<bigint>`count(*)`.as('count')).as('servers'),
        servers.select(sql<bigint>`coalesce(sum(taken.accounts), 0)::bigint`.as('sum')).as('accounts'),
        servers
          .where('server.maintenance', '=', false)
          .select(
            sql<
              bigint | null
            >`case when bool_or(max_accounts is null) then null else coalesce(sum(max_accounts), 0) end`.as('sum'),
          )
          .as('maxAccounts'),
        eb
          .selectFrom('operation')
          .select(sql<bigint>`count(*)`.as('count'))
          .whereRef('operation.serverGroupId', '=', 'serverGroup.id')
          .where('operation.state', '=', 'waiting')
          .where('operation.waitReason', '=', 'no_capacity')
          .as('waiting'),
      ];
    })
    .orderBy('serverGroup.name');

/** How many servers that are not retired each module has. */
export async function serverCounts(db: Db): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('server')
    .select(['moduleId', sql<bigint>`count(*)`.as('count')])
    .where('archivedAt', 'is', null)
    .groupBy('moduleId')
    .execute();
  return new Map(rows.map(({ moduleId, count }) => [moduleId, Number(count)]));
}

/** Which service holds which name on a server now. */
export async function serviceIdsByUsername(db: Db, serverId: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('placement')
    .select(['username', 'serviceId'])
    .where('serverId', '=', serverId)
    .where('releasedAt', 'is', null)
    .execute();
  return new Map(rows.map(({ username, serviceId }) => [username, serviceId]));
}

/** Calls to panels, without what was said. */
export const panelCalls = (db: Db) =>
  db
    .selectFrom('provisioningLog')
    .leftJoin('server', 'server.id', 'provisioningLog.serverId')
    .select([
      'provisioningLog.id',
      'provisioningLog.serverId',
      'server.name as serverName',
      'provisioningLog.serviceId',
      'provisioningLog.operationId',
      'provisioningLog.correlationId',
      'provisioningLog.label',
      'provisioningLog.method',
      'provisioningLog.url',
      'provisioningLog.status',
      'provisioningLog.outcome',
      'provisioningLog.error',
      'provisioningLog.durationMs',
      'provisioningLog.createdAt',
    ]);

/** The place a service holds now. */
export function placementOf(db: Db, serviceId: string) {
  return db
    .selectFrom('placement')
    .innerJoin('server', 'server.id', 'placement.serverId')
    .select([
      'placement.id',
      'placement.serverId',
      'placement.username',
      'placement.createdAt',
      'server.name as serverName',
    ])
    .where('placement.serviceId', '=', serviceId)
    .where('placement.releasedAt', 'is', null)
    .executeTakeFirst();
}

export function serverById(db: Db, serverId: string) {
  return db.selectFrom('server').selectAll().where('id', '=', serverId).executeTakeFirst();
}

/** @throws NotFound `server_not_found` */
export async function lockServer(tx: Tx, serverId: string): Promise<ServerRow> {
  const row = await tx.selectFrom('server').selectAll().where('id', '=', serverId).forUpdate().executeTakeFirst();
  if (!row) throw new NotFound('server_not_found', { serverId });
  return row as ServerRow;
}

/** Hold the group of a server, so that nobody takes a place in it meanwhile. */
export async function lockGroupOfServer(tx: Tx, serverId: string): Promise<void> {
  await tx
    .selectFrom('serverGroup')
    .select('id')
    .where('id', '=', (on) => on.selectFrom('server').select('serverGroupId').where('server.id', '=', serverId))
    .forUpdate()
    .execute();
}

/** Places taken on a server, pending ones included. */
export async function takenPlacesOf(db: Db, serverId: string): Promise<number> {
  const row = await takenPlaces(db).where('placement.serverId', '=', serverId).executeTakeFirst();
  return Number(row?.accounts ?? 0);
}
