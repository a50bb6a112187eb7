/** One file with everything the shop knows, readable by any later PostgreSQL and by this or a newer Hostwright. */
import { createHash } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type pg from 'pg';
import {
  type ArchiveEnd,
  type ArchiveHeader,
  type ArchiveTable,
  type ArchiveTableEnd,
  type ArchiveTail,
  countLines,
  END_OF_ROWS,
  FORMAT,
  readArchive,
  skipRows,
} from './backup/archive.ts';
import { copyOut } from './backup/copy.ts';
import { BackupError } from './backup/error.ts';
import { dataTables, quoted, quotedName, ROW_FORMAT, sequences } from './backup/tables.ts';
import { type Clock, systemClock } from './clock.ts';
import { MIGRATION_LOCK } from './migrate.ts';

export interface BackupSummary {
  createdAt: string;
  tables: number;
  rows: number;
  /** Size of the file. */
  bytes: number;
  /** Sum of what is in the file, before it was zipped. */
  sha256: string;
  /** Number of the last migration the data fit to. */
  migration: number;
  /** Ids of the master keys without which the secrets in it stay closed. The keys themselves are not in it. */
  keyIds: string[];
}

/**
 * Write everything into one file while the shop goes on working: one REPEATABLE READ transaction sees every table at
 * the same moment. Waiting and finished jobs are in it too, so work that was paid for is not lost; a job that was
 * running is taken up again after its heartbeat runs out, as after a crash.
 *
 * The master key is not in it, on purpose: without HOSTWRIGHT_KEY or the key file, panel credentials and passwords in
 * a stolen backup stay closed. Keep the key somewhere else.
 *
 * @param file made with mode 0600, and whole or not at all
 * @param options.keyIds ids of the master keys in use, told again on restore
 * @throws BackupError when the file exists already or the database has no tables
 */
export async function backup(
  pool: pg.Pool,
  file: string,
  options: { log: { info(message: string): void }; keyIds?: string[]; clock?: Clock },
): Promise<BackupSummary> {
  if (existsSync(file)) throw new BackupError(`${file} exists already. Name a new file, or remove this one.`);
  const partial = `${file}.part-${process.pid}`;
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    // The schema stands still until we are done. Taken first, because the snapshot is as old as the first query.
    await client.query('select pg_advisory_lock_shared($1)', [MIGRATION_LOCK]);
    await client.query('begin isolation level repeatable read, read only');
    const content = archiveOf(client, {
      hostwrightBackup: FORMAT,
      createdAt: (options.clock ?? systemClock).now().toISOString(),
      postgres: await serverVersion(client),
      migrations: await appliedMigrations(client),
      keyIds: options.keyIds ?? [],
    });
    await pipeline(content, createGzip(), createWriteStream(partial, { flags: 'wx', mode: 0o600 }));
    await syncToDisk(partial);
    await rename(partial, file);
    await syncToDisk(path.dirname(path.resolve(file)));
  } catch (error) {
    failure = error as Error;
    await rm(partial, { force: true });
    throw error;
  } finally {
    if (failure === undefined) {
      await client.query('commit');
      await client.query('select pg_advisory_unlock_shared($1)', [MIGRATION_LOCK]);
    }
    client.release(failure); // a connection in the middle of a COPY is of no more use
  }
  const summary = await verifyBackup(file);
  options.log.info(`Backed up ${summary.rows} rows of ${summary.tables} tables to ${file} (${summary.bytes} bytes)`);
  options.log.info('The master key is not in it: keep HOSTWRIGHT_KEY or the key file somewhere else');
  return summary;
}

/**
 * Read a backup through and check every sum in it; no database is needed.
 * @throws BackupError when it is damaged, saying where
 */
export async function verifyBackup(file: string): Promise<BackupSummary> {
  return summaryOf(await readArchive(file, { table: skipRows }), file);
}

/** What an archive that was read whole holds. */
export async function summaryOf(archive: ArchiveHeader & ArchiveEnd, file: string): Promise<BackupSummary> {
  return {
    createdAt: archive.createdAt,
    tables: archive.tables,
    rows: archive.rows,
    bytes: (await stat(file)).size,
    sha256: archive.sha256,
    migration: archive.migrations.length,
    keyIds: archive.keyIds,
  };
}

async function* archiveOf(client: pg.PoolClient, header: ArchiveHeader): AsyncGenerator<Buffer> {
  const whole = createHash('sha256');
  const piece = (bytes: Buffer) => {
    whole.update(bytes);
    return bytes;
  };
  const line = (value: ArchiveHeader | ArchiveTable | ArchiveTableEnd | ArchiveTail) =>
    piece(Buffer.from(`${JSON.stringify(value)}\n`));

  yield line(header);
  await client.query(ROW_FORMAT);
  const tables = await dataTables(client);
  let rows = 0;
  for (const table of tables) {
    yield line(table);
    const hash = createHash('sha256');
    let count = 0;
    const columns = table.columns.map(quotedName).join(', ');
    for await (const chunk of copyOut(client, `copy (select ${columns} from ${quoted(table)}) to stdout`)) {
      hash.update(chunk);
      count += countLines(chunk);
      yield piece(chunk);
    }
    yield piece(Buffer.from(END_OF_ROWS));
    yield line({ rows: count, sha256: hash.digest('hex') });
    rows += count;
  }
  yield line({ sequences: await sequences(client) });
  const end: ArchiveEnd = { end: true, tables: tables.length, rows, sha256: whole.digest('hex') };
  yield Buffer.from(`${JSON.stringify(end)}\n`);
}

async function appliedMigrations(client: pg.PoolClient): Promise<ArchiveHeader['migrations']> {
  const { rows: found } = await client.query("select to_regclass('public.migration') is not null as migrated");
  if (!found[0].migrated) throw new BackupError('The database has no tables yet: there is nothing to back up.');
  const { rows } = await client.query('select number, name, checksum from migration order by number');
  return rows;
}

async function serverVersion(client: pg.PoolClient): Promise<string> {
  const { rows } = await client.query('show server_version');
  return rows[0].server_version;
}

async function syncToDisk(target: string): Promise<void> {
  const handle = await open(target, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
