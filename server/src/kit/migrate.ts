/** Numbered SQL files, applied once, in order, each in its own transaction. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';

export interface Migration {
  /** From 1, without gaps. */
  number: number;
  name: string;
  /** SHA-256 of the file. */
  checksum: string;
  sql: string;
}

/** The schema in the database and the migrations of this version do not fit. The message says what to do. */
export class MigrationError extends Error {
  override name = 'MigrationError';
}

/** The migrations of this version. */
export const MIGRATIONS_FOLDER = path.join(import.meta.dirname, '../migrations');

/** Held while the schema changes. Never give it another number: two versions must queue for the same lock. */
export const MIGRATION_LOCK = 7_214_001;

/**
 * Bring the schema up to date. Callers queue for one advisory lock, so any number of processes may start at once;
 * a second call applies nothing.
 *
 * @param folder holds files named `0001_what_it_does.sql`
 * @param options.upTo last number to apply; all when not given
 * @returns the numbers applied by this call
 * @throws MigrationError when an applied file was changed, a number is missing, or the database is newer than the code
 */
export async function migrate(
  pool: pg.Pool,
  folder: string,
  options: { log?: { info(message: string): void }; upTo?: number } = {},
): Promise<number[]> {
  const migrations = readMigrations(folder);
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(
      `create table if not exists migration (
         number integer primary key, name text not null, checksum text not null, applied_at timestamptz not null default now()
       )`,
    );
    const pending = pendingMigrations(migrations, await appliedMigrations(client)).filter(
      ({ number }) => number <= (options.upTo ?? Number.POSITIVE_INFINITY),
    );
    for (const migration of pending) {
      await apply(client, migration);
      options.log?.info(`Applied migration ${fileName(migration)}`);
    }
    return pending.map(({ number }) => number);
  } finally {
    // A connection that broke is dropped by the server together with its lock.
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).then(
      () => client.release(),
      (error: Error) => client.release(error),
    );
  }
}

/**
 * The migrations in a folder, in order.
 * @throws MigrationError on a file that is not named `0001_name.sql`, a number used twice, or a gap
 */
export function readMigrations(folder: string): Migration[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort();
  return files.map((file, index) => {
    const [, number, name] = /^(\d{4})_([a-z0-9_]+)\.sql$/.exec(file) ?? [];
    if (number === undefined || name === undefined) {
      throw new MigrationError(`${path.join(folder, file)} is not named like 0001_what_it_does.sql.`);
    }
    if (Number(number) !== index + 1) {
      throw new MigrationError(
        `${path.join(folder, file)} should have the number ${String(index + 1).padStart(4, '0')}: numbers start at 0001 and have no gaps.`,
      );
    }
    const sql = readFileSync(path.join(folder, file), 'utf8');
    return { number: index + 1, name, checksum: createHash('sha256').update(sql).digest('hex'), sql };
  });
}

/** One text for the state of a migrations folder; changes whenever a file does. */
export function migrationsChecksum(folder: string): string {
  const hash = createHash('sha256');
  for (const { number, name, checksum } of readMigrations(folder)) hash.update(`${number} ${name} ${checksum}\n`);
  return hash.digest('hex');
}

interface Applied {
  number: number;
  name: string;
  checksum: string;
}

async function appliedMigrations(client: pg.PoolClient): Promise<Applied[]> {
  const { rows } = await client.query<Applied>('select number, name, checksum from migration order by number');
  return rows;
}

function pendingMigrations(migrations: Migration[], applied: Applied[]): Migration[] {
  applied.forEach((row, index) => {
    const known = migrations[row.number - 1];
    if (row.number !== index + 1) {
      throw new MigrationError(
        `The database lacks migration ${index + 1} but has ${row.number}: somebody changed the table "migration" by hand. Restore a backup.`,
      );
    }
    if (!known) {
      throw new MigrationError(
        `The database is newer than this version of Hostwright: it has migration ${fileName(row)}, and this version knows ${migrations.length}. Start the newer version, or restore a backup made before the upgrade.`,
      );
    }
    if (known.checksum !== row.checksum) {
      throw new MigrationError(
        `Migration ${fileName(known)} was changed after it was applied. Put the file back as it was, and write the change as a new migration.`,
      );
    }
  });
  return migrations.slice(applied.length);
}

async function apply(client: pg.PoolClient, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.sql);
    await client.query('insert into migration (number, name, checksum) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.checksum,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {}); // the first error is the one to tell
    throw new MigrationError(
      `Migration ${fileName(migration)} failed and changed nothing: ${(error as Error).message}`,
      { cause: error },
    );
  }
}

const fileName = ({ number, name }: { number: number; name: string }) =>
  `${String(number).padStart(4, '0')}_${name}.sql`;
