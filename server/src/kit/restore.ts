/** Puts a backup into an empty database, whole or not at all. */

import type pg from 'pg';
import { getConstructionPlans } from 'pg-boss';
import { type ArchiveHeader, type ArchiveTable, readArchive, skipRows } from './backup/archive.ts';
import { copyIn } from './backup/copy.ts';
import { BackupError } from './backup/error.ts';
import {
  dataTables,
  foreignKeys,
  hasRows,
  QUEUE_SCHEMA,
  quoted,
  quotedName,
  ROW_FORMAT,
  type TableName,
} from './backup/tables.ts';
import { type BackupSummary, summaryOf } from './backup.ts';
import { MIGRATION_LOCK, MIGRATIONS_FOLDER, type Migration, migrate, readMigrations } from './migrate.ts';

/**
 * Restore a backup: the schema as it was, all rows in one transaction, then the migrations that are newer than the
 * backup. Any PostgreSQL 15 or newer will do, whatever the backup came from. Do it before the shop is started on that
 * database; the master key has to be brought along separately.
 *
 * @param options.migrations folder of this version's migrations
 * @returns what was in the backup; compare its `keyIds` with the keys at hand
 * @throws BackupError when the file is damaged, the database has rows or a newer schema, or the backup is from a newer
 *   Hostwright; the rows of the database are then as they were
 */
export async function restore(
  pool: pg.Pool,
  file: string,
  options: { log: { info(message: string): void }; migrations?: string },
): Promise<BackupSummary> {
  const folder = options.migrations ?? MIGRATIONS_FOLDER;
  const archive = await readArchive(file, { table: skipRows });
  const version = archive.migrations.length;
  refuseOtherMigrations(archive, readMigrations(folder));
  await onClient(pool, (client) => refuseUnfitDatabase(client, version));
  await migrate(pool, folder, { upTo: version });
  await onClient(pool, makeQueueSchema);
  await onClient(pool, (client) => load(client, file, options.log));
  await migrate(pool, folder, { log: options.log });
  await pool.query('analyze'); // or the first queries would be planned for empty tables
  options.log.info(`Restored ${archive.rows} rows of ${archive.tables} tables, as of ${archive.createdAt}`);
  return summaryOf(archive, file);
}

async function load(client: pg.PoolClient, file: string, log: { info(message: string): void }): Promise<void> {
  await client.query('begin');
  await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]); // a shop that starts meanwhile waits
  const known = await dataTables(client);
  await refuseRows(client, known);
  await client.query(ROW_FORMAT);
  // Rows come in the order of table names. The keys are checked for all rows when they are made again.
  const keys = await foreignKeys(client);
  for (const key of keys) {
    await client.query(`alter table ${quoted(key)} drop constraint ${quotedName(key.constraint)}`);
  }
  await readArchive(file, {
    async table(table, rows) {
      refuseUnknown(table, known);
      const columns = table.columns.map(quotedName).join(', ');
      const count = await copyIn(client, `copy ${quoted(table)} (${columns}) from stdin`, rows);
      if (count > 0) log.info(`${table.name}: ${count} rows`);
    },
    async tail({ sequences }) {
      for (const sequence of sequences) {
        await client.query(`alter sequence ${quoted(sequence)} restart with ${BigInt(sequence.next)}`);
      }
    },
  });
  for (const { constraint, definition, ...table } of keys) {
    await client.query(`alter table ${quoted(table)} add constraint ${quotedName(constraint)} ${definition}`);
  }
  await client.query('commit');
}

/** The queue makes its tables when it starts first; its waiting jobs need them now. */
async function makeQueueSchema(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query('select to_regclass($1) is not null as made', [`${QUEUE_SCHEMA}.version`]);
  if (!rows[0].made) await client.query(getConstructionPlans(QUEUE_SCHEMA));
}

function refuseOtherMigrations(archive: ArchiveHeader, ours: Migration[]): void {
  for (const { number, name, checksum } of archive.migrations) {
    const known = ours[number - 1];
    if (known === undefined) {
      throw new BackupError(
        `The backup is from a newer Hostwright: its schema has migration ${number} (${name}), and this version knows ${ours.length}. Restore it with that version.`,
      );
    }
    if (known.checksum !== checksum) {
      throw new BackupError(
        `Migration ${number} (${name}) is not the one the backup was made with. Restore it with the version of Hostwright that made it.`,
      );
    }
  }
}

async function refuseUnfitDatabase(client: pg.PoolClient, version: number): Promise<void> {
  const { rows } = await client.query('show server_encoding');
  if (rows[0].server_encoding !== 'UTF8') {
    throw new BackupError(
      `The database stores text as ${rows[0].server_encoding}. Make one with \`create database ... encoding 'UTF8' template template0\`.`,
    );
  }
  await refuseRows(client, await dataTables(client));
  const { rows: found } = await client.query("select to_regclass('public.migration') is not null as migrated");
  if (!found[0].migrated) return;
  const { rows: applied } = await client.query('select coalesce(max(number), 0) as last from migration');
  if (applied[0].last > version) {
    throw new BackupError(
      `The database has the tables of migration ${applied[0].last} already, and the backup is from migration ${version}. Restore into a database without tables.`,
    );
  }
}

async function refuseRows(client: pg.PoolClient, tables: TableName[]): Promise<void> {
  for (const table of tables) {
    if (await hasRows(client, table)) {
      throw new BackupError(
        `The database is not empty: the table ${table.name} has rows. Restore into a new database, before Hostwright is started on it.`,
      );
    }
  }
}

function refuseUnknown(table: ArchiveTable, known: TableName[]): void {
  if (known.some(({ schema, name }) => schema === table.schema && name === table.name)) return;
  throw new BackupError(
    `The backup has the table ${table.schema}.${table.name}, which this version does not make. Restore it with the version and the modules it was made with.`,
  );
}

/** A connection that failed is given up together with its transaction. */
async function onClient<T>(pool: pg.Pool, run: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    return await run(client);
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    client.release(failure);
  }
}
