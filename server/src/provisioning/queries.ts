/** SQL for servers, groups and places; no decisions. */
import { sql } from 'kysely';
import type { Db } from '../kit/db.ts';

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
