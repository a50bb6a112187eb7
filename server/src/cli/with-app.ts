import { openApp } from '../app.ts';
import { type Context, createContext } from '../kit/context.ts';
import { CommandError } from './command-error.ts';
import { missingMigrations } from './schema-state.ts';
import { type CommandDatabase, withDatabase } from './with-database.ts';

/**
 * Do something in the shop as the system, without serving or working, and close everything whatever happens.
 *
 * @throws CommandError `migrations_missing`: only `migrate` and `start` change the schema
 * @throws as `withDatabase`; KeyringError when the master keys cannot be read
 */
export function withApp<T>(run: (ctx: Context) => Promise<T>): Promise<T> {
  return withDatabase((database) => inApp(database, run));
}

/** As `withApp`, on a database that is open already. */
export async function inApp<T>(database: CommandDatabase, run: (ctx: Context) => Promise<T>): Promise<T> {
  const { db, pool, log, connection } = database;
  const missing = await missingMigrations(pool);
  if (missing.length > 0) {
    throw new CommandError(
      'migrations_missing',
      `The database lacks ${missing.length === 1 ? 'migration' : 'migrations'} ${missing.join(', ')}. Run \`hostwright migrate\`.`,
    );
  }
  const demo = await db.selectFrom('setting').select('key').where('key', '=', 'demo').executeTakeFirst();
  const opened = await openApp({ config: { ...database.config, demo: demo !== undefined }, log, connection });
  try {
    return await run(createContext(opened.app, { kind: 'system', name: 'cli' }));
  } finally {
    await opened.close();
  }
}
