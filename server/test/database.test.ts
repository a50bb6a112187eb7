import { afterAll, expect, test } from 'vitest';
import { openDb } from '../src/kit/db.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

const opened: TestDatabase[] = [];
afterAll(async () => {
  for (const database of opened) await database.close();
});

async function open() {
  const database = await createTestDatabase();
  opened.push(database);
  return database;
}

test('databases asked for at the same time are migrated and do not see each other', async () => {
  const [one, two] = await Promise.all([open(), open()]);
  const first = openDb(one.connection);
  const second = openDb(two.connection);
  try {
    await first.db.insertInto('numberSequence').values({ name: 'invoice', lastNumber: 7n }).execute();
    expect(await first.db.selectFrom('numberSequence').select('lastNumber').execute()).toEqual([{ lastNumber: 7n }]);
    expect(await second.db.selectFrom('numberSequence').selectAll().execute()).toEqual([]);
  } finally {
    await first.close();
    await second.close();
  }
});

test('closing drops the database even while a connection is open', async () => {
  const database = await createTestDatabase();
  const { pool, close } = openDb(database.connection, { onError: () => {} });
  await pool.query('select 1');
  await database.close();
  await database.close();
  await expect(pool.query('select 1')).rejects.toThrow();
  await close();
});
