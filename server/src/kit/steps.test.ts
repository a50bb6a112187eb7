import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { movableClock } from './clock.ts';
import { type OpenDatabase, openDb } from './db.ts';
import { createSteps, RUN_CHANNEL, StepWaiting } from './steps.ts';

let database: TestDatabase;
let open: OpenDatabase;
let runId: string;
const clock = movableClock('2026-01-01');

beforeAll(async () => {
  database = await createTestDatabase();
  open = openDb(database.connection);
});
afterAll(async () => {
  await open.close();
  await database.close();
});
beforeEach(() => {
  runId = uuidv7();
});

const steps = () => createSteps({ db: open.db, clock }, runId);
const stored = () =>
  open.db
    .selectFrom('jobStep')
    .select(['name', 'state', 'attempts', 'result', 'note'])
    .where('runId', '=', runId)
    .orderBy('position')
    .execute();

test('a finished step gives its result again and never runs again', async () => {
  const ran: number[] = [];
  const run = async () => ({ at: clock.now(), count: ran.push(1) });
  const first = await steps().step('count', run);
  const again = await steps().step('count', run);
  expect(first).toEqual({ at: '2026-01-01T00:00:00.000Z', count: 1 });
  expect(again).toEqual(first);
  expect(ran).toEqual([1]);
  expect(await steps().step('nothing', async () => {})).toBeUndefined();
  expect(await steps().step('nothing', async () => {})).toBeUndefined();
  expect(await steps().step('null', async () => null)).toBeNull();
  expect(await steps().step('null', async () => 1 as unknown)).toBeNull();
});

test('a failed step is stored with its reason and runs again', async () => {
  const failing = steps().step('call the panel', async () => {
    throw new Error('The panel said no.');
  });
  await expect(failing).rejects.toThrow('The panel said no.');
  expect(await stored()).toMatchObject([{ state: 'failed', attempts: 1, note: 'The panel said no.' }]);
  expect(await steps().step('call the panel', async () => 'yes')).toBe('yes');
  expect(await stored()).toMatchObject([{ state: 'done', attempts: 2, note: null, result: 'yes' }]);
});

test('a waiting step spends no attempt and says what it waits for', async () => {
  const waiting = steps().step('place', async () => {
    throw new StepWaiting('The server is full.', 30);
  });
  await expect(waiting).rejects.toMatchObject({ retryAfterSeconds: 30 });
  expect(await stored()).toMatchObject([{ state: 'waiting', attempts: 0, note: 'The server is full.' }]);
});

test('steps keep the order in which they came first, and a skipped one says why', async () => {
  const { step, skipStep } = steps();
  await step('create', async () => {});
  await skipStep('dns', 'The module has no DNS.');
  await step('activate', async () => {});
  expect((await stored()).map(({ name, state }) => [name, state])).toEqual([
    ['create', 'done'],
    ['dns', 'skipped'],
    ['activate', 'done'],
  ]);
  await expect(step('create', async () => {})).rejects.toThrow('Step "create" is used twice in one run');
});

test('a result that is not JSON fails the step and names it', async () => {
  const failing = steps().step('count', async () => 1n);
  await expect(failing).rejects.toThrow('Step "count" gave back something that is not JSON');
});

test('a guard that refuses leaves everything as it was', async () => {
  await steps().step('before', async () => 1);
  let lost = false;
  const guarded = createSteps({ db: open.db, clock }, runId, {
    guard: async () => {
      if (lost) throw new Error('Another worker has it.');
    },
  });
  const late = guarded.step('late', async () => {
    lost = true;
  });
  await expect(late).rejects.toThrow('Another worker has it.');
  expect(await stored()).toMatchObject([{ name: 'before' }, { name: 'late', state: 'running' }]);
});

test('every change is notified with the run', async () => {
  const listener = new pg.Client(database.connection);
  await listener.connect();
  await listener.query(`listen ${RUN_CHANNEL}`);
  const heard: unknown[] = [];
  listener.on('notification', ({ payload }) => heard.push(payload));
  await steps().step('one', async () => {});
  await expect.poll(() => heard).toEqual([runId, runId]);
  await steps().step('one', async () => {});
  await steps().skipStep('two', 'Not needed.');
  await expect.poll(() => heard).toEqual([runId, runId, runId]);
  await listener.end();
});
