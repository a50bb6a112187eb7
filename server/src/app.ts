/** What a process holds once: connections, keys, clock, and the folders of modules and gateways. */
import path from 'node:path';
import type { GatewayDefinition, ModuleDefinition } from '@hostwright/sdk';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { flow } from './flow.ts';
import { acts } from './hosting/acts/acts.ts';
import { type Clock, systemClock } from './kit/clock.ts';
import type { App } from './kit/context.ts';
import { openDb } from './kit/db.ts';
import { defaultDataFolder } from './kit/embedded-postgres/data-folder.ts';
import { loadExtensions } from './kit/extensions.ts';
import { createJobQueue } from './kit/jobs.ts';
import { createLocks } from './kit/locks.ts';
import { createNotifications } from './kit/notifications.ts';
import { openKeyring } from './kit/secrets.ts';
import { outbox } from './mail/outbox.ts';

export interface OpenApp {
  app: App;
  pool: pg.Pool;
  /** Stops taking jobs, lets those under way end, and closes every connection. A second call does nothing. */
  close(): Promise<void>;
}

/**
 * @param options.connection to a database that is migrated
 * @param options.clock for tests; the machine's when not given
 * @param options.queueClock for tests: by which delayed jobs become due; the database's when not given
 */
export async function openApp(options: {
  config: Config;
  log: Logger;
  connection: pg.PoolConfig;
  clock?: Clock;
  queueClock?: Clock;
}): Promise<OpenApp> {
  const { config, log, connection, clock } = options;
  const keyring = openKeyring({
    given: config.key,
    file: path.join(config.dataFolder ?? defaultDataFolder(), 'hostwright.key'),
  });
  const [modules, gateways] = await Promise.all([
    loadExtensions<ModuleDefinition>({ roots: config.moduleFolders, accept: acceptModule }),
    loadExtensions<GatewayDefinition>({ roots: config.gatewayFolders, accept: acceptGateway }),
  ]);
  for (const { folder, state, reason } of [...modules.folders(), ...gateways.folders()]) {
    if (state === 'not_loaded') log.warn({ folder, reason }, 'a folder was not loaded');
  }
  const opened = openDb(connection, {
    max: config.databaseConnections,
    onError: (err) => log.warn({ err }, 'an idle database connection broke'),
  });
  const jobs = await createJobQueue({ connection, log, clock: options.queueClock });
  const locks = await createLocks({ connection, log });
  const notifications = createNotifications({ connection, log });
  const app: App = {
    config,
    log,
    clock: clock ?? systemClock,
    db: opened.db,
    keyring,
    jobs,
    locks,
    notifications,
    outbox,
    flow,
    acts,
    modules,
    gateways,
  };
  let closing: Promise<void> | undefined;
  const close = async () => {
    await jobs.stop();
    await locks.close();
    await notifications.close();
    await opened.close();
  };
  return {
    app,
    pool: opened.pool,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** @throws TypeError when a folder's default export was not made by `defineModule` and lacks what it would have checked */
export function acceptModule(definition: ModuleDefinition): void {
  for (const name of ['testConnection', 'find', 'create'] as const) {
    if (typeof definition[name] !== 'function') throw new TypeError(`It lacks ${name}(); make it with defineModule.`);
  }
}

/** @throws TypeError as `acceptModule`, for `defineGateway` */
export function acceptGateway(definition: GatewayDefinition): void {
  if (!definition.charge && !definition.start && !definition.instructions)
    throw new TypeError('It needs charge(), start() or instructions(); make it with defineGateway.');
}
