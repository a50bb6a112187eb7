/** The part of the queue that works: one worker per queue, woken by notifications, with recovery of what dead workers left. */
import type pg from 'pg';
import type { Logger } from 'pino';
import { type App, createContext } from '../context.ts';
import type { Job, JobQueue } from '../jobs.ts';
import { createLocks, type Locks } from '../locks.ts';
import { createSteps } from '../steps.ts';
import { type Boss, JOBS_CHANNEL, type JobState, jobCounts, unfinishedJobs } from './boss.ts';
import { type EnsureQueue, gaveUpQueue } from './enqueue.ts';
import { guardClaim } from './guard.ts';
import { createPresence } from './presence.ts';
import { startRecovery } from './recovery.ts';
import { openSession, type Session } from './session.ts';
import { type ClaimedJob, startWorker, type Work, type Worker } from './worker.ts';

const CONCURRENCY = 10;

/** By queue. `due` are those of `created` and `retry` that could run now. */
export type QueueCounts = Record<string, Record<JobState | 'due', number>>;

export function createEngine(
  boss: Boss,
  ensureQueue: EnsureQueue,
  { connection, log }: { connection: pg.PoolConfig; log: Logger },
): Pick<JobQueue, 'start' | 'counts' | 'drained' | 'stop'> & { wake(): void } {
  const workers = new Map<string, Worker>();
  let locks: Locks | undefined;
  let listening: Session | undefined;
  let stopRecovery: (() => Promise<void>) | undefined;
  let stopping: Promise<void> | undefined;

  const wake = () => {
    for (const worker of workers.values()) worker.wake();
  };

  async function start(app: App, jobs: Job[]): Promise<void> {
    if (locks) throw new Error('The job queue works already.');
    const held = await createLocks({ connection, log });
    locks = held;
    held.onLost(() => {
      for (const worker of workers.values()) worker.renewPresence();
    });
    const presence = createPresence({ boss, locks: held, log });
    for (const job of jobs) await ensureQueue(job);
    for (const work of jobs.flatMap((job) => worksOf(app, job))) {
      if (workers.has(work.queue)) throw new Error(`Two jobs are called "${work.queue}".`);
      workers.set(work.queue, startWorker(work, { boss, presence, log }));
    }
    listening = await openSession({
      connection,
      log,
      applicationName: 'hostwright jobs listener',
      onConnect: async (client) => {
        await client.query(`listen ${JOBS_CHANNEL}`);
        wake(); // What was notified while nobody listened is found by looking.
      },
      onNotification: ({ payload }) => workers.get(payload ?? '')?.wake(),
    });
    stopRecovery = startRecovery(boss, log);
  }

  async function stopWorking(waitMs: number): Promise<void> {
    await Promise.all([...workers.values()].map((worker) => worker.stop(waitMs)));
    await stopRecovery?.();
    await listening?.close();
    await locks?.close();
    await boss.queues.stop({ graceful: false });
  }

  return {
    start,
    wake,
    async counts() {
      const counts: QueueCounts = {};
      for (const { name, state, due, count } of await jobCounts(boss)) {
        const queue = counts[name] ?? {
          created: 0,
          retry: 0,
          active: 0,
          completed: 0,
          cancelled: 0,
          failed: 0,
          due: 0,
        };
        queue[state] += count;
        if (due) queue.due += count;
        counts[name] = queue;
      }
      return counts;
    },
    async drained({ timeoutSeconds = 30 } = {}) {
      const until = performance.now() + timeoutSeconds * 1000;
      wake();
      for (;;) {
        const left = await unfinishedJobs(boss);
        if (left.length === 0) return;
        if (performance.now() > until) {
          const list = left.map(({ name, count }) => `${count} × ${name}`).join(', ');
          throw new Error(`Jobs are still unfinished after ${timeoutSeconds} seconds: ${list}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    stop({ graceful = true, timeoutSeconds = 30 } = {}) {
      stopping ??= stopWorking(graceful ? timeoutSeconds * 1000 : 0);
      return stopping;
    },
  };
}

/** A job is worked on its own queue; what it does after giving up is worked on another. */
function worksOf(app: App, job: Job): Work[] {
  const contextOf = ({ data }: ClaimedJob) => createContext(app, { kind: 'job', name: job.name }, data.correlationId);
  const limits = { timeoutSeconds: job.timeoutSeconds, concurrency: job.concurrency ?? CONCURRENCY };
  const works: Work[] = [
    {
      ...limits,
      queue: job.name,
      async perform(claimed, signal) {
        const { id: jobId, retryCount } = claimed;
        const steps = createSteps(app, jobId, { guard: guardClaim(job.name, claimed) });
        const context = { ...steps, ctx: contextOf(claimed), signal, jobId, attempt: retryCount + 1 };
        await job.run(job.input.parse(claimed.data.input), context);
      },
    },
  ];
  const { gaveUp } = job;
  if (gaveUp) {
    works.push({
      ...limits,
      queue: gaveUpQueue(job),
      perform: (claimed) =>
        gaveUp(job.input.parse(claimed.data.input), lastError(claimed), { ctx: contextOf(claimed) }),
    });
  }
  return works;
}

function lastError({ sourceOutput }: ClaimedJob): Error {
  const { name = 'Error', message = 'The job failed without a reason.' } = (sourceOutput ?? {}) as {
    name?: string;
    message?: string;
  };
  return Object.assign(new Error(message), { name });
}
