/** Durable work: queued in the transaction of its cause, run by whichever process is free, retried until it gives up. */
import type pg from 'pg';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { Clock } from './clock.ts';
import type { App, Context, TransactionContext } from './context.ts';
import { createBoss } from './jobs/boss.ts';
import { createEngine, type QueueCounts } from './jobs/engine.ts';
import { createEnqueue, createEnsureQueue, type EnqueueOptions } from './jobs/enqueue.ts';
import type { Steps } from './steps.ts';

export interface JobContext extends Steps {
  /** Acts as the job, in the trace of whoever queued it. */
  ctx: Context;
  /** Aborted when the time is up, the worker stops or another worker has taken over: give it to every call that can wait. */
  signal: AbortSignal;
  jobId: string;
  /** 1 for the first attempt. */
  attempt: number;
}

export interface Job<I = unknown> {
  /** Stored in rows: renaming it strands queued work. Letters, digits, `_`, `-`, `.` */
  name: string;
  /** Payloads are ids, never rows. */
  input: z.ZodType<I>;
  /** Attempts in all, 1 or more. */
  attempts: number;
  /** Wait after the first failure; it doubles after each, and each is spread by up to its own length. */
  firstRetrySeconds: number;
  /** After so long `signal` is aborted and the attempt counts as failed, even when `run` goes on. */
  timeoutSeconds: number;
  /** How many run at a time in one process, 10 when not given. */
  concurrency?: number;
  /** May run again after a crash, and beside a predecessor that was frozen: look before acting. */
  run(input: I, context: JobContext): Promise<void>;
  /** After the last attempt, also when that one's worker died. Tried again itself when it fails. */
  gaveUp?(input: I, error: Error, context: { ctx: Context }): Promise<void>;
}

export const defineJob = <I>(job: Job<I>): Job<I> => job;

export interface JobQueue {
  /**
   * Queue a job in the caller's transaction: rolled back with it, seen by no worker before it commits.
   *
   * @returns the job's id, which its steps are stored under; with `singletonKey`, perhaps of the one that waits already
   * @throws TypeError when the input does not fit the job's schema
   */
  enqueue<I>(tx: TransactionContext, job: Job<I>, input: NoInfer<I>, options?: EnqueueOptions): Promise<string>;
  /** Work these jobs in this process. Once per queue. */
  start(app: App, jobs: Job[]): Promise<void>;
  /**
   * Queue a job again and again, once over all processes, up to about 6 s late; occurrences missed while nothing ran are
   * made up for by one. A second call for the same job replaces the schedule.
   *
   * @param schedule.cron five fields, in `schedule.timeZone` (IANA name)
   */
  schedule<I>(job: Job<I>, schedule: { cron: string; timeZone: string; input: NoInfer<I> }): Promise<void>;
  /** How many jobs each queue has in which state. */
  counts(): Promise<QueueCounts>;
  /**
   * Wait until no job is due or running, over all processes.
   *
   * @throws Error saying what is left after `timeoutSeconds`, 30 when not given
   */
  drained(options?: { timeoutSeconds?: number }): Promise<void>;
  /** Let jobs that became due by the given clock's move run now. Does nothing without a clock of one's own. */
  followClock(): Promise<void>;
  /**
   * Take no more jobs, wait for those that run (`timeoutSeconds`, 30 when not given), then abort them: what an aborted
   * job leaves is queued again without spending an attempt. Not graceful aborts at once. A second call does nothing.
   */
  stop(options?: { graceful?: boolean; timeoutSeconds?: number }): Promise<void>;
}

/**
 * Connect to the queue, making or migrating its schema `pgboss` when needed; several processes may do so at once.
 *
 * @param options.clock for tests: the instant at which delayed jobs and retries become due. It moves when `followClock`
 *   is called, best while drained. Without it, or with `systemClock`, the database's clock decides. Always on the real clock: polling, time-outs
 *   of running jobs, and the finding of dead workers. Schedules do not fire under such a clock.
 */
export async function createJobQueue(options: {
  connection: pg.PoolConfig;
  log: Logger;
  clock?: Clock;
}): Promise<JobQueue> {
  const boss = await createBoss(options);
  const ensureQueue = createEnsureQueue(boss);
  const { enqueue, schedule } = createEnqueue(boss, ensureQueue);
  const engine = createEngine(boss, ensureQueue, options);
  return {
    enqueue,
    schedule,
    start: engine.start,
    counts: engine.counts,
    drained: engine.drained,
    followClock: async () => {
      await boss.followClock();
      engine.wake();
    },
    stop: engine.stop,
  };
}
