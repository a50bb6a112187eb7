import pg from 'pg';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { startProcess } from '../../test/jobs/process.ts';
import { createLocks, type Locks } from './locks.ts';

const log = pino({ level: 'silent' });
let database: TestDatabase;
let here: Locks;
let there: Locks;

beforeEach(async () => {
  database = await createTestDatabase();
  here = await createLocks({ connection: database.connection, log });
  there = await createLocks({ connection: database.connection, log });
});
afterEach(async () => {
  await Promise.all([here.close(), there.close()]);
  await database.close();
});

test('a lock has one holder, in this process as well as over all, and is free after it is given back', async () => {
  const release = await here.tryLock('service:1');
  expect(release).not.toBeNull();
  expect(await here.tryLock('service:1')).toBeNull();
  expect(await there.tryLock('service:1')).toBeNull();
  expect([await here.isHeld('service:1'), await there.isHeld('service:1')]).toEqual([true, true]);
  await release?.();
  await release?.();
  expect(await here.isHeld('service:1')).toBe(false);
  expect(await there.tryLock('service:1')).not.toBeNull();
  await release?.(); // too late to take it from its new holder
  expect(await here.tryLock('service:1')).toBeNull();
});

test('of several tries at once one wins', async () => {
  const tries = [here, there, here, there, here].map((locks) => locks.tryLock('same'));
  expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
});

test('slots are given out up to their count', async () => {
  const tries = [here, there, here, there, here].map((locks) => locks.trySlot('server:1', 3));
  const taken = (await Promise.all(tries)).filter((release) => release !== null);
  expect(taken.length).toBeLessThanOrEqual(3);
  while (taken.length < 3) taken.push((await here.trySlot('server:1', 3)) ?? expect.fail('a slot is free'));
  expect(await there.trySlot('server:1', 3)).toBeNull();
  await taken[1]?.();
  expect(await there.trySlot('server:1', 3)).not.toBeNull();
  await expect(here.trySlot('server:1', 0)).rejects.toThrow('"server:1" needs 1 slot or more, not 0');
});

test('a broken connection loses every lock, says so, and is made again', async () => {
  const lost: string[][] = [];
  here.onLost((keys) => lost.push(keys));
  const stale = await here.tryLock('a');
  await here.tryLock('b');
  const admin = new pg.Client(database.connection);
  await admin.connect();
  await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'hostwright locks'`);
  await admin.end();
  await expect.poll(() => lost).toEqual([['a', 'b']]);
  expect(await there.tryLock('a')).not.toBeNull();
  expect(await here.tryLock('b')).not.toBeNull();
  await stale?.();
  expect(await here.tryLock('a')).toBeNull();
});

test('four processes never hold more slots than there are', async () => {
  const processes = [1, 2, 3, 4].map(() => startProcess('hold-slots.ts', [database.url, 'server:1', '3', '60']));
  const holdings = (await Promise.all(processes.map((process) => process.lines()))).flat();
  expect(holdings).toHaveLength(240);
  // Where one ends as another begins, the end comes first.
  const changes = holdings
    .map((line) => JSON.parse(line) as { from: number; to: number })
    .flatMap(({ from, to }) => [
      { at: from, by: 1 },
      { at: to, by: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.by - b.by);
  let held = 0;
  let most = 0;
  for (const { by } of changes) {
    held += by;
    most = Math.max(most, held);
  }
  expect(most).toBe(3);
});

test('a killed process gives its locks back at once', async () => {
  const holder = startProcess('hold-slots.ts', [database.url, 'server:1', '1', '1', '60000']);
  await expect.poll(() => there.isHeld('server:1#0'), { timeout: 10_000 }).toBe(true);
  holder.kill('SIGKILL');
  await expect.poll(() => there.isHeld('server:1#0'), { interval: 5, timeout: 500 }).toBe(false);
});
