/** One Kysely over one pool, and how database values look in TypeScript. */
import { CamelCasePlugin, Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import type { DB } from './database.generated.ts';

export type Database = DB;
/** Only inside a transaction. What must not happen outside one asks for this type. */
export type Tx = Transaction<Database>;
export type Db = Kysely<Database> | Tx;

export interface OpenDatabase {
  db: Kysely<Database>;
  pool: pg.Pool;
  /** Waits for queries under way, then lets every connection go. A second call does nothing. */
  close(): Promise<void>;
}

const TEXT_ARRAY = 1009; // text[]

/**
 * Values as the product wants them: a day is text ('2026-01-31', a Date would shift it by the local zone), numeric is
 * text, int8 is bigint, timestamptz is Date. Bound to the pool, not to the driver, so that libraries with a connection
 * of their own keep their own idea.
 */
const parsers: Record<number, (text: string) => unknown> = {
  [pg.types.builtins.DATE]: String,
  [pg.types.builtins.NUMERIC]: String,
  [pg.types.builtins.INT8]: BigInt,
  1182: arrayOf(String), // date[]
  1231: arrayOf(String), // numeric[]
  1016: arrayOf(BigInt), // int8[]
};

export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => (format !== 'binary' && parsers[oid]) || pg.types.getTypeParser(oid, format),
};

/**
 * Open a pool. Nothing is connected before the first query.
 *
 * @param connection where the server is; an embedded one hands out the same shape as a `DATABASE_URL` gives
 * @param options.max most connections at a time, 10 when not given
 * @param options.onError told of connections that broke while idle; the pool replaces them by itself
 */
export function openDb(
  connection: pg.PoolConfig,
  options: { max?: number; applicationName?: string; onError?: (error: Error) => void } = {},
): OpenDatabase {
  const pool = new pg.Pool({
    application_name: options.applicationName ?? 'hostwright',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    ...connection,
    max: options.max ?? 10,
    types: valueTypes,
    // Compiling a query costs a hundred times what our short ones take to run.
    options: [connection.options, '-c jit=off'].filter(Boolean).join(' '),
  });
  // Without a listener a connection cut while idle would end the process.
  pool.on('error', (error) => options.onError?.(error));
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    // Keys inside jsonb are data, not column names.
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  let closing: Promise<void> | undefined;
  return {
    db,
    pool,
    close: () => {
      closing ??= destroy(db, pool);
      return closing;
    },
  };
}

/** Kysely ends the pool only when it ran a query itself. */
async function destroy(db: Kysely<Database>, pool: pg.Pool): Promise<void> {
  await db.destroy();
  if (!pool.ending) await pool.end();
}

function arrayOf<T>(parse: (text: string) => T): (text: string) => (T | null)[] {
  const texts = pg.types.getTypeParser(TEXT_ARRAY as never, 'text') as (text: string) => (string | null)[];
  return (text) => texts(text).map((element) => (element === null ? null : parse(element)));
}
