import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { createNotifications, type Notifications } from './notifications.ts';

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

const notify = (channel: string, payload: string) => client.query('select pg_notify($1, $2)', [channel, payload]);
const sessions = async () => {
  const { rows } = await client.query<{ pid: number }>(
    `select pid from pg_stat_activity where application_name = 'hostwright notifications' and datname = current_database()`,
  );
  return rows.map(({ pid }) => pid);
};
const until = async (holds: () => boolean | Promise<boolean>) => {
  for (let tries = 0; tries < 250 && !(await holds()); tries++) await sleep(20);
  expect(await holds()).toBe(true);
};

test('no connection is opened before somebody listens, and one serves everybody', async () => {
  expect(await sessions()).toEqual([]);
  const heard: string[] = [];
  const stops = await Promise.all([
    notifications.subscribe('one', (payload) => heard.push(`a ${payload}`)),
    notifications.subscribe('one', (payload) => heard.push(`b ${payload}`)),
    notifications.subscribe('Two "quoted"', (payload) => heard.push(`c ${payload}`)),
  ]);
  expect(await sessions()).toHaveLength(1);
  await notify('one', '1');
  await notify('Two "quoted"', '2');
  await until(() => heard.length === 3);
  expect(heard).toEqual(['a 1', 'b 1', 'c 2']);
  for (const stop of stops) stop();
});

test('who has unsubscribed hears nothing; who comes after the last one left does', async () => {
  const heard: string[] = [];
  const stop = await notifications.subscribe('three', (payload) => heard.push(`old ${payload}`));
  stop();
  stop();
  const stopNew = await notifications.subscribe('three', (payload) => heard.push(`new ${payload}`));
  await notify('three', '1');
  await until(() => heard.length > 0);
  expect(heard).toEqual(['new 1']);
  stopNew();
});

test('it listens again after the connection was cut', async () => {
  const heard: string[] = [];
  const stop = await notifications.subscribe('four', (payload) => heard.push(payload));
  const [cut] = await sessions();
  await client.query('select pg_terminate_backend($1)', [cut]);
  await until(async () => {
    await notify('four', 'again');
    return heard.includes('again');
  });
  expect(await sessions()).not.toContain(cut);
  stop();
});
