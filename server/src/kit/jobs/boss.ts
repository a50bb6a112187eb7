/** pg-boss as we use it, and the few statements on its tables that it has no call for. They fit the exact version we pin. */
import type pg from 'pg';
import { enableClockOverride, PgBoss, TestClock } from 'pg-boss';
import type { Logger } from 'pino';
import { type Clock, systemClock } from '../clock.ts';
import { isLockRow, lockNumber } from '../locks.ts';

/** Workers are woken here with a queue's name. */
export const JOBS_CHANNEL = 'hostwright_jobs';

/** A job as it was claimed. The attempt is part of it: whoever claims it next has another one. */
export interface Claim {
  id: string;
  retryCount: number;
}

export type JobState = 'created' | 'retry' | 'active' | 'completed' | 'cancelled' | 'failed';

/** The lock a worker holds for as long as it runs the job. */
export const presenceKey = (jobId: string): string => `job:${jobId}`;

export interface Boss {
  queues: PgBoss;
  query<R>(text: string, values?: unknown[]): Promise<R[]>;
  /** To be run in a session that queues jobs, when the queue follows a clock of its own. */
  sessionSetup: string | null;
  followClock(): Promise<void>;
}

/** @throws the driver's error when the server cannot be reached */
export async function createBoss(options: { connection: pg.PoolConfig; log: Logger; clock?: Clock }): Promise<Boss> {
  const { connection, log, clock } = options;
  const followed = clock && clock !== systemClock ? new TestClock(clock.now()) : undefined;
  const queues = new PgBoss({
    ...(connection as object),
    application_name: 'hostwright jobs',
    max: 5,
    options: [connection.options, '-c jit=off'].filter(Boolean).join(' '),
    // Schedules and expiry go by the database's clock, which a followed clock has stopped.
    schedule: !followed,
    supervise: !followed,
    cronMonitorIntervalSeconds: 5,
    cronWorkerIntervalSeconds: 1,
    ...(followed && { clock: realTimersWith(followed) }),
  });
  queues.on('error', (error) => log.error({ err: error }, 'the job queue had an error'));
  queues.on('warning', (warning) => log.warn({ warning }, 'the job queue warns'));
  await queues.start();
  return {
    queues,
    query: async <R>(text: string, values: unknown[] = []) => {
      const { rows } = await queues.getDb().executeSql(text, values);
      return rows as R[];
    },
    sessionSetup: followed ? enableClockOverride() : null,
    followClock: async () => {
      if (clock) await followed?.setTime(clock.now());
    },
  };
}

/** The database's time as the test clock says, while our own timers go on: nobody needs to tick them. */
const realTimersWith = (clock: TestClock) => ({
  now: () => clock.now(),
  setTimeout: (run: () => void, ms: number): unknown => setTimeout(run, ms),
  clearTimeout: (timer: unknown) => clearTimeout(timer as NodeJS.Timeout),
  setInterval: (run: () => void, ms: number): unknown => setInterval(run, ms),
  clearInterval: (timer: unknown) => clearInterval(timer as NodeJS.Timeout),
  attach: clock.attach.bind(clock),
});

/** Wake the queue's workers in every process. */
export async function notifyQueue(boss: Boss, queue: string): Promise<void> {
  await boss.query(`select pg_notify('${JOBS_CHANNEL}', $1)`, [queue]);
}

/**
 * Put a claimed job back without spending its attempt: a claim counts as an attempt only when `started_on` is set.
 * As `retry`, since a newer job with its singleton key may be waiting as `created`.
 */
export async function putBack(boss: Boss, queue: string, claim: Claim, afterSeconds: number): Promise<void> {
  await boss.query(
    `with returned as (
       update pgboss.job set state = 'retry', started_on = null, heartbeat_on = null,
         start_after = pgboss.job_now() + $4 * interval '1 second'
       where name = $1 and id = $2 and retry_count = $3 and state = 'active' returning name)
     select pg_notify('${JOBS_CHANNEL}', name) from returned where $4 = 0`,
    [queue, claim.id, claim.retryCount, afterSeconds],
  );
}

/** Let a job that is to be retried go earlier than its backoff says, and wake a worker for it. */
export async function hastenRetry(boss: Boss, queue: string, claim: Claim, afterSeconds: number): Promise<void> {
  await boss.query(
    `with hastened as (
       update pgboss.job set start_after = least(start_after, pgboss.job_now() + $4 * interval '1 second')
       where name = $1 and id = $2 and retry_count = $3 and state = 'retry' returning name)
     select pg_notify('${JOBS_CHANNEL}', name) from hastened`,
    [queue, claim.id, claim.retryCount, afterSeconds],
  );
}

export interface ActiveJob extends Claim {
  name: string;
  /** Changes with every heartbeat, whatever any clock says. */
  version: string;
  /** Whether the session of its worker is alive. A frozen worker's is. */
  present: boolean;
}

/** Every job that is being worked on, by whichever process. Our jobs all have a group, for the sake of its small index. */
export function activeJobs(boss: Boss): Promise<ActiveJob[]> {
  return boss.query(
    `select name, id, retry_count as "retryCount", xmin::text as version,
       exists (select from pg_locks held where ${isLockRow(lockNumber(`'job:' || job.id`))}) as present
     from pgboss.job where state = 'active' and group_id is not null`,
  );
}

/** Cut the session that holds the job's presence lock: its worker was frozen, and hears of it when it thaws. */
export async function cutHolder(boss: Boss, jobId: string): Promise<void> {
  await boss.query(
    `with wanted as (select ${lockNumber('$1::text')} as number)
     select pg_terminate_backend(held.pid) from pg_locks held, wanted where ${isLockRow('wanted.number')}`,
    [presenceKey(jobId)],
  );
}

/** How many jobs each queue has in which state; `due` are those that could run now. Without pg-boss's own queues. */
export function jobCounts(boss: Boss): Promise<{ name: string; state: JobState; due: boolean; count: number }[]> {
  return boss.query(
    `select name, state, state < 'active' and start_after <= pgboss.job_now() as due, count(*)::int as count
     from pgboss.job where name not like '\\_\\_pgboss%' group by 1, 2, 3`,
  );
}

/** Jobs that run or could run now, by queue. */
export function unfinishedJobs(boss: Boss): Promise<{ name: string; count: number }[]> {
  return boss.query(
    `select name, count(*)::int as count from pgboss.job
     where name not like '\\_\\_pgboss%'
       and (state = 'active' or (state < 'active' and start_after <= pgboss.job_now())) group by 1`,
  );
}
