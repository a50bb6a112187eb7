/** The job engine alone: how fast queued work is picked up, and how many empty jobs one process drains per second. */
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { defineJob } from '../server/src/kit/jobs.ts';
import { createTestDatabase } from '../server/test/database.ts';
import { createQueueApp } from '../server/test/jobs/queue-app.ts';
import { percentile } from './percentile.ts';

const PICK_UPS = 200;

export async function measureEngine(
  jobs: number,
): Promise<{ pickUpMsP50: number; pickUpMsP99: number; drainedPerSecond: number }> {
  const database = await createTestDatabase();
  const { app, ctx, close } = await createQueueApp(database.connection);
  const beganAt = new Map<number, number>();
  const emptyJob = defineJob({
    name: 'bench.empty',
    input: z.object({ number: z.int() }),
    attempts: 1,
    firstRetrySeconds: 1,
    timeoutSeconds: 60,
    run: async ({ number }) => void beganAt.set(number, performance.now()),
  });
  await app.jobs.start(app, [emptyJob]);
  const waits: number[] = [];
  for (let number = 0; number < PICK_UPS; number += 1) {
    await ctx.transaction((tx) => app.jobs.enqueue(tx, emptyJob, { number }));
    const committedAt = performance.now();
    while (!beganAt.has(number)) await setImmediate();
    waits.push((beganAt.get(number) ?? committedAt) - committedAt);
  }
  await ctx.transaction(async (tx) => {
    for (let number = 0; number < jobs; number += 1) await app.jobs.enqueue(tx, emptyJob, { number });
  });
  const drainingFrom = performance.now();
  await app.jobs.drained({ timeoutSeconds: 600 });
  const seconds = (performance.now() - drainingFrom) / 1000;
  await close();
  await database.close();
  return {
    pickUpMsP50: percentile(waits, 0.5),
    pickUpMsP99: percentile(waits, 0.99),
    drainedPerSecond: jobs / seconds,
  };
}
