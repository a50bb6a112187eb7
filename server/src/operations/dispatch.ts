/**
 * Brings waiting operations back when it is their turn, as many per server as it has slots, and finds those whose worker
 * died. Every worker process runs it; a lock lets one at a time look.
 */
import { sql } from 'kysely';
import { type App, createContext, type TransactionContext, withTrace } from '../kit/context.ts';
import { isLockRow, lockNumber } from '../kit/locks.ts';
import { lockKey } from './lock-key.ts';
import { dueOperations, type Line, linesOf, linesWithDue, liveCount, liveLimit } from './queries.ts';

/** Queues the job of an operation's next try; one that waits already serves. */
export type QueueRun = (tx: TransactionContext, operationId: string) => Promise<void>;

/** A worker that has not written its heartbeat for so long is frozen, whatever its locks say. */
const FROZEN_AFTER_SECONDS = 60;
/** A job queued for so long may have been lost; one too many does no harm. */
const QUEUE_AGAIN_AFTER_SECONDS = 60;
const MOST_PER_ROUND = 500;

/**
 * One round over everything.
 * @returns how many operations were queued
 */
export async function dispatch(app: App, queueRun: QueueRun): Promise<number> {
  const ctx = createContext(app, { kind: 'system', name: 'dispatcher' });
  return ctx.transaction(async (tx) => {
    const { rows } = await sql<{
      mine: boolean;
    }>`select pg_try_advisory_xact_lock(hashtextextended('hostwright:dispatch', 0)) as mine`.execute(tx.db);
    if (!rows[0]?.mine) return 0;
    let queued = await queueOrphans(tx, queueRun);
    for (const line of await linesWithDue(tx.db, tx.clock.now())) queued += await queueDue(tx, line, queueRun);
    return queued;
  });
}

/** One round over the lines that may go on now that an operation has ended. */
export async function dispatchAfter(app: App, operationId: string, queueRun: QueueRun): Promise<void> {
  await createContext(app, { kind: 'system', name: 'dispatcher' }).transaction(async (tx) => {
    for (const line of await linesOf(tx.db, operationId)) await queueDue(tx, line, queueRun);
  });
}

/** Waiting operations whose time has come, oldest first, within the slots of their server or group. */
async function queueDue(tx: TransactionContext, line: Line, queueRun: QueueRun): Promise<number> {
  const free = (await liveLimit(tx.db, line)) - (await liveCount(tx.db, line));
  if (free <= 0) return 0;
  const due = await dueOperations(tx.db, line, { now: tx.clock.now(), limit: Math.min(free, MOST_PER_ROUND) });
  for (const { id } of due) await queueAgain(tx, id, queueRun);
  return due.length;
}

/** Running ones whose lock nobody holds, planned ones whose job was lost, and frozen workers, who lose their locks. */
async function queueOrphans(tx: TransactionContext, queueRun: QueueRun): Promise<number> {
  const number = lockNumber(`'${lockKey('')}' || operation.id::text`);
  const holder = sql.raw(`(select held.pid from pg_locks held where ${isLockRow(`(${number})`)} limit 1)`);
  const { rows } = await sql<{ id: string; state: string; holder: number | null }>`
    select id, state, ${holder} as holder from operation
    where (state = 'running' and (${holder} is null or heartbeat_at < clock_timestamp() - make_interval(secs => ${FROZEN_AFTER_SECONDS})))
       or (state = 'planned' and heartbeat_at < clock_timestamp() - make_interval(secs => ${QUEUE_AGAIN_AFTER_SECONDS}))
    order by id limit ${MOST_PER_ROUND}
    for update skip locked`.execute(tx.db);
  for (const { id, state, holder: pid } of rows) {
    if (state === 'running' && pid !== null) {
      tx.app.log.warn({ operationId: id }, 'a frozen worker loses its operation');
      await sql`select pg_terminate_backend(${pid})`.execute(tx.db);
    }
    await queueAgain(tx, id, queueRun);
  }
  return rows.length;
}

async function queueAgain(tx: TransactionContext, operationId: string, queueRun: QueueRun): Promise<void> {
  const operation = await tx.db
    .updateTable('operation')
    .set({
      // A running one stays marked as such until it is claimed: that it must look first is read from it.
      state: sql`case when state = 'running' then 'running' else 'planned' end`,
      heartbeatAt: sql`clock_timestamp()`,
      nextTryAt: null,
      waitReason: null,
    })
    .where('id', '=', operationId)
    .returning('correlationId')
    .executeTakeFirstOrThrow();
  await queueRun(withTrace(tx, { correlationId: operation.correlationId }), operationId);
}
