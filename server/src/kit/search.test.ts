import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { type OpenDatabase, openDb } from './db.ts';
import { isCalled, NAMED, typedNumber } from './search.ts';

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

/** The plan when reading the whole table is as good as forbidden. */
async function planOf(table: string, where: RawBuilder<boolean>): Promise<string> {
  return opened.db.transaction().execute(async (tx) => {
    await sql`set local enable_seqscan = off`.execute(tx);
    const { rows } = await sql`explain select from ${sql.table(table)} where ${where}`.execute(tx);
    return JSON.stringify(rows);
  });
}

test('what is searched is what the indexes have', async () => {
  for (const table of NAMED)
    for (const typed of ['bakery', 'ba'])
      expect(await planOf(table, isCalled(table, typed))).toContain(`Bitmap Index Scan on ${table}_search`);
  for (const table of ['invoice', 'payment'] as const) {
    expect(await planOf(table, isCalled(table, 'INV-1'))).toContain(`Scan on ${table}_number`);
    expect(await planOf(table, isCalled(table, '17'))).toContain(`${table}_digits`);
  }
});

test('without the extension the shop works, and the indexes can be added later', async () => {
  const add = async () =>
    (await sql<{ reason: string | null }>`select add_search_indexes() as reason`.execute(opened.db)).rows[0]?.reason;
  const indexes = async () => (await opened.pool.query(`select from pg_indexes where indexname ~ '_search$'`)).rowCount;
  expect(await indexes()).toBe(NAMED.length);
  await opened.pool.query('drop extension pg_trgm cascade');
  expect(await indexes()).toBe(0);
  await opened.pool.query(
    `insert into customer (id, email, company, currency, created_at, updated_at) values (gen_random_uuid(), 'a@b.test', 'Bakery', 'EUR', now(), now())`,
  );
  const found = await opened.db.selectFrom('customer').select('email').where(isCalled('customer', 'KERY')).execute();
  expect(found).toEqual([{ email: 'a@b.test' }]);
  expect(await add()).toBeNull();
  expect(await indexes()).toBe(NAMED.length);
  expect(await add()).toBeNull();
});

test('a role that may not add extensions goes on without, and says why', async () => {
  const { rows } = await opened.pool.query(`select current_database() as name`);
  const role = `poor_${rows[0].name.slice(-8)}`;
  const client = await opened.pool.connect();
  try {
    await client.query('drop extension if exists pg_trgm cascade');
    await client.query(`create role ${role}`);
    await client.query(`grant all on schema public to ${role}`);
    await client.query(`set role ${role}`);
    const { rows } = await client.query('select add_search_indexes() as reason');
    expect(rows[0].reason).toMatch(/permission denied/);
  } finally {
    await client.query(`reset role`);
    await client.query(`drop owned by ${role}`);
    await client.query(`drop role ${role}`);
    client.release();
  }
});

test('numbers are read with and without their sign, and nothing else is one', () => {
  expect(['#1002', ' 7 ', '# 12', 'INV-7', '', '1.5'].map(typedNumber)).toEqual([1002n, 7n, 12n, null, null, null]);
});
