import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { createQueueApp, type QueueApp } from '../../test/jobs/queue-app.ts';
import { movableClock, systemClock } from './clock.ts';
import { defineJob, type Job } from './jobs.ts';
import { StepWaiting } from './steps.ts';

let database: TestDatabase;
let world: QueueApp;

beforeEach(async () => {
  database = await createTestDatabase();
  world = await createQueueApp(database.connection);
});
afterEach(async () => {
  await world.close();
  await database.close();
});

const input = z.object({ serviceId: z.string() });
const limits = { input, attempts: 3, firstRetrySeconds: 1, timeoutSeconds: 20 };
const queue = (job: Job<{ serviceId: string }>, serviceId = 'a', options = {}) =>
  world.ctx.transaction((tx) => world.app.jobs.enqueue(tx, job, { serviceId }, options));

describe('queueing', () => {
  test('a job runs soon after its transaction commits, in the trace of whoever queued it', async () => {
    const seen: unknown[] = [];
    const job = defineJob({
      ...limits,
      name: 'test.trace',
      run: async (payload, { ctx, attempt, jobId }) => {
        seen.push({ ...payload, actor: ctx.actor, correlationId: ctx.correlationId, attempt, jobId });
      },
    });
    await world.app.jobs.start(world.app, [job]);
    const id = await queue(job);
    const started = performance.now();
    await world.app.jobs.drained();
    expect(performance.now() - started).toBeLessThan(1_000);
    const trace = { actor: { kind: 'job', name: 'test.trace' }, correlationId: world.ctx.correlationId };
    expect(seen).toEqual([{ serviceId: 'a', ...trace, attempt: 1, jobId: id }]);
  });

  test('a rolled-back transaction leaves no job', async () => {
    const job = defineJob({ ...limits, name: 'test.rollback', run: async () => {} });
    const rolledBack = world.ctx.transaction(async (tx) => {
      await world.app.jobs.enqueue(tx, job, { serviceId: 'a' });
      throw new Error('changed my mind');
    });
    await expect(rolledBack).rejects.toThrow('changed my mind');
    expect(await world.app.jobs.counts()).toEqual({});
  });

  test('a payload that does not fit is refused where it is queued', async () => {
    const job = defineJob({ ...limits, name: 'test.misfit', run: async () => {} });
    const wrong = world.ctx.transaction((tx) => world.app.jobs.enqueue(tx, job, { serviceId: 1 } as never));
    await expect(wrong).rejects.toThrow('The input for job "test.misfit" does not fit its schema: serviceId');
  });

  test('a second job with the same key is the one that waits already, and it sees what was written since', async () => {
    const job = defineJob({ ...limits, name: 'test.singleton', run: async () => {} });
    const [first, second] = [
      await queue(job, 'a', { singletonKey: 'k' }),
      await queue(job, 'b', { singletonKey: 'k' }),
    ];
    expect(second).toBe(first);
    expect(await queue(job, 'a', { singletonKey: 'other' })).not.toBe(first);
    const both = await Promise.all([1, 2, 3, 4].map(() => queue(job, 'a', { singletonKey: 'race' })));
    expect(new Set(both).size).toBe(1);
  });
});

describe('running', () => {
  test('a failure is tried again, finished steps are not, and giving up is told once with the last error', async () => {
    const ran: string[] = [];
    const gaveUp: string[] = [];
    const job = defineJob({
      ...limits,
      name: 'test.retry',
      attempts: 2,
      async run(_, { step, attempt }) {
        const made = await step('make', async () => ({ attempt: ran.push('make') }));
        expect(made).toEqual({ attempt: 1 });
        await step('break', async () => {
          ran.push(`break ${attempt}`);
          throw new Error(`broken ${attempt}`);
        });
      },
      gaveUp: async ({ serviceId }, error) => {
        gaveUp.push(`${serviceId}: ${error.message}`);
      },
    });
    await world.app.jobs.start(world.app, [job]);
    await queue(job);
    await expect.poll(() => gaveUp, { timeout: 15_000 }).toEqual(['a: broken 2']);
    expect(ran).toEqual(['make', 'break 1', 'break 2']);
    expect((await world.app.jobs.counts())['test.retry']?.failed).toBe(1);
  });

  test('waiting spends no attempt', async () => {
    const attempts: number[] = [];
    const job = defineJob({
      ...limits,
      name: 'test.waiting',
      attempts: 1,
      async run(_, { step, attempt }) {
        attempts.push(attempt);
        await step('wait for a place', async () => {
          if (attempts.length < 3) throw new StepWaiting('The server is full.', 0);
        });
      },
    });
    await world.app.jobs.start(world.app, [job]);
    const id = await queue(job);
    await expect.poll(() => attempts, { timeout: 10_000 }).toEqual([1, 1, 1]);
    await world.app.jobs.drained();
    const step = await world.app.db
      .selectFrom('jobStep')
      .select(['state', 'attempts'])
      .where('runId', '=', id)
      .execute();
    expect(step).toEqual([{ state: 'done', attempts: 1 }]);
  });

  test('a job that takes too long is told to stop and counts as failed', async () => {
    const job = defineJob({
      ...limits,
      name: 'test.slow',
      attempts: 1,
      timeoutSeconds: 1,
      run: (_, { signal }) => sleep(60_000, undefined, { signal }),
    });
    await world.app.jobs.start(world.app, [job]);
    await queue(job);
    await world.app.jobs.drained();
    expect((await world.app.jobs.counts())['test.slow']?.failed).toBe(1);
  });

  test('a slow job holds up nobody, and no more run at once than the job allows', async () => {
    let running = 0;
    let most = 0;
    const job = defineJob({
      ...limits,
      name: 'test.concurrency',
      concurrency: 4,
      async run({ serviceId }) {
        running += 1;
        most = Math.max(most, running);
        await sleep(serviceId === 'slow' ? 1_500 : 5);
        running -= 1;
      },
    });
    await world.app.jobs.start(world.app, [job]);
    await queue(job, 'slow');
    await world.ctx.transaction(async (tx) => {
      for (let n = 0; n < 60; n += 1) await world.app.jobs.enqueue(tx, job, { serviceId: `${n}` });
    });
    await expect
      .poll(async () => (await world.app.jobs.counts())['test.concurrency']?.completed, { timeout: 1_400 })
      .toBe(60);
    expect(most).toBe(4);
  });

  test('a stop aborts what runs and queues it again without spending an attempt', async () => {
    const job = defineJob({
      ...limits,
      name: 'test.stop',
      attempts: 1,
      run: (_, { signal }) => sleep(60_000, undefined, { signal }),
    });
    await world.app.jobs.start(world.app, [job]);
    await queue(job);
    await expect.poll(async () => (await world.app.jobs.counts())['test.stop']?.active).toBe(1);
    await world.app.jobs.stop({ timeoutSeconds: 0 });
    const next = await createQueueApp(database.connection);
    expect((await next.app.jobs.counts())['test.stop']).toMatchObject({ retry: 1, due: 1, failed: 0 });
    await next.close();
  });

  test('work is picked up although every listening connection was cut', async () => {
    const ran: string[] = [];
    const job = defineJob({ ...limits, name: 'test.cut', run: async ({ serviceId }) => void ran.push(serviceId) });
    await world.app.jobs.start(world.app, [job]);
    const admin = new pg.Client(database.connection);
    await admin.connect();
    await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'hostwright jobs listener'`);
    await queue(job);
    await expect.poll(() => ran, { timeout: 3_000 }).toEqual(['a']);
    await admin.end();
  });

  test('a job goes on when the session that says its worker lives is cut', async () => {
    let ran = 0;
    const job = defineJob({
      ...limits,
      name: 'test.presence',
      async run() {
        await sleep(4_000);
        ran += 1;
      },
    });
    await world.app.jobs.start(world.app, [job]);
    await queue(job);
    await expect.poll(async () => (await world.app.jobs.counts())['test.presence']?.active).toBe(1);
    const admin = new pg.Client(database.connection);
    await admin.connect();
    await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'hostwright locks'`);
    await admin.end();
    await world.app.jobs.drained();
    expect(ran).toBe(1);
  });
});

test('a queue that follows a clock runs delayed work when the clock gets there, and none when it goes back', async () => {
  const clock = movableClock('2026-01-01');
  const dated = await createQueueApp(database.connection, { clock });
  const ran: string[] = [];
  const job = defineJob({ ...limits, name: 'test.dated', run: async ({ serviceId }) => void ran.push(serviceId) });
  await dated.app.jobs.start(dated.app, [job]);
  const later = (serviceId: string, days: number) =>
    dated.ctx.transaction((tx) => dated.app.jobs.enqueue(tx, job, { serviceId }, { startAfterSeconds: days * 86_400 }));
  await later('in 2 days', 2);
  await later('in 9 days', 9);
  await dated.app.jobs.drained();
  expect(ran).toEqual([]);
  clock.moveTo('2026-01-03');
  await dated.app.jobs.followClock();
  await dated.app.jobs.drained();
  expect(ran).toEqual(['in 2 days']);
  clock.moveTo('2025-12-01');
  await dated.app.jobs.followClock();
  await later('a day after going back', 1);
  await dated.app.jobs.drained();
  expect(ran).toEqual(['in 2 days']);
  clock.moveTo('2026-01-11');
  await dated.app.jobs.followClock();
  await dated.app.jobs.drained();
  expect(ran.sort()).toEqual(['a day after going back', 'in 2 days', 'in 9 days']);
  await dated.close();
});

test("with the machine's clock delayed work becomes due by itself", async () => {
  const live = await createQueueApp(database.connection, { clock: systemClock });
  const ran: string[] = [];
  const job = defineJob({ ...limits, name: 'test.live', run: async ({ serviceId }) => void ran.push(serviceId) });
  await live.app.jobs.start(live.app, [job]);
  await live.ctx.transaction((tx) => live.app.jobs.enqueue(tx, job, { serviceId: 'later' }, { startAfterSeconds: 1 }));
  await expect.poll(() => ran, { timeout: 10_000 }).toEqual(['later']);
  await live.close();
});
