import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { startProcess, type TestProcess } from '../../../test/jobs/process.ts';
import { createQueueApp, type QueueApp } from '../../../test/jobs/queue-app.ts';
import { deadlyJob, fourStepsJob, STEP_COUNT, scheduledJob, slowJob } from '../../../test/jobs/work.ts';
import type { Job } from '../jobs.ts';

let database: TestDatabase;
let pool: pg.Pool;
let queue: QueueApp; // works nothing: it only queues
let processes: TestProcess[];

beforeEach(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool(database.connection);
  await pool.query(`create table effect (number bigint generated always as identity, job_id uuid, what text, pid int)`);
  queue = await createQueueApp(database.connection);
  processes = [];
});
afterEach(async () => {
  for (const { kill } of processes) kill('SIGKILL');
  await Promise.all(processes.map(({ ended }) => ended));
  await queue.close();
  await pool.end();
  await database.close();
});

const worker = () => {
  const started = startProcess('work.ts', [database.url]);
  processes.push(started);
  return started;
};
const enqueue = (job: Job<{ name: string }>, name: string = uuidv7()) =>
  queue.ctx.transaction((tx) => queue.app.jobs.enqueue(tx, job, { name }));
const effects = async (jobId?: string) => {
  const { rows } = await pool.query<{ what: string; pid: number }>(
    'select what, pid from effect where $1::uuid is null or job_id = $1 order by number',
    [jobId ?? null],
  );
  return rows;
};
const told = async (jobId?: string) => (await effects(jobId)).map(({ what }) => what);
const soon = { timeout: 60_000, interval: 10 };

test('killed in any step, the job goes on in that step by itself, and finished steps stay as they are', async () => {
  worker();
  for (let number = 1; number <= STEP_COUNT; number += 1) {
    const jobId = await enqueue(fourStepsJob);
    await expect.poll(() => told(jobId), soon).toContain(`begin ${number}`);
    const pid = (await effects(jobId)).at(-1)?.pid;
    processes.find((candidate) => candidate.pid === pid)?.kill('SIGKILL');
    worker();
    await expect.poll(() => told(jobId), soon).toContain('finished');
    const all = await told(jobId);
    for (let other = 1; other <= STEP_COUNT; other += 1) {
      expect(all.filter((what) => what === `begin ${other}`)).toHaveLength(other === number ? 2 : 1);
    }
    expect(all.filter((what) => what === 'finished')).toHaveLength(1);
  }
});

test('a job that kills its worker on every attempt comes to an end, and giving up is told once', async () => {
  const subject = uuidv7();
  const jobId = await enqueue(deadlyJob, subject);
  const first = worker();
  await first.ended;
  const second = worker();
  await second.ended;
  worker();
  await expect.poll(() => told(subject), soon).toEqual(['gave up: Its worker died.']);
  await queue.app.jobs.drained();
  expect(await told(jobId)).toEqual(['killed', 'killed']);
  expect(await told(subject)).toHaveLength(1);
});

test('a worker frozen past its heartbeat is succeeded, and what it still writes after the thaw is refused', async () => {
  const frozen = worker();
  const jobId = await enqueue(slowJob);
  await expect.poll(() => told(jobId), soon).toContain('second by attempt 1');
  frozen.kill('SIGSTOP');
  worker();
  await expect.poll(() => told(jobId), { ...soon, timeout: 25_000 }).toContain('finished by attempt 2');
  frozen.kill('SIGCONT');
  await sleep(2_500);
  expect(await told(jobId)).toEqual([
    'first by attempt 1',
    'second by attempt 1',
    'second by attempt 2',
    'finished by attempt 2',
  ]);
  const steps = await pool.query('select name, state, attempts, result from job_step where run_id = $1 order by 1', [
    jobId,
  ]);
  expect(steps.rows).toEqual([
    { name: 'first', state: 'done', attempts: 1, result: null },
    { name: 'second', state: 'done', attempts: 2, result: 2 },
  ]);
  expect((await queue.app.jobs.counts())['test.slow']).toMatchObject({ completed: 1, retry: 0, active: 0 });
});

test('three processes that start at once fire a schedule once', async () => {
  await queue.app.jobs.schedule(scheduledJob, { cron: '* * * * *', timeZone: 'Europe/Warsaw', input: { name: 'x' } });
  await queue.app.jobs.stop(); // it would go by the old time
  // The database's time is moved on to a quarter past a minute: that minute is due, and the next one is far.
  await pool.query(`create or replace function pgboss.job_now() returns timestamptz language sql stable as $$
    select now() + interval '${75 - new Date().getSeconds()} seconds' $$`);
  for (let number = 0; number < 3; number += 1) worker();
  await expect.poll(() => told(), { ...soon, timeout: 25_000 }).toEqual(['scheduled x']);
  await sleep(6_000);
  expect(await told()).toEqual(['scheduled x']);
});
