/**
 * Works one queue: claims as many jobs as it has room for and settles each by itself, so that a slow one holds up nobody.
 * (pg-boss's own worker settles a batch as a whole: a fast job would stay "active" behind a slow one and run again after a crash.)
 */
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { JobWithMetadata } from 'pg-boss';
import type { Logger } from 'pino';
import { StepWaiting } from '../steps.ts';
import { inBatches } from './batches.ts';
import { type Boss, type Claim, notifyQueue, putBack } from './boss.ts';
import { atMost, within } from './deadline.ts';
import type { Payload } from './enqueue.ts';
import type { Presence, Present } from './presence.ts';

const POLL_EVERY_MS = 2_000;
const HEARTBEAT_EVERY_MS = 3_000;
/** How long an aborted job may take to come to its end before it is left behind. */
const ABORT_GRACE_MS = 5_000;
/** For storing the end of aborted jobs. */
const SETTLE_MS = 1_000;

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
  /** Missing until it has begun. */
  present?: Present;
}

class Superseded extends Error {}
class Stopping extends Error {}
class NotBegun extends Error {}

export function startWorker(
  work: Work,
  { boss, presence, log }: { boss: Boss; presence: Presence; log: Logger },
): Worker {
  const runs = new Set<Run>();
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
      await setImmediate(); // Jobs that end together make room together, for one claim.
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
    // Thawed after a freeze we may be our own successor.
    for (const older of runs) if (older.claim.id === job.id) older.controller.abort(new Superseded('taken over'));
    runs.add(run);
    try {
      await attempt(job, run);
      await settle(run, () => complete(claim));
    } catch (error) {
      await settleFailure(job, run, error);
    } finally {
      runs.delete(run);
      await run.present?.release?.();
    }
  }

  async function attempt(job: ClaimedJob, run: Run): Promise<void> {
    try {
      run.present = await presence.enter(job.id);
    } catch (error) {
      throw new NotBegun('The presence lock could not be asked for.', { cause: error });
    }
    const { controller } = run;
    await within(work.timeoutSeconds, controller, ABORT_GRACE_MS, () => work.perform(job, controller.signal));
  }

  /** Jobs that end while another end is being stored share the next statement. */
  const complete = inBatches((claims: Claim[]) => boss.queues.complete(work.queue, claims));

  async function settleFailure(job: ClaimedJob, run: Run, error: unknown): Promise<void> {
    const about = { queue: work.queue, jobId: job.id, attempt: job.retryCount + 1, of: job.retryLimit + 1 };
    const { reason } = run.controller.signal;
    if (error instanceof StepWaiting) {
      log.debug({ ...about, note: error.note, retryAfterSeconds: error.retryAfterSeconds }, 'a job waits');
      await settle(run, () => putBack(boss, work.queue, run.claim, error.retryAfterSeconds));
    } else if (reason instanceof Superseded) {
      log.warn(about, 'another worker has taken this job over');
    } else if (reason instanceof Stopping || error instanceof NotBegun) {
      await settle(run, () => putBack(boss, work.queue, run.claim, 0));
    } else {
      const last = job.retryCount >= job.retryLimit;
      log[last ? 'error' : 'warn']({ ...about, err: error }, last ? 'a job failed for good' : 'a job failed');
      // What an aborted call throws says less than why it was aborted.
      await settle(run, () => boss.queues.fail(work.queue, [run.claim], asOutput(reason ?? error)));
      if (last && job.deadLetter) await settle(run, () => notifyQueue(boss, job.deadLetter));
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

  async function renew(run: Run): Promise<void> {
    if (!run.present) return;
    const still = await presence.enterAgain(run.present, () => runs.has(run));
    if (!still) run.controller.abort(new Superseded('taken over while the session was lost'));
  }

  async function beat(): Promise<void> {
    const beating = [...runs];
    if (beating.length === 0) return;
    const claims = beating.map(({ claim }) => claim);
    // The answer is fenced to our attempts: whatever is missing in it is no longer ours. Its type leaves that out.
    const { settled } = (await boss.queues.touch(work.queue, claims)) as { settled?: string[] };
    if (!settled) return;
    const ours = new Set(settled);
    for (const { claim, controller } of beating)
      if (!ours.has(claim.id)) controller.abort(new Superseded('taken over'));
  }

  const heartbeat = setInterval(() => {
    beat().catch((error) => log.warn({ err: error, queue: work.queue }, 'no heartbeat'));
  }, HEARTBEAT_EVERY_MS);

  const looping = loop();
  return {
    queue: work.queue,
    wake,
    renewPresence() {
      for (const run of runs) void renew(run);
    },
    async stop(waitMs) {
      stopping = true;
      wake();
      await looping;
      await atMost(waitMs, Promise.all(underWay));
      for (const run of runs) run.controller.abort(new Stopping('the worker stops'));
      await atMost(ABORT_GRACE_MS + SETTLE_MS, Promise.all(underWay));
      clearInterval(heartbeat);
    },
  };
}

// Stack and cause stay in the log: rows are read by staff, and errors of libraries carry requests.
const asOutput = (error: unknown) =>
  error instanceof Error ? { name: error.name, message: error.message } : { name: 'Error', message: String(error) };
