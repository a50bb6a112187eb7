/** A worker is present at a job while its session holds the job's lock: gone within milliseconds when the worker dies. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Locks, Release } from '../locks.ts';
import { type Boss, cutHolder, presenceKey } from './boss.ts';

/** A predecessor that has just settled the job may not have given its presence back yet. */
const TRIES = 4;
const RETRY_MS = 150;

/** What a worker that holds, or wants to hold, the job keeps of its presence. */
export interface Present {
  jobId: string;
  release: Release | undefined;
}

export interface Presence {
  /**
   * Be present at a job that was claimed. A worker that was frozen may still be: its session is cut.
   *
   * @throws the driver's error when the server cannot be reached
   */
  enter(jobId: string): Promise<Present>;
  /** After the session was lost. Resolves to false when somebody else has become present meanwhile. */
  enterAgain(present: Present, stillWanted: () => boolean): Promise<boolean>;
}

export function createPresence({ boss, locks, log }: { boss: Boss; locks: Locks; log: Logger }): Presence {
  return {
    async enter(jobId) {
      for (let tried = 0; tried < TRIES; tried += 1) {
        const release = await locks.tryLock(presenceKey(jobId));
        if (release) return { jobId, release };
        await sleep(RETRY_MS);
      }
      log.warn({ jobId }, 'the worker that had this job was frozen; cutting its session');
      await cutHolder(boss, jobId);
      await sleep(RETRY_MS);
      return { jobId, release: (await locks.tryLock(presenceKey(jobId))) ?? undefined };
    },
    async enterAgain(present, stillWanted) {
      if (!present.release) return true; // Already at it, or never had it: then the heartbeat alone says that we live.
      present.release = undefined;
      while (stillWanted()) {
        try {
          const release = await locks.tryLock(presenceKey(present.jobId));
          if (!release) return false;
          if (stillWanted()) present.release = release;
          else await release();
          return true;
        } catch {
          await sleep(RETRY_MS); // The locks say why.
        }
      }
      return true;
    },
  };
}
