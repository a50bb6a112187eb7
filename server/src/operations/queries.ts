/** SQL for operations; no decisions. */
import { type Selectable, sql } from 'kysely';
import type { Operation } from '../kit/database.generated.ts';
import type { Db, Tx } from '../kit/db.ts';
import { OPENS_AFTER } from '../provisioning/breaker.ts';
import { actorPeople } from '../staff/actor-name.ts';

export type OperationRow = Selectable<Operation>;

export function operationById(db: Db, id: string) {
  return db.selectFrom('operation').selectAll().where('id', '=', id).executeTakeFirst();
}

export function lockOperation(tx: Tx, id: string) {
  return tx.selectFrom('operation').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Id of the server an operation is tried on, or while it has none of the group. */
export async function placeOf(db: Db, operationId: string): Promise<string | null> {
  const { place } = await db
    .selectFrom('operation')
    .select(({ fn }) => fn.coalesce('serverId', 'serverGroupId').as('place'))
    .where('id', '=', operationId)
    .executeTakeFirstOrThrow();
  return place;
}

/** The one operation of a service that is not over. */
export function unfinishedOperation(db: Db, serviceId: string) {
  return db
    .selectFrom('operation')
    .selectAll()
    .where('serviceId', '=', serviceId)
    .where('state', 'in', ['planned', 'running', 'waiting', 'needs_staff'])
    .executeTakeFirst();
}

/** Where an operation stands in line: that of its server, or while it has none that of its group. */
export type Line = { serverId: string } | { serverGroupId: string };

/** The lines that may go on when an operation has ended: that of its server, and of those still without one. */
export async function linesOf(db: Db, operationId: string): Promise<Line[]> {
  const { serverId, serverGroupId } = await db
    .selectFrom('operation')
    .leftJoin('server', 'server.id', 'operation.serverId')
    .select(({ fn }) => [
      'operation.serverId',
      fn.coalesce('server.serverGroupId', 'operation.serverGroupId').as('serverGroupId'),
    ])
    .where('operation.id', '=', operationId)
    .executeTakeFirstOrThrow();
  return [...(serverId ? [{ serverId }] : []), ...(serverGroupId ? [{ serverGroupId }] : [])];
}

/** Planned or running operations that take up the slots of a server, or of all servers of a group. */
export async function liveCount(db: Db, line: Line): Promise<number> {
  const live = db
    .selectFrom('operation')
    .select(({ fn }) => fn.countAll<bigint>().as('count'))
    .where('state', 'in', ['planned', 'running']);
  if ('serverId' in line)
    return Number((await live.where('serverId', '=', line.serverId).executeTakeFirstOrThrow()).count);
  const placed = live.where('serverId', 'in', (on) =>
    on.selectFrom('server').select('id').where('serverGroupId', '=', line.serverGroupId),
  );
  const unplaced = live.where('serverId', 'is', null).where('serverGroupId', '=', line.serverGroupId);
  const counts = await placed.unionAll(unplaced).execute();
  return counts.reduce((sum, { count }) => sum + Number(count), 0);
}

/** Lines in which somebody's time has come: one look into the index for each server and group. */
export async function linesWithDue(db: Db, now: Date): Promise<Line[]> {
  const { rows } = await sql<{ serverId: string | null; serverGroupId: string | null }>`
    select id as server_id, null as server_group_id from server
    where exists (select from operation where state = 'waiting' and next_try_at <= ${now} and server_id = server.id)
    union all
    select null, id from server_group
    where exists (
      select from operation
      where state = 'waiting' and next_try_at <= ${now} and server_id is null and server_group_id = server_group.id)`.execute(
    db,
  );
  return rows.map(({ serverId, serverGroupId }) => (serverId ? { serverId } : { serverGroupId: serverGroupId ?? '' }));
}

/** The next of a line, locked; those another dispatcher has locked are left out. */
export function dueOperations(tx: Tx, line: Line, { now, limit }: { now: Date; limit: number }) {
  return tx
    .selectFrom('operation')
    .select('id')
    .where('state', '=', 'waiting')
    .where('nextTryAt', '<=', now)
    .where((on) =>
      'serverId' in line
        ? on('serverId', '=', line.serverId)
        : on.and([on('serverId', 'is', null), on('serverGroupId', '=', line.serverGroupId)]),
    )
    .orderBy('nextTryAt')
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
}

/**
 * How many of a line may be live at once: the slots of the server, or of all of the group. A server that is being tried
 * again after it failed gets one. At least one, so that an operation without a server comes to say so.
 */
export async function liveLimit(db: Db, line: Line): Promise<number> {
  const { slots } = await db
    .selectFrom('server')
    .select(
      sql<string>`coalesce(sum(case when breaker_failures >= ${OPENS_AFTER} then 1 else concurrency end), 0)`.as(
        'slots',
      ),
    )
    .where('archivedAt', 'is', null)
    .where((on) => ('serverId' in line ? on('id', '=', line.serverId) : on('serverGroupId', '=', line.serverGroupId)))
    .executeTakeFirstOrThrow();
  return Math.max(1, Number(slots));
}

/** Operations with whom and what they are about. */
export const operationsWithParties = (db: Db) =>
  db
    .selectFrom('operation')
    .innerJoin('service', 'service.id', 'operation.serviceId')
    .innerJoin('customer', 'customer.id', 'service.customerId')
    .leftJoin('server', 'server.id', 'operation.serverId')
    .selectAll('operation')
    .select([
      'service.number as serviceNumber',
      'service.domain',
      'service.state as serviceState',
      'service.customerId',
      'customer.firstName',
      'customer.lastName',
      'customer.company',
      'customer.email',
      'server.name as serverName',
    ])
    .select(actorPeople('operation.actor'));

/** What staff last decided about some operations: retried, or closed by hand. */
export async function decisionsOn(db: Db, operationIds: readonly string[]) {
  if (operationIds.length === 0) return [];
  return db
    .selectFrom('audit')
    .select(['audit.subjectId', 'audit.action', 'audit.after', 'audit.actor', 'audit.createdAt'])
    .select(actorPeople('audit.actor'))
    .distinctOn('audit.subjectId')
    .where('audit.subjectId', 'in', operationIds)
    .where('audit.action', 'in', ['operation.retried', 'operation.mark_done', 'operation.give_up'])
    .orderBy('audit.subjectId')
    .orderBy('audit.id', 'desc')
    .execute();
}

/** The steps of some operations, each one's in their order. */
export async function stepsOf(db: Db, operationIds: readonly string[]) {
  if (operationIds.length === 0) return [];
  return db
    .selectFrom('jobStep')
    .selectAll()
    .where('runId', 'in', operationIds)
    .orderBy('runId')
    .orderBy('position')
    .execute();
}

/** The operations of some services that are not over: at most one of each. */
export async function unfinishedOf(db: Db, serviceIds: readonly string[]): Promise<Map<string, string>> {
  if (serviceIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('operation')
    .select(['id', 'serviceId'])
    .where('serviceId', 'in', serviceIds)
    .where('state', 'in', ['planned', 'running', 'waiting', 'needs_staff'])
    .execute();
  return new Map(rows.map(({ id, serviceId }) => [serviceId, id]));
}

/** What a create needs to judge names: the rules are of the module of the service's product. */
export async function moduleIdOf(db: Db, serviceId: string): Promise<string> {
  const { moduleId } = await db
    .selectFrom('service')
    .innerJoin('product', 'product.id', 'service.productId')
    .select('product.moduleId')
    .where('service.id', '=', serviceId)
    .executeTakeFirstOrThrow();
  return moduleId;
}

/** What a service is called by everybody. */
export async function domainOf(db: Db, serviceId: string): Promise<string> {
  const { domain } = await db
    .selectFrom('service')
    .select('domain')
    .where('id', '=', serviceId)
    .executeTakeFirstOrThrow();
  return domain;
}
