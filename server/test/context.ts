/** A shop of its own on a fresh database, without a door and without workers, for tests of verbs. */
import { randomBytes } from 'node:crypto';
import { type Logger, pino } from 'pino';
import { openApp } from '../src/app.ts';
import { type Config, readConfig } from '../src/config.ts';
import type { Actor } from '../src/kit/actor.ts';
import { type MovableClock, movableClock } from '../src/kit/clock.ts';
import { type App, type Context, createContext } from '../src/kit/context.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

export interface TestContext {
  app: App;
  database: TestDatabase;
  clock: MovableClock;
  /** Acts as the system. */
  ctx: Context;
  as(actor: Actor): Context;
  close(): Promise<void>;
}

/**
 * @param options.now where the clock stands; 2026-01-01 when not given
 * @param options.clock one that goes by itself instead
 * @param options.config over the settings of an empty environment
 * @param options.log where log lines go; nowhere when not given
 * @param options.app over what an app holds, for example another `flow`
 */
export async function testContext(
  options: { now?: string; clock?: MovableClock; config?: Partial<Config>; app?: Partial<App>; log?: Logger } = {},
): Promise<TestContext> {
  const database = await createTestDatabase();
  const clock = options.clock ?? movableClock(options.now ?? '2026-01-01T12:00:00Z');
  const config = {
    ...readConfig({}),
    key: `test:${randomBytes(32).toString('base64')}`,
    publicUrl: 'http://shop.test',
    ...options.config,
  };
  const log = options.log ?? pino({ level: process.env.TEST_LOG_LEVEL ?? 'silent' });
  const opened = await openApp({
    config,
    log,
    // A busy machine is no failure.
    connection: { ...database.connection, connectionTimeoutMillis: 120_000 },
    clock,
    queueClock: options.clock ? undefined : clock,
  });
  Object.assign(opened.app, options.app);
  const { app } = opened;
  return {
    app,
    database,
    clock,
    ctx: createContext(app, { kind: 'system', name: 'test' }),
    as: (actor) => createContext(app, actor),
    async close() {
      await opened.close();
      await database.close();
    },
  };
}
