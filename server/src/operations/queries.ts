/** SQL for operations; no decisions. */
import { type Selectable, sql } from 'kysely';
import type { Operation } from '../kit/database.generated.ts';
import type { Db, Tx } from '../kit/db.ts';
import { OPENS_AFTER } from '../provisioning/breaker.ts';

export type OperationRow = Selectable<Operation>;

export function operationById(db: Db, id: string) {
  return db.selectFrom('operation').selectAll().where('id', '=', id).executeTakeFirst();
}

export function lockOperation(tx: Tx, id: string) {
  return tx.selectFrom('operation').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
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

/** Where an operation stands in line: its server, or while it has none its group. */
export interface Queue {
  serverId: string | null;
  serverGroupId: string | null;
}

export async function queueOf(db: Db, operationId: string): Promise<Queue> {
  return db
    .selectFrom('operation')
    .select(['serverId', 'serverGroupId'])
    .where('id', '=', operationId)
    .executeTakeFirstOrThrow();
}

/** Planned or running operations of a server, or of a group whose operations have no server yet. */
export async function liveCount(db: Db, queue: Queue): Promise<number> {
  const live = db
    .selectFrom('operation')
    .select(({ fn }) => fn.countAll<bigint>().as('count'))
    .where('state', 'in', ['planned', 'running']);
  const { count } = await (queue.serverId
    ? live.where('serverId', '=', queue.serverId)
    : live.where('serverId', 'is', null).where('serverGroupId', '=', queue.serverGroupId)
  ).executeTakeFirstOrThrow();
  return Number(count);
}

/** Lines in which somebody's time has come. */
export function queuesWithDue(db: Db, now: Date): Promise<Queue[]> {
  return (
    db
      .selectFrom('operation')
      // A server is one line, whatever groups its operations were planned for.
      .select([
        'serverId',
        sql<string | null>`case when server_id is null then server_group_id end`.as('serverGroupId'),
      ])
      .distinct()
      .where('state', '=', 'waiting')
      .where('nextTryAt', '<=', now)
      .execute()
  );
}

/** The next of a line, locked; those another dispatcher has locked are left out. */
export function dueOperations(tx: Tx, queue: Queue, { now, limit }: { now: Date; limit: number }) {
  return tx
    .selectFrom('operation')
    .select('id')
    .where('state', '=', 'waiting')
    .where('nextTryAt', '<=', now)
    .where((on) =>
      queue.serverId
        ? on('serverId', '=', queue.serverId)
        : on.and([on('serverId', 'is', null), on('serverGroupId', '=', queue.serverGroupId)]),
    )
    .orderBy('nextTryAt')
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
}

/** Ready beyond its slots, so that none idles between two operations. */
const READY_PER_SLOT = 2;

/**
 * How many of a queue's operations may be live at once: by the slots of the server, or of all of its group. A server that
 * is being tried again after it failed gets one. At least one, so that an operation without a server comes to say so.
 */
export async function liveLimit(db: Db, queue: Queue): Promise<number> {
  const { slots } = await db
    .selectFrom('server')
    .select(
      sql<string>`coalesce(sum(case when breaker_failures >= ${OPENS_AFTER} then 1 else concurrency * ${READY_PER_SLOT}::int end), 0)`.as(
        'slots',
      ),
    )
    .where('archivedAt', 'is', null)
    .where((on) => (queue.serverId ? on('id', '=', queue.serverId) : on('serverGroupId', '=', queue.serverGroupId)))
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
    ]);

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
