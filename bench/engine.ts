/**
 * engine.ts [jobs]: how fast queued work is picked up, and how many empty jobs one process queues and drains per second.
 * Needs TEST_DATABASE_URL; works in a database of its own, which it drops.
 */
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { defineJob } from '../server/src/kit/jobs.ts';
import { createTestDatabase } from '../server/test/database.ts';
import { createQueueApp } from '../server/test/jobs/queue-app.ts';

const PICK_UPS = 200;
const jobCount = Number(process.argv[2] ?? 3_000);

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
waits.sort((a, b) => a - b);

const queueingFrom = performance.now();
await ctx.transaction(async (tx) => {
  for (let number = 0; number < jobCount; number += 1) await app.jobs.enqueue(tx, emptyJob, { number });
});
const drainingFrom = performance.now();
await app.jobs.drained({ timeoutSeconds: 600 });
const drainedAt = performance.now();

const perSecond = (ms: number) => Math.round((jobCount / ms) * 1000);
console.log({
  pickUpMsP50: waits[Math.floor(PICK_UPS * 0.5)],
  pickUpMsP99: waits[Math.floor(PICK_UPS * 0.99)],
  queuedPerSecond: perSecond(drainingFrom - queueingFrom),
  drainedPerSecond: perSecond(drainedAt - drainingFrom),
});
await close();
await database.close();
