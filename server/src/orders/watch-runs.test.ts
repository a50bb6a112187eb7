import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { createNotifications, type Notifications } from '../kit/notifications.ts';
import { RUN_CHANNEL } from '../kit/steps.ts';
import { watchRuns } from './watch-runs.ts';

let database: TestDatabase;
let notifications: Notifications;
let client: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  notifications = createNotifications({ connection: database.connection, log: pino({ level: 'silent' }) });
  client = new pg.Client(database.connection);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await notifications.close();
  await database.close();
});

const stepChanged = (runId: string) => client.query('select pg_notify($1, $2)', [RUN_CHANNEL, runId]);

const millisecondsOf = async (work: Promise<void>) => {
  const from = performance.now();
  await work;
  return performance.now() - from;
};

test('a change of a watched run wakes soon, also one from between two calls; others do not', async () => {
  const watch = await watchRuns(notifications);
  await stepChanged('mine');
  expect(await millisecondsOf(watch.changed(['mine']))).toBeLessThan(1_000);
  const waiting = millisecondsOf(watch.changed(['mine']));
  await stepChanged('other');
  expect(await waiting).toBeGreaterThan(1_900);
  const any = millisecondsOf(watch.changed(undefined));
  await stepChanged('other');
  expect(await any).toBeLessThan(1_000);
  watch.stop();
});

test('stopping ends the wait at once', async () => {
  const watch = await watchRuns(notifications);
  const waiting = millisecondsOf(watch.changed(['mine']));
  watch.stop();
  watch.stop();
  expect(await waiting).toBeLessThan(500);
});
