/** The database of the shop: the one DATABASE_URL names, else the embedded one. */
import type pg from 'pg';
import type { Config } from './config.ts';
import { startEmbeddedPostgres } from './kit/embedded-postgres.ts';

export interface ReachableDatabase {
  /** Good for `openDb` and `openApp`. */
  connection: pg.PoolConfig;
  /** Leave it: an embedded one is stopped by whoever leaves last. Close your pools first. A second call does nothing. */
  close(): Promise<void>;
}

/**
 * Starts the embedded PostgreSQL, or attaches to it, when the configuration names no database. One that is named is
 * not tried: the first query will tell.
 *
 * @throws EmbeddedPostgresError when this machine cannot run the embedded one
 */
export async function openDatabase(
  config: Config,
  log: { info(message: string): void; warn(message: string): void },
): Promise<ReachableDatabase> {
  if (config.databaseUrl !== undefined) {
    return { connection: { connectionString: config.databaseUrl }, close: async () => {} };
  }
  const embedded = await startEmbeddedPostgres({ dataFolder: config.dataFolder, binFolder: config.postgresBin, log });
  return { connection: embedded.connection, close: embedded.stop };
}
