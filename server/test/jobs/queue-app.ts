/** What a job needs of the application, and no more: for tests of the queue itself and for the processes they kill. */
import type pg from 'pg';
import pino from 'pino';
import { type Clock, systemClock } from '../../src/kit/clock.ts';
import { type App, type Context, createContext } from '../../src/kit/context.ts';
import { openDb } from '../../src/kit/db.ts';
import { createJobQueue } from '../../src/kit/jobs.ts';

export interface QueueApp {
  app: App;
  ctx: Context;
  close(): Promise<void>;
}

export async function createQueueApp(connection: pg.PoolConfig, options: { clock?: Clock } = {}): Promise<QueueApp> {
  const log = pino({ level: process.env.TEST_LOG_LEVEL ?? 'silent' }, pino.destination(2));
  const { db, close } = openDb(connection);
  const jobs = await createJobQueue({ connection, log, ...options });
  // The queue reaches for nothing else in it.
  const app = { log, db, jobs, clock: options.clock ?? systemClock, flow: {} } as unknown as App;
  return {
    app,
    ctx: createContext(app, { kind: 'system', name: 'test' }),
    async close() {
      await jobs.stop({ graceful: false });
      await close();
    },
  };
}
