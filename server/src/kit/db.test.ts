import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { type OpenDatabase, openDb } from './db.ts';

let database: TestDatabase;
let opened: OpenDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  opened = openDb(database.connection);
});
afterAll(async () => {
  await opened.close();
  await database.close();
});

test('days and exact numbers come back as they were written', async () => {
  const { rows } = await sql`
    select '2026-01-31'::date as day, 1.10::numeric as exact, 9007199254740993::int8 as big, 7::int4 as small,
           array['2026-01-31', null]::date[] as days, array[1, null]::int8[] as bigs, array[1.50]::numeric[] as exacts,
           '2026-01-31T00:00:00Z'::timestamptz as instant`.execute(opened.db);
  expect(rows).toEqual([
    {
      day: '2026-01-31',
      exact: '1.10',
      big: 9007199254740993n,
      small: 7,
      days: ['2026-01-31', null],
      bigs: [1n, null],
      exacts: ['1.50'],
      instant: new Date('2026-01-31T00:00:00Z'),
    },
  ]);
});

test('columns are camelCase, keys inside json are left alone', async () => {
  const { rows } = await sql`select 1 as total_minor, '{"inner_key": 1}'::jsonb as remote_data`.execute(opened.db);
  expect(rows).toEqual([{ totalMinor: 1, remoteData: { inner_key: 1 } }]);
});

test('queries of one transaction wait for one another, however they are asked: the driver warns when they do not', async () => {
  const warnings: string[] = [];
  const note = ({ message }: Error) => warnings.push(message);
  process.on('warning', note);
  try {
    await opened.db
      .transaction()
      .execute((tx) => Promise.all([1, 2, 3, 4].map((number) => sql`select ${number}::int4`.execute(tx))));
    const client = await opened.pool.connect();
    expect(warnings).toEqual([]);
    // The warning this looks for is there: the driver gives it once per process.
    await Promise.all([1, 2, 3].map((number) => client.query('select $1::int4', [number])));
    client.release();
    expect(warnings).toEqual([expect.stringContaining('already executing a query')]);
  } finally {
    process.off('warning', note);
  }
});

test('queries are not compiled, and options of the connection are kept', async () => {
  const other = openDb({ ...database.connection, options: '-c statement_timeout=1234' }, { applicationName: 'worker' });
  try {
    const show = async (name: string) => (await other.pool.query(`show ${name}`)).rows[0][name];
    expect(await show('jit')).toBe('off');
    expect(await show('statement_timeout')).toBe('1234ms');
    expect(await show('application_name')).toBe('worker');
  } finally {
    await other.close();
  }
});

test('a connection that breaks while idle is told and replaced', async () => {
  const told: Error[] = [];
  const other = openDb(database.connection, { max: 1, onError: (error) => told.push(error) });
  try {
    const { rows } = await other.pool.query('select pg_backend_pid() as pid');
    await opened.pool.query('select pg_terminate_backend($1, 5000)', [rows[0].pid]);
    await expect.poll(() => told.length).toBe(1);
    expect((await other.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  } finally {
    await other.close();
  }
});

test('closing ends the connections whether or not Kysely was used, and twice is fine', async () => {
  const other = openDb(database.connection, { applicationName: 'closing' });
  await other.pool.query('select 1');
  await other.close();
  await other.close();
  await expect
    .poll(async () => {
      const { rows } = await opened.pool.query(
        "select count(*)::int as left from pg_stat_activity where application_name = 'closing'",
      );
      return rows[0].left;
    })
    .toBe(0);
});
