/**
 * Works one queue: claims as many jobs as it has room for and settles each by itself, so that a slow one holds up nobody.
 * (pg-boss's own worker settles a batch as a whole: a fast job would stay "active" behind a slow one and run again after a crash.)
 */
import type { JobWithMetadata } from 'pg-boss';
import type { Logger } from 'pino';
import type { Locks, Release } from '../locks.ts';
import { StepWaiting } from '../steps.ts';
import { type Boss, type Claim, cutHolder, notifyQueue, presenceKey, putBack } from './boss.ts';
import type { Payload } from './enqueue.ts';

const POLL_EVERY_MS = 2_000;
const HEARTBEAT_EVERY_MS = 3_000;
/** How long an aborted job may take to come to its end before it is left behind. */
const ABORT_GRACE_MS = 5_000;
/** For storing the end of aborted jobs. */
const SETTLE_MS = 1_000;
/** A predecessor that has just settled the job may not have given its presence back yet. */
const PRESENCE_TRIES = 4;
const PRESENCE_RETRY_MS = 150;

export type ClaimedJob = JobWithMetadata<Payload>;

/** What is done with the jobs of one queue. */
export interface Work {
  queue: string;
  timeoutSeconds: number;
  concurrency: number;
  perform(job: ClaimedJob, signal: AbortSignal): Promise<void>;
}

export interface Worker {
  queue: string;
  /** There may be something to do. */
  wake(): void;
  /** The session broke: what runs stays ours only if its presence can be had again, soon. */
  renewPresence(): void;
  /** Take no more, let what runs come to its end for so long, then abort it. */
  stop(waitMs: number): Promise<void>;
}

interface Run {
  claim: Claim;
  controller: AbortController;
  release?: Release;
}

class Superseded extends Error {}
class Stopping extends Error {}

export function startWorker(work: Work, { boss, locks, log }: { boss: Boss; locks: Locks; log: Logger }): Worker {
  const runs = new Map<string, Run>();
  const underWay = new Set<Promise<void>>();
  let stopping = false;
  let woken = false;
  let rouse: (() => void) | undefined;

  const wake = () => {
    woken = true;
    rouse?.();
  };

  async function loop(): Promise<void> {
    while (!stopping) {
      woken = false;
      const room = work.concurrency - underWay.size;
      if (room > 0) await claim(room);
      // With no room left, the end of a job wakes us; with nothing left, a notification or the poll does.
      await rest();
    }
  }

  function rest(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, POLL_EVERY_MS);
      rouse = () => {
        clearTimeout(timer);
        resolve();
      };
      if (woken || stopping) rouse();
    });
  }

  async function claim(room: number): Promise<void> {
    try {
      const jobs = await boss.queues.fetch<Payload>(work.queue, { batchSize: room, includeMetadata: true });
      for (const job of jobs) {
        const run = take(job).finally(() => {
          underWay.delete(run);
          // A full claim means that more may be waiting.
          if (jobs.length === room) wake();
        });
        underWay.add(run);
      }
    } catch (error) {
      log.error({ err: error, queue: work.queue }, 'jobs could not be claimed; trying again');
    }
  }

  async function take(job: ClaimedJob): Promise<void> {
    const claim = { id: job.id, retryCount: job.retryCount };
    const run: Run = { claim, controller: new AbortController() };
    runs.set(job.id, run);
    try {
      run.release = await bePresent(job.id);
      const outcome = await within(work.timeoutSeconds, run.controller, work.perform(job, run.controller.signal)).then(
        () => ({ done: true }) as const,
        (error: unknown) => ({ done: false, error }) as const,
      );
      if (outcome.done) await settle(run, () => boss.queues.complete(work.queue, [claim]));
      else await settleFailure(job, run, outcome.error);
    } finally {
      runs.delete(job.id);
      await run.release?.();
    }
  }

  /** Undefined when the lock cannot be had: then only the heartbeat tells that we live. */
  async function bePresent(jobId: string): Promise<Release | undefined> {
    try {
      for (let tried = 0; tried < PRESENCE_TRIES; tried += 1) {
        const release = await locks.tryLock(presenceKey(jobId));
        if (release) return release;
        await sleep(PRESENCE_RETRY_MS);
      }
      log.warn({ queue: work.queue, jobId }, 'the worker that had this job was frozen; cutting its session');
      await cutHolder(boss, jobId);
      await sleep(PRESENCE_RETRY_MS);
      return (await locks.tryLock(presenceKey(jobId))) ?? undefined;
    } catch (error) {
      log.warn({ err: error, queue: work.queue, jobId }, 'a job runs without its presence lock');
      return undefined;
    }
  }

  async function renew(run: Run): Promise<void> {
    run.release = undefined;
    while (runs.get(run.claim.id) === run && !run.release) {
      try {
        const release = await locks.tryLock(presenceKey(run.claim.id));
        if (!release) run.controller.abort(new Superseded('taken over while the session was lost'));
        else if (runs.get(run.claim.id) === run) run.release = release;
        else await release();
        return;
      } catch {
        await sleep(PRESENCE_RETRY_MS); // The locks have logged why.
      }
    }
  }

  async function settleFailure(job: ClaimedJob, run: Run, error: unknown): Promise<void> {
    const about = { queue: work.queue, jobId: job.id, attempt: job.retryCount + 1, of: job.retryLimit + 1 };
    const { reason } = run.controller.signal;
    if (error instanceof StepWaiting) {
      log.debug({ ...about, note: error.note, retryAfterSeconds: error.retryAfterSeconds }, 'a job waits');
      await settle(run, () => putBack(boss, work.queue, run.claim, error.retryAfterSeconds));
    } else if (reason instanceof Superseded) {
      log.warn(about, 'another worker has taken this job over');
    } else if (reason instanceof Stopping) {
      await settle(run, () => putBack(boss, work.queue, run.claim, 0));
    } else {
      const last = job.retryCount >= job.retryLimit;
      log[last ? 'error' : 'warn']({ ...about, err: error }, last ? 'a job failed for good' : 'a job failed');
      await settle(run, () => boss.queues.fail(work.queue, [run.claim], asOutput(error)));
      if (last && job.deadLetter) await notifyQueue(boss, job.deadLetter);
    }
  }

  /** Both the end and its being known must survive a short outage of the database; after that, recovery takes the job for lost. */
  async function settle(run: Run, write: () => Promise<unknown>): Promise<void> {
    for (const wait of [100, 500, 2_000, 5_000, 0]) {
      try {
        await write();
        return;
      } catch (error) {
        log.error({ err: error, queue: work.queue, jobId: run.claim.id }, 'the end of a job could not be stored');
        await sleep(wait);
      }
    }
  }

  const heartbeat = setInterval(() => {
    const claims = [...runs.values()].map((run) => run.claim);
    if (claims.length > 0) beat(claims).catch((error) => log.warn({ err: error, queue: work.queue }, 'no heartbeat'));
  }, HEARTBEAT_EVERY_MS);

  async function beat(claims: Claim[]): Promise<void> {
    // The answer is fenced to our attempts: whatever is missing in it is no longer ours. Its type leaves that out.
    const { settled } = (await boss.queues.touch(work.queue, claims)) as { settled?: string[] };
    if (!settled) return;
    const ours = new Set(settled);
    for (const { id, retryCount } of claims) {
      const run = runs.get(id);
      if (run?.claim.retryCount === retryCount && !ours.has(id)) run.controller.abort(new Superseded('taken over'));
    }
  }

  const looping = loop();
  return {
    queue: work.queue,
    wake,
    renewPresence() {
      for (const run of runs.values()) void renew(run);
    },
    async stop(waitMs) {
      stopping = true;
      wake();
      await looping;
      await atMost(waitMs, Promise.all(underWay));
      for (const run of runs.values()) run.controller.abort(new Stopping('the worker stops'));
      await atMost(ABORT_GRACE_MS + SETTLE_MS, Promise.all(underWay));
      clearInterval(heartbeat);
    },
  };
}

/** Rejects a while after `controller` was aborted, be it by us for the time or by somebody else, if `running` goes on. */
async function within(seconds: number, controller: AbortController, running: Promise<void>): Promise<void> {
  let grace: NodeJS.Timeout | undefined;
  const timeout = setTimeout(
    () => controller.abort(new Error(`The job took longer than ${seconds} seconds.`)),
    seconds * 1000,
  );
  const abandoned = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => {
      grace = setTimeout(() => reject(controller.signal.reason), ABORT_GRACE_MS);
    });
  });
  try {
    await Promise.race([running, abandoned]);
  } finally {
    clearTimeout(timeout);
    clearTimeout(grace);
  }
}

/** Waits for `ending`, but no longer than so long. */
async function atMost(ms: number, ending: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([
    ending,
    new Promise((resolve) => {
      timer = setTimeout(resolve, ms);
    }),
  ]);
  clearTimeout(timer);
}

// Stack and cause stay in the log: rows are read by staff, and errors of libraries carry requests.
const asOutput = (error: unknown) =>
  error instanceof Error ? { name: error.name, message: error.message } : { name: 'Error', message: String(error) };

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
