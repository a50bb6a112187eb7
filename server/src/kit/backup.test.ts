import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type pg from 'pg';
import { PgBoss } from 'pg-boss';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { backup, verifyBackup } from './backup.ts';
import { type OpenDatabase, openDb } from './db.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { MIGRATIONS_FOLDER, migrate } from './migrate.ts';
import { restore } from './restore.ts';

const log = { info: () => {}, warn: () => {} };
let folder: string;
const closing: (() => Promise<void>)[] = [];

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'hostwright-backup-'));
  chmodSync(folder, 0o711); // the embedded server's user has to get through
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string) => path.join(folder, name);

async function open(made: Promise<TestDatabase>): Promise<OpenDatabase & { connection: pg.PoolConfig }> {
  const database = await made;
  const opened = openDb(database.connection, { max: 3 });
  closing.push(database.close, opened.close);
  return { ...opened, connection: database.connection };
}

const LONG = 'ä\\'.repeat(100_000);
const ODD_TEXTS = ['', '\\.', '\\', 'a\tb\nc\r\n\\.\n', '\\N', '"quoted", {braces}', LONG];
const AT = '2026-01-31 23:59:59.123456+00';

async function fill(pool: pg.Pool): Promise<void> {
  for (const [index, text] of ODD_TEXTS.entries()) {
    await pool.query('insert into setting (key, value, updated_at) values ($1, $2, $3)', [
      `${index} ${text.slice(0, 9)}`,
      JSON.stringify(text),
      AT,
    ]);
  }
  await pool.query("insert into setting (key, value, updated_at) values ('nothing', 'null', $1)", [AT]);
  await pool.query(
    `insert into event (type, subject_kind, subject_id, payload, actor, correlation_id, created_at)
       select 'order.placed', 'order', gen_random_uuid(), jsonb_build_object('line', n), '{}', gen_random_uuid(), $1
         from generate_series(1, 20000) n`,
    [AT],
  );
  // Numbers that were handed out are not handed out again, even when their rows are gone.
  await pool.query('delete from event where id > 19990');
  await pool.query(
    `insert into customer (id, email, currency, created_at, updated_at) values (gen_random_uuid(), 'ann@example.com', 'EUR', $1, $1)`,
    [AT],
  );
  await pool.query(
    `insert into credit_entry (id, customer_id, currency, amount_minor, reason, cause_kind, actor, correlation_id, created_at)
       select gen_random_uuid(), id, 'EUR', 9007199254740993, 'gift', 'staff', '{}', gen_random_uuid(), $1 from customer`,
    [AT],
  );
  await pool.query(
    `insert into api_key (id, name, prefix, token_hash, scopes, customer_id, created_at)
       select gen_random_uuid(), 'key', 'hw', 'hash', array['a,b', 'c"d', null, '{e}'], id, $1 from customer`,
    [AT],
  );
}

/** Everything in the database as text, by table. */
async function contents(pool: pg.Pool): Promise<Record<string, unknown>> {
  const { rows: tables } = await pool.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_name <> 'migration' order by 1",
  );
  const found: Record<string, unknown> = {};
  for (const { name } of tables) {
    const { rows } = await pool.query(
      `select count(*)::int as rows, md5(string_agg(t::text, E'\\n' order by t::text collate "C")) as sum from "${name}" t`,
    );
    found[name] = rows[0];
  }
  return found;
}

test('a shop moves from the embedded PostgreSQL to another one and back without losing a byte', async () => {
  const embedded = await startEmbeddedPostgres({ dataFolder: file('embedded'), log });
  closing.push(embedded.stop);
  const home = openDb(embedded.connection, { max: 3 });
  closing.push(home.close);
  await migrate(home.pool, MIGRATIONS_FOLDER);
  await fill(home.pool);
  const before = await contents(home.pool);

  const there = await backup(home.pool, file('there'), { log, keyIds: ['k1'] });
  expect(there.rows).toBe(ODD_TEXTS.length + 1 + 19_990 + 3);
  expect(statSync(file('there')).mode & 0o777).toBe(0o600);
  const outside = await open(createEmptyDatabase());
  expect(await restore(outside.pool, file('there'), { log })).toEqual(there);
  expect(await contents(outside.pool)).toEqual(before);

  await backup(outside.pool, file('back'), { log });
  await home.pool.query('drop schema public cascade; create schema public');
  await restore(home.pool, file('back'), { log });
  expect(await contents(home.pool)).toEqual(before);
});

test('numbers go on where they were, and rows that belong together still do', async () => {
  const source = await open(createTestDatabase());
  await fill(source.pool);
  await backup(source.pool, file('numbers'), { log });
  const target = await open(createTestDatabase());
  await restore(target.pool, file('numbers'), { log });
  const event = await target.pool.query(
    `insert into event (type, subject_kind, subject_id, payload, actor, correlation_id, created_at)
       values ('order.placed', 'order', gen_random_uuid(), '{}', '{}', gen_random_uuid(), now()) returning id`,
  );
  expect(event.rows).toEqual([{ id: 20_001n }]);
  await expect(target.pool.query('delete from customer')).rejects.toThrow('foreign key');
});

test('work that waits in the queue is done after the restore', async () => {
  const source = await open(createTestDatabase());
  const before = new PgBoss({ ...source.connection, schedule: false, supervise: false } as never);
  await before.start();
  await before.createQueue('mail.send', { retryLimit: 4 });
  const id = await before.send('mail.send', { mailId: '7' });
  await before.stop({ graceful: false });
  await backup(source.pool, file('queue'), { log });

  const target = await open(createEmptyDatabase());
  await restore(target.pool, file('queue'), { log });
  const after = new PgBoss({ ...target.connection, schedule: false, supervise: false } as never);
  await after.start();
  closing.push(() => after.stop({ graceful: false }));
  await after.createQueue('mail.send', { retryLimit: 4 });
  expect(await after.fetch('mail.send')).toMatchObject([{ id, data: { mailId: '7' } }]);
});

test('what is written during a backup is in it whole or not at all', async () => {
  const source = await open(createTestDatabase());
  await fill(source.pool);
  const others: Promise<unknown>[] = [];
  const write = () =>
    source.pool.query(
      `with one as (insert into setting (key, value, updated_at) values (gen_random_uuid(), '1', now()))
         insert into number_sequence (name, last_number) values (gen_random_uuid(), 1)`,
    );
  const taken = backup(source.pool, file('busy'), { log });
  for (let n = 0; n < 50; n += 1) others.push(write());
  await taken;
  await Promise.all(others);
  const target = await open(createEmptyDatabase());
  await restore(target.pool, file('busy'), { log });
  const { rows } = await target.pool.query(
    `select (select count(*) from setting)::int - ${ODD_TEXTS.length + 1} as settings, (select count(*) from number_sequence)::int as sequences`,
  );
  expect(rows[0].settings).toBe(rows[0].sequences);
});

test('a file damaged anywhere is refused and changes nothing', async () => {
  const source = await open(createTestDatabase());
  await fill(source.pool);
  await backup(source.pool, file('sound'), { log });
  const sound = readFileSync(file('sound'));
  const target = await open(createTestDatabase());
  const before = await contents(target.pool);
  const refused = async (bytes: Buffer) => {
    writeFileSync(file('damaged'), bytes);
    await expect(verifyBackup(file('damaged'))).rejects.toThrow(`${file('damaged')} is damaged (`);
    await expect(restore(target.pool, file('damaged'), { log })).rejects.toThrow(/is damaged/);
  };
  for (const share of [0, 0.2, 0.5, 0.8, 0.99]) {
    const bytes = Buffer.from(sound);
    const at = Math.floor(bytes.length * share);
    bytes[at] = (bytes[at] ?? 0) ^ 0x40;
    await refused(bytes);
  }
  await refused(sound.subarray(0, sound.length - 100));
  await refused(Buffer.alloc(0));
  await refused(Buffer.from('not a backup'));
  // Zipped anew, so that only our own sums can tell.
  const text = gunzipSync(sound).toString('utf8');
  await refused(gzipSync(text.replace('ann@example.com', 'eve@example.com')));
  await refused(gzipSync(text.replace('"next":"20001"', '"next":"1"')));
  await refused(gzipSync(text.slice(0, text.lastIndexOf('{"end"'))));
  await refused(gzipSync(`${text}more\n`));
  expect(await contents(target.pool)).toEqual(before);
});

test('a database with rows is left alone', async () => {
  const source = await open(createTestDatabase());
  await backup(source.pool, file('empty'), { log });
  const target = await open(createTestDatabase());
  await target.pool.query("insert into setting (key, value, updated_at) values ('name', '1', now())");
  await expect(restore(target.pool, file('empty'), { log })).rejects.toThrow('the table setting has rows');
});

test('rows that do not fit together are refused whole', async () => {
  const source = await open(createTestDatabase());
  await fill(source.pool);
  await source.pool.query('alter table credit_entry drop constraint credit_entry_customer_id_fkey');
  await source.pool.query('update credit_entry set customer_id = gen_random_uuid()');
  await backup(source.pool, file('orphan'), { log });
  const target = await open(createTestDatabase());
  await expect(restore(target.pool, file('orphan'), { log })).rejects.toThrow('credit_entry_customer_id_fkey');
  const { rows } = await target.pool.query('select count(*)::int as rows from event');
  expect(rows).toEqual([{ rows: 0 }]);
});

test('an older backup is brought up to date, and a newer one is refused', async () => {
  const older = file('migrations-1');
  const newer = file('migrations-2');
  for (const [target, count] of [
    [older, 1],
    [newer, 2],
  ] as const) {
    rmSync(target, { recursive: true, force: true });
    writeMigrations(target, count);
  }
  const source = await open(createEmptyDatabase());
  await migrate(source.pool, older);
  await source.pool.query("insert into shop values (1, 'one')");
  await backup(source.pool, file('older'), { log });

  const target = await open(createEmptyDatabase());
  expect(await restore(target.pool, file('older'), { log, migrations: newer })).toMatchObject({ migration: 1 });
  expect((await target.pool.query('select * from shop')).rows).toEqual([{ id: 1, name: 'one', open: true }]);

  await backup(target.pool, file('newer'), { log });
  const empty = await open(createEmptyDatabase());
  await expect(restore(empty.pool, file('newer'), { log, migrations: older })).rejects.toThrow('newer Hostwright');
  await migrate(empty.pool, newer);
  await expect(restore(empty.pool, file('older'), { log, migrations: newer })).rejects.toThrow('without tables');
});

test('an existing file is not overwritten, and a failed backup leaves none', async () => {
  const source = await open(createTestDatabase());
  writeFileSync(file('taken'), 'mine');
  await expect(backup(source.pool, file('taken'), { log })).rejects.toThrow('exists already');
  expect(readFileSync(file('taken'), 'utf8')).toBe('mine');
  const empty = await open(createEmptyDatabase());
  await expect(backup(empty.pool, file('none'), { log })).rejects.toThrow('nothing to back up');
  await expect(verifyBackup(file('none'))).rejects.toThrow(/cannot be read: ENOENT/);
});

function writeMigrations(target: string, count: number): void {
  const texts = [
    'create table shop (id integer primary key, name text not null);',
    'alter table shop add column open boolean not null default true;',
  ];
  mkdirSync(target);
  for (const [index, text] of texts.slice(0, count).entries())
    writeFileSync(path.join(target, `000${index + 1}_step.sql`), text);
}
