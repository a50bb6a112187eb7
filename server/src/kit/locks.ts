/**
 * Locks over all processes, as PostgreSQL session advisory locks on one dedicated connection per process. A process that
 * dies, even by kill -9, gives all of its locks back within milliseconds; one that is frozen keeps them.
 */
import type pg from 'pg';
import type { Logger } from 'pino';
import { openSession } from './jobs/session.ts';

/** Gives the lock back. A second call, or one after the lock was lost, does nothing. */
export type Release = () => Promise<void>;

export interface Locks {
  /**
   * Take the lock if nobody has it. Not re-entrant: a second try in this process gets null as well.
   *
   * @throws the driver's error when the server cannot be reached: nothing is known then, so nothing may be done
   */
  tryLock(key: string): Promise<Release | null>;
  /**
   * Take one of `count` numbered locks, starting at a random one: never more than `count` holders over all processes.
   *
   * @param count 1 or more. Lowering it lets those above the new count finish first.
   */
  trySlot(name: string, count: number): Promise<Release | null>;
  /** Whether anybody, here or in another process, holds the lock at this moment. */
  isHeld(key: string): Promise<boolean>;
  /**
   * Told with the keys when the connection broke and with it every lock: stop what they protected.
   * The connection is made again for later calls.
   *
   * @returns stops the telling
   */
  onLost(listener: (keys: string[]) => void): () => void;
  /** Gives every lock back. A second call does nothing. */
  close(): Promise<void>;
}

/** SQL for the number PostgreSQL knows the lock by; `key` is SQL for its text. The prefix is our own namespace. */
export const lockNumber = (key: string): string => `hashtextextended('hostwright:lock:' || ${key}, 0)`;

/** SQL that is true for the row of pg_locks (as `held`) which holds the lock of that number. */
export const isLockRow = (number: string): string =>
  `held.locktype = 'advisory' and held.granted and held.objsubid = 1
   and held.database = (select oid from pg_database where datname = current_database())
   and held.classid = ((${number} >> 32) & 4294967295)::oid and held.objid = (${number} & 4294967295)::oid`;

/** @throws the driver's error when the first connection cannot be made */
export async function createLocks(options: { connection: pg.PoolConfig; log: Logger }): Promise<Locks> {
  // A session may take the same advisory lock twice, so what this process holds or asks for is kept here as well.
  const held = new Map<string, symbol>();
  const listeners = new Set<(keys: string[]) => void>();
  const session = await openSession({
    ...options,
    applicationName: 'hostwright locks',
    onLost() {
      const keys = [...held.keys()];
      held.clear();
      for (const listener of listeners) listener(keys);
    },
  });

  async function tryLock(key: string): Promise<Release | null> {
    if (held.has(key)) return null;
    const holder = Symbol(key);
    held.set(key, holder);
    const mine = () => held.get(key) === holder;
    try {
      const [row] = await session.query<{ locked: boolean }>(
        `select pg_try_advisory_lock(${lockNumber('$1::text')}) as locked`,
        [key],
      );
      if (!mine()) throw new Error(`The connection broke while the lock "${key}" was taken.`);
      if (row?.locked) return release;
      held.delete(key);
      return null;
    } catch (error) {
      if (mine()) held.delete(key);
      throw error;
    }

    async function release(): Promise<void> {
      if (!mine()) return;
      held.delete(key);
      // Queries keep their order, so a try after this one asks when the lock is free. On a broken connection it is free already.
      await session.query(`select pg_advisory_unlock(${lockNumber('$1::text')})`, [key]).catch(() => {});
    }
  }

  return {
    tryLock,
    async trySlot(name, count) {
      if (!Number.isInteger(count) || count < 1) throw new RangeError(`"${name}" needs 1 slot or more, not ${count}`);
      const first = Math.floor(Math.random() * count);
      for (let tried = 0; tried < count; tried += 1) {
        const release = await tryLock(`${name}#${(first + tried) % count}`);
        if (release) return release;
      }
      return null;
    },
    async isHeld(key) {
      if (held.has(key)) return true;
      const rows = await session.query(
        `with wanted as (select ${lockNumber('$1::text')} as number)
         select from pg_locks held, wanted where ${isLockRow('wanted.number')} limit 1`,
        [key],
      );
      return rows.length > 0;
    },
    onLost(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => session.close(),
  };
}
