import type pg from 'pg';
import { type Logger, pino } from 'pino';
import { type Config, readConfig } from '../config.ts';
import { type OpenDatabase, openDb } from '../kit/db.ts';
import { openDatabase } from '../open-database.ts';
import { CommandError } from './command-error.ts';

export interface CommandDatabase extends Pick<OpenDatabase, 'db' | 'pool'> {
  config: Config;
  /** To standard error, so that standard output is the command's own; only errors unless LOG_LEVEL says otherwise. */
  log: Logger;
  connection: pg.PoolConfig;
}

const CONNECTIONS = 4;

/**
 * Do something with the database, whatever state its schema is in, and let go of it whatever happens.
 *
 * @throws ConfigError, EmbeddedPostgresError, and CommandError `database_unreachable` when nobody answers there
 */
export async function withDatabase<T>(run: (database: CommandDatabase) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  const log = pino({ level: process.env.LOG_LEVEL ? config.logLevel : 'error' }, pino.destination(2));
  const place = await openDatabase(config, log);
  try {
    const { db, pool, close } = openDb(place.connection, { max: CONNECTIONS });
    try {
      await pool.query('select').catch((cause: Error) => {
        throw unreachable(config, cause);
      });
      return await run({ config, log, connection: place.connection, db, pool });
    } finally {
      await close();
    }
  } finally {
    await place.close();
  }
}

/** The address is named without the password in it. */
function unreachable(config: Config, cause: Error & { code?: string }): CommandError {
  const url = config.databaseUrl === undefined ? undefined : new URL(config.databaseUrl);
  const where = url ? `${url.host || 'the local socket'}${url.pathname}` : 'the data folder';
  const reason = cause.message || cause.code || 'no answer';
  return new CommandError(
    'database_unreachable',
    `The database at ${where} cannot be used: ${reason}. Check DATABASE_URL and that PostgreSQL is running.`,
    { cause },
  );
}
