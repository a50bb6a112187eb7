/** work.ts <database url>: works the jobs below until it is stopped, killed or frozen. What they do is told in the table `effect`. */
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../src/kit/context.ts';
import { defineJob } from '../../src/kit/jobs.ts';
import { createQueueApp } from './queue-app.ts';

const input = z.object({ name: z.string() });

/** Written outside the step's own transaction, as a call to a panel would be. */
const tell = (ctx: Context, jobId: string, what: string) =>
  sql`insert into effect (job_id, what, pid) values (${jobId}, ${what}, ${process.pid})`.execute(ctx.db);

export const STEP_COUNT = 4;

export const fourStepsJob = defineJob({
  name: 'test.four-steps',
  input,
  attempts: 3,
  firstRetrySeconds: 60,
  timeoutSeconds: 60,
  async run(_, { ctx, step, jobId }) {
    for (let number = 1; number <= STEP_COUNT; number += 1) {
      await step(`step ${number}`, async () => {
        await tell(ctx, jobId, `begin ${number}`);
        await sleep(300);
        await tell(ctx, jobId, `end ${number}`);
      });
    }
    await tell(ctx, jobId, 'finished');
  },
});

/** Every attempt takes its worker with it. */
export const deadlyJob = defineJob({
  name: 'test.deadly',
  input,
  attempts: 2,
  firstRetrySeconds: 60,
  timeoutSeconds: 60,
  async run(_, { ctx, jobId }) {
    await tell(ctx, jobId, 'killed');
    process.kill(process.pid, 'SIGKILL');
  },
  async gaveUp({ name }, error, { ctx }) {
    await tell(ctx, name, `gave up: ${error.message}`);
  },
});

export const slowJob = defineJob({
  name: 'test.slow',
  input,
  attempts: 3,
  firstRetrySeconds: 60,
  timeoutSeconds: 60,
  async run(_, { ctx, step, jobId, attempt }) {
    await step('first', () => tell(ctx, jobId, `first by attempt ${attempt}`).then(() => {}));
    await step('second', async () => {
      await tell(ctx, jobId, `second by attempt ${attempt}`);
      await sleep(2_000);
      return attempt;
    });
    await tell(ctx, jobId, `finished by attempt ${attempt}`);
  },
});

export const scheduledJob = defineJob({
  name: 'test.scheduled',
  input,
  attempts: 3,
  firstRetrySeconds: 60,
  timeoutSeconds: 60,
  run: async ({ name }, { ctx, jobId }) => void (await tell(ctx, jobId, `scheduled ${name}`)),
});

if (import.meta.main) {
  const [connectionString = ''] = process.argv.slice(2);
  const { app, close } = await createQueueApp({ connectionString });
  await app.jobs.start(app, [fourStepsJob, deadlyJob, slowJob, scheduledJob]);
  console.log('works');
  process.once('SIGTERM', () => close().then(() => process.exit(0)));
}
