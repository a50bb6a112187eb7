/**
 * Finds jobs whose worker died or froze and lets another one take them. It measures by its own steady clock how long a
 * sign of life has been missing, so that a jump of the database's clock takes no job from a worker that lives.
 */
import type { Logger } from 'pino';
import { type ActiveJob, activeJobs, type Boss, hastenRetry } from './boss.ts';

const LOOK_EVERY_MS = 500;
/** After a longer gap we were frozen ourselves and have seen nothing meanwhile. */
const GAP_MS = 3_000;
/** A worker whose session is gone is dead, unless it comes back within so long: the session may just have been cut. */
const DEAD_AFTER_MS = 1_500;
/** One whose session lives but who has not written for so long is frozen. It writes every 3 seconds. */
const FROZEN_AFTER_MS = 10_000;

interface Sighting {
  version: string;
  versionSince: number;
  absentSince: number | undefined;
}

/** @returns stops the looking */
export function startRecovery(boss: Boss, log: Logger): () => Promise<void> {
  let sightings = new Map<string, Sighting>();
  let lookedAt = performance.now();
  let looking: Promise<void> | undefined;

  async function look(): Promise<void> {
    const now = performance.now();
    if (now - lookedAt > GAP_MS) sightings = new Map();
    lookedAt = now;
    const next = new Map<string, Sighting>();
    for (const job of await activeJobs(boss)) {
      const before = sightings.get(sightingKey(job));
      const sighting = {
        version: job.version,
        versionSince: before?.version === job.version ? before.versionSince : now,
        absentSince: job.present ? undefined : (before?.absentSince ?? now),
      };
      next.set(sightingKey(job), sighting);
      if (sighting.absentSince !== undefined && now - sighting.absentSince >= DEAD_AFTER_MS) {
        await recover(job, 'Its worker died.');
      } else if (now - sighting.versionSince >= FROZEN_AFTER_MS) {
        await recover(job, 'Its worker was frozen.');
      }
    }
    sightings = next;
  }

  /** Costs the attempt, so that a job which kills its worker comes to an end; the first time it goes on at once. */
  async function recover(job: ActiveJob, message: string): Promise<void> {
    log.warn({ queue: job.name, jobId: job.id, attempt: job.retryCount + 1 }, `a job was lost: ${message}`);
    await boss.queues.fail(job.name, [{ id: job.id, retryCount: job.retryCount }], { name: 'WorkerLost', message });
    await hastenRetry(boss, job.name, job, 2 ** job.retryCount - 1);
  }

  const timer = setInterval(() => {
    looking ??= look()
      .catch((error) => log.warn({ err: error }, 'could not look for lost jobs'))
      .finally(() => {
        looking = undefined;
      });
  }, LOOK_EVERY_MS);

  return async () => {
    clearInterval(timer);
    await looking;
  };
}

const sightingKey = (job: ActiveJob): string => `${job.id}:${job.retryCount}`;
