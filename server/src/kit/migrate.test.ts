import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEmptyDatabase, type TestDatabase } from '../../test/database.ts';
import { type OpenDatabase, openDb } from './db.ts';
import { MIGRATIONS_FOLDER, MigrationError, migrate, migrationsChecksum, readMigrations } from './migrate.ts';

let database: TestDatabase;
let opened: OpenDatabase;
let folder: string;

beforeEach(async () => {
  database = await createEmptyDatabase();
  opened = openDb(database.connection);
  folder = mkdtempSync(path.join(os.tmpdir(), 'hostwright-migrations-'));
  write('0001_shelf.sql', 'create table shelf (id integer primary key);');
  write('0002_book.sql', 'create table book (id integer primary key); insert into book values (1);');
});
afterEach(async () => {
  await opened.close();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);

async function tables(): Promise<string[]> {
  const { rows } = await opened.pool.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  );
  return rows.map(({ name }) => name);
}

test('migrations are applied once, in order, and later ones when they come', async () => {
  expect(await migrate(opened.pool, folder)).toEqual([1, 2]);
  expect(await migrate(opened.pool, folder)).toEqual([]);
  write('0003_author.sql', 'create table author (id integer)');
  expect(await migrate(opened.pool, folder)).toEqual([3]);
  expect(await tables()).toEqual(['author', 'book', 'migration', 'shelf']);
});

test('processes that start at the same time apply each migration once', async () => {
  const others = Array.from({ length: 4 }, () => openDb(database.connection, { max: 1 }));
  try {
    const applied = await Promise.all(others.map(({ pool }) => migrate(pool, folder)));
    expect(applied.flat().sort()).toEqual([1, 2]);
    expect((await opened.pool.query('select count(*)::int as rows from book')).rows).toEqual([{ rows: 1 }]);
  } finally {
    for (const { close } of others) await close();
  }
});

test('a migration that fails changes nothing, and those before it stay', async () => {
  write('0003_broken.sql', 'create table half (id integer); insert into nowhere values (1);');
  await expect(migrate(opened.pool, folder)).rejects.toThrow(/0003_broken.sql failed and changed nothing: .*nowhere/);
  expect(await tables()).toEqual(['book', 'migration', 'shelf']);
  write('0003_broken.sql', 'create table half (id integer);');
  expect(await migrate(opened.pool, folder)).toEqual([3]);
});

test('a file that was changed after it was applied is named', async () => {
  await migrate(opened.pool, folder);
  write('0001_shelf.sql', 'create table shelf (id bigint primary key);');
  await expect(migrate(opened.pool, folder)).rejects.toThrow('Migration 0001_shelf.sql was changed');
});

test('a database of a newer version is refused', async () => {
  await migrate(opened.pool, folder);
  rmSync(path.join(folder, '0002_book.sql'));
  await expect(migrate(opened.pool, folder)).rejects.toThrow(/newer than this version.*0002_book.sql/);
});

test('a migration missing in the table is refused', async () => {
  await migrate(opened.pool, folder);
  await opened.pool.query('delete from migration where number = 1');
  await expect(migrate(opened.pool, folder)).rejects.toThrow('lacks migration 1 but has 2');
});

test('upTo stops at a number', async () => {
  expect(await migrate(opened.pool, folder, { upTo: 1 })).toEqual([1]);
  expect(await tables()).toEqual(['migration', 'shelf']);
});

test('the lock is given back after a failure', async () => {
  write('0003_broken.sql', 'nonsense');
  await expect(migrate(opened.pool, folder)).rejects.toThrow(MigrationError);
  const { rows } = await opened.pool.query(
    "select count(*)::int as held from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())",
  );
  expect(rows).toEqual([{ held: 0 }]);
});

test.each([
  ['0004_gap.sql', 'should have the number 0003'],
  ['0002_twice.sql', 'should have the number 0003'],
  ['3_short.sql', 'is not named like 0001_what_it_does.sql'],
])('a folder with %s is refused', (name, message) => {
  write(name, '');
  expect(() => readMigrations(folder)).toThrow(message);
});

test('the checksum of a folder changes with a name or a byte', () => {
  const before = migrationsChecksum(folder);
  write('0002_book.sql', 'create table book (id integer primary key);');
  const changed = migrationsChecksum(folder);
  expect(changed).not.toBe(before);
  expect(migrationsChecksum(folder)).toBe(changed);
});

test("the product's own migrations apply to an empty database", async () => {
  expect(await migrate(opened.pool, MIGRATIONS_FOLDER)).toHaveLength(readMigrations(MIGRATIONS_FOLDER).length);
});
