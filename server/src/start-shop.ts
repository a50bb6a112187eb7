/** A whole shop in one process: database, web application, HTTP, workers, and the demo's surroundings when it is one. */
import path from 'node:path';
import { pino } from 'pino';
import { openApp } from './app.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { followDemoPanels, startDemoPanels } from './demo/panels.ts';
import { DEMO_LOGINS, seedDemo } from './demo/seed.ts';
import { connectDemoStripe, showDemoStripe, startDemoStripe } from './demo/stripe.ts';
import { startHttp } from './http/server.ts';
import { createContext } from './kit/context.ts';
import { openDb } from './kit/db.ts';
import { defaultDataFolder } from './kit/embedded-postgres/data-folder.ts';
import { migrate } from './kit/migrate.ts';
import { startMailCatcher } from './mail/catcher.ts';
import { openDatabase } from './open-database.ts';
import { createSetUpLink } from './staff/create-set-up-link.ts';
import { isSetUpNeeded } from './staff/queries.ts';
import { shopLink } from './staff/shop-link.ts';
import { buildWeb, isWebBuildNeeded } from './web-build.ts';
import { startWorker } from './worker.ts';

const MIGRATIONS = path.join(import.meta.dirname, 'migrations');

export interface RunningShop {
  url: string;
  /** Lets requests and jobs under way end, then closes everything, last started first. */
  stop(): Promise<void>;
}

/**
 * @param options.demo false for an empty or a real shop; a demo shop is made only in an empty database
 * @param options.say one line of progress at a time, for the terminal
 * @throws ConfigError when a demo shop is asked to be a real one
 */
export async function startShop(options: {
  demo: boolean;
  environment: NodeJS.ProcessEnv;
  say: (line: string) => void;
}): Promise<RunningShop> {
  const { say } = options;
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const stopOne of stops.splice(0).reverse()) await stopOne();
  };
  try {
    const config = readConfig(options.environment);
    const log = pino({ level: options.environment.LOG_LEVEL ? config.logLevel : 'warn' });
    say('Database …');
    const database = await openDatabase(config, log);
    stops.push(() => database.close());
    const kind = await prepareDatabase(database.connection, say);
    config.demo = kind === 'demo' || (kind === 'empty' && options.demo);
    if (kind === 'demo' && !options.demo) {
      throw new ConfigError(
        'This database holds the demo shop. Set HOSTWRIGHT_DATA or DATABASE_URL to another place for a real one.',
      );
    }
    if (isWebBuildNeeded()) {
      say('Building the web application (about half a minute, once) …');
      await buildWeb();
    }
    const demo = config.demo ? await startSurroundings(config, stops) : undefined;
    const opened = await openApp({ config, log, connection: database.connection });
    stops.push(() => opened.close());
    const { app } = opened;
    const ctx = createContext(app, { kind: 'system', name: 'start' });
    if (demo) {
      if (kind === 'empty') {
        say('Demo shop: products, two simulated WHM servers, logins …');
        await seedDemo(ctx, demo.panels);
      } else await followDemoPanels(ctx, demo.panels);
    }
    const http = await startHttp(app, {
      ...config,
      besides: (door) => demo && showDemoStripe(door, demo.stripe),
    }).catch((error: unknown) => refuseAddress(error, config));
    stops.push(() => http.close());
    config.publicUrl ??= http.url;
    if (demo) await connectDemoStripe(ctx, demo.stripe, { ownUrl: http.url, publicUrl: config.publicUrl });
    const worker = await startWorker(app);
    stops.push(() => worker.stop());
    say('');
    say(`Hostwright is ready: ${config.publicUrl}`);
    if (demo) {
      say('');
      say('This is a demo shop: made-up products, simulated servers and payments, mail that goes nowhere.');
      for (const { label, email, password } of DEMO_LOGINS) say(`  ${label.padEnd(9)} ${email.padEnd(23)} ${password}`);
      say(`  Store     ${config.publicUrl}/`);
      say(`  Admin     ${config.publicUrl}/admin`);
    } else if (await isSetUpNeeded(app.db)) {
      say(`Make the owner account within a day: ${shopLink(app, '/set-up', { token: await createSetUpLink(ctx) })}`);
    }
    return { url: http.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** @throws ConfigError in place of the system's words where another setting helps */
function refuseAddress(error: unknown, { host, port }: Config): never {
  const { code } = error as NodeJS.ErrnoException;
  const cause = { cause: error };
  if (code === 'EADDRINUSE') {
    throw new ConfigError(`Port ${port} of ${host} is taken. Set PORT to another one; PORT=0 picks a free one.`, cause);
  }
  if (code === 'EACCES')
    throw new ConfigError(`This user may not listen on port ${port}. Set PORT to 1024 or more.`, cause);
  if (code === 'EADDRNOTAVAIL') throw new ConfigError(`This machine has no address ${host}. Correct HOST.`, cause);
  throw error;
}

/** Migrations, and what the database holds. */
async function prepareDatabase(
  connection: Parameters<typeof openDb>[0],
  say: (line: string) => void,
): Promise<'empty' | 'demo' | 'real'> {
  const { db, pool, close } = openDb(connection, { max: 2 });
  try {
    const applied = await migrate(pool, MIGRATIONS);
    if (applied.length > 0) say(`Database is at version ${applied.at(-1)}.`);
    const row = await db
      .selectNoFrom((on) => [
        on.exists(on.selectFrom('setting').select('key').where('key', '=', 'demo')).as('demo'),
        on
          .or([
            on.exists(on.selectFrom('staffMember').select('userId')),
            on.exists(on.selectFrom('product').select('id')),
          ])
          .as('used'),
      ])
      .executeTakeFirstOrThrow();
    return row.demo ? 'demo' : row.used ? 'real' : 'empty';
  } finally {
    await close();
  }
}

/** What a demo shop has around it: panels, a payment provider, and somebody who takes its mail. */
async function startSurroundings(config: Config, stops: (() => Promise<void>)[]) {
  const folder = path.join(config.dataFolder ?? defaultDataFolder(), 'demo');
  const panels = await startDemoPanels(folder);
  for (const panel of panels) stops.push(() => panel.close());
  const stripe = await startDemoStripe(folder);
  stops.push(() => stripe.close());
  if (config.smtpUrl === undefined) {
    const catcher = await startMailCatcher();
    stops.push(() => catcher.close());
    config.smtpUrl = `smtp://127.0.0.1:${catcher.port}`;
  }
  return { panels, stripe };
}
