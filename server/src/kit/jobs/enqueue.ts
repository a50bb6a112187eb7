/** Queueing: into the caller's transaction, or again and again by a schedule. */
import { sql } from 'kysely';
import { fromKysely } from 'pg-boss';
import { uuidv7 } from 'uuidv7';
import type { TransactionContext } from '../context.ts';
import type { Job, JobQueue } from '../jobs.ts';
import { type Boss, JOBS_CHANNEL } from './boss.ts';

export interface EnqueueOptions {
  /** Not before so long from now, by the database's clock. */
  startAfterSeconds?: number;
  /**
   * At most one job of this name and key waits for its first attempt: another is answered with that one's id. It will see
   * what the caller's transaction wrote, because no worker can take it before the transaction ends.
   */
  singletonKey?: string;
}

/** What a queued job carries. `correlationId` is missing when a schedule queued it: each run is a trace of its own. */
export interface Payload {
  input: unknown;
  correlationId?: string;
}

export const gaveUpQueue = (job: Job): string => `${job.name}.gave-up`;

/** How much longer than its time-out pg-boss waits before it takes a job for dead, when everybody else failed to notice. */
const EXPIRY_MARGIN_SECONDS = 60;
const GAVE_UP_ATTEMPTS = 5;
/** Work that waits is never thrown away: pg-boss deletes what was due for so long and never run. */
const RETENTION_SECONDS = 10 * 365 * 86_400;
/** Every job is in a group, which is what keeps the running ones in a small index. */
const SCHEDULED_GROUP = 'schedule';

/** Make the job's queue, or bring its limits up to date. A second call is cheap. */
export type EnsureQueue = (job: Job) => Promise<void>;

export function createEnsureQueue({ queues }: Boss): EnsureQueue {
  const ensured = new Map<string, Promise<void>>();

  async function make(job: Job): Promise<void> {
    const expireInSeconds = job.timeoutSeconds + EXPIRY_MARGIN_SECONDS;
    const retry = {
      retryBackoff: true,
      retryDelay: job.firstRetrySeconds,
      expireInSeconds,
      retentionSeconds: RETENTION_SECONDS,
    };
    if (job.gaveUp) await bring(gaveUpQueue(job), 'standard', { ...retry, retryLimit: GAVE_UP_ATTEMPTS - 1 });
    const deadLetter = job.gaveUp ? { deadLetter: gaveUpQueue(job) } : {};
    await bring(job.name, 'short', { ...retry, ...deadLetter, retryLimit: job.attempts - 1 });
  }

  async function bring(name: string, policy: string, limits: object): Promise<void> {
    await queues.createQueue(name, { ...limits, policy });
    await queues.updateQueue(name, limits);
  }

  return (job) => {
    const known = ensured.get(job.name);
    if (known) return known;
    const making = make(job);
    ensured.set(job.name, making);
    making.catch(() => ensured.delete(job.name));
    return making;
  };
}

export function createEnqueue(boss: Boss, ensureQueue: EnsureQueue): Pick<JobQueue, 'enqueue' | 'schedule'> {
  async function enqueue<I>(
    tx: TransactionContext,
    job: Job<I>,
    input: NoInfer<I>,
    options: EnqueueOptions = {},
  ): Promise<string> {
    check(job, input);
    await ensureQueue(job);
    if (boss.sessionSetup) await sql.raw(boss.sessionSetup).execute(tx.db);
    const waiting = options.singletonKey && (await lockWaiting(tx, job.name, options.singletonKey));
    if (waiting) return waiting;
    const id = uuidv7();
    const payload: Payload = { input, correlationId: tx.correlationId };
    const sent = await boss.queues.send(job.name, payload, {
      id,
      // The queue lets one job per key wait for its first attempt; without a key of its own a job is its own key.
      singletonKey: options.singletonKey ?? id,
      group: { id: tx.correlationId },
      startAfter: options.startAfterSeconds ?? 0,
      db: fromKysely(tx.db),
    });
    // Somebody queued it between the look and the send: now theirs is there to be locked, unless it has begun.
    if (sent === null) return enqueue(tx, job, input, options);
    await sql`select pg_notify(${JOBS_CHANNEL}, ${job.name})`.execute(tx.db);
    return id;
  }

  return {
    enqueue,
    async schedule(job, { cron, timeZone, input }) {
      check(job, input);
      await ensureQueue(job);
      const payload: Payload = { input };
      await boss.queues.schedule(job.name, cron, payload, {
        tz: timeZone,
        missed: 'once',
        group: { id: SCHEDULED_GROUP },
      });
    },
  };
}

/** Locked, so that no worker begins it before the caller's changes are there for it to see. */
async function lockWaiting(tx: TransactionContext, queue: string, key: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from pgboss.job where name = ${queue} and singleton_key = ${key} and state = 'created' for update`.execute(
    tx.db,
  );
  return rows[0]?.id;
}

function check<I>(job: Job<I>, input: I): void {
  const result = job.input.safeParse(input);
  if (result.success) return;
  const wrong = result.error.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`).join('; ');
  throw new TypeError(`The input for job "${job.name}" does not fit its schema: ${wrong}`);
}
