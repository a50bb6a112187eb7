import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '@hostwright/sdk/testing';
import { seededRandom } from '@hostwright/sdk/testing/random';
import { retryOperation } from '../../src/operations/retry-operation.ts';
import { runningClock } from '../running-clock.ts';
import { startWorkerProcess, type WorkerProcess } from '../worker-process.ts';
import { createWorld, type World } from '../world.ts';
import { findLosses } from './losses.ts';

const SPEED = 60;
const SETTLES_WITHIN_SECONDS = 300;

/** What the panels do wrong while workers die: about every fifth create and every tenth other call fails somehow. */
const FAULTS: Fault[] = [
  { on: 'create', kind: 'reset_after', probability: 0.06 },
  { on: 'create', kind: 'error_after', probability: 0.04 },
  { on: 'create', kind: 'cut', probability: 0.03 },
  { on: 'create', kind: 'reset_before', probability: 0.03 },
  { on: 'create', kind: 'html', probability: 0.02 },
  { on: 'create', kind: 'slow', probability: 0.2, delayMs: 400 },
  { on: 'find', kind: 'error_before', probability: 0.03 },
  { on: 'find', kind: 'reset_before', probability: 0.03 },
  { on: 'find', kind: 'slow', probability: 0.2, delayMs: 150 },
  { on: 'configureDns', kind: 'reset_after', probability: 0.05 },
  { on: 'createMailbox', kind: 'reset_after', probability: 0.05 },
  { on: 'createDatabase', kind: 'error_before', probability: 0.05 },
];

export interface CrashOptions {
  kills: number;
  orders: number;
  seed: number;
  workers: number;
}

/**
 * @returns how many things were lost, doubled or forgotten; 0 is a pass
 */
export async function runCrashTest(options: CrashOptions): Promise<number> {
  const random = seededRandom(options.seed);
  const startedAt = Date.now();
  const world = await createWorld({
    clock: runningClock(startedAt, SPEED),
    works: false,
    servers: [{ concurrency: 3 }, { concurrency: 3 }],
  });
  const workers: WorkerProcess[] = [];
  const start = () => startWorkerProcess(world, { startedAt, speed: SPEED });
  try {
    for (const panel of world.panels) for (const fault of FAULTS) panel.addFault(fault);
    workers.push(...(await Promise.all(Array.from({ length: options.workers }, start))));
    let orders = 0;
    for (let kills = 0; kills < options.kills; kills++) {
      // Orders come in step with the kills, so that there is always work to interrupt.
      for (; orders < Math.ceil(((kills + 1) * options.orders) / options.kills); orders++)
        await placeOne(world, orders);
      await sleep(20 + random() * 480);
      const index = Math.floor(random() * workers.length);
      await workers[index]?.kill();
      workers[index] = await start();
      if ((kills + 1) % 20 === 0) console.log(`${kills + 1} kills, ${orders} orders`);
    }
    for (const panel of world.panels) panel.clearFaults();
    const helped = await settle(world);
    const { losses, counts } = await findLosses(world);
    console.log(
      `seed ${options.seed}: ${options.kills} kills, ${orders} paid orders, ${((Date.now() - startedAt) / 1000).toFixed(0)} s`,
    );
    for (const [name, count] of Object.entries({ ...counts, 'operations staff had to retry': helped }))
      console.log(`  ${name}: ${count}`);
    for (const loss of losses) console.log(`LOST ${loss}`);
    console.log(losses.length === 0 ? 'Nothing was lost, doubled or forgotten.' : `${losses.length} losses.`);
    return losses.length;
  } finally {
    await Promise.all(workers.map((worker) => worker.kill()));
    await world.close();
  }
}

async function placeOne(world: World, number: number): Promise<void> {
  const customer = await world.customer();
  const { payment } = await world.order(customer, { domain: `crash-${number}.test` });
  if (payment?.outcome !== 'paid') throw new Error(`Order ${number} was not paid: ${payment?.outcome}`);
}

/** Let the workers finish in peace; what ran out of tries is retried, as staff would. @returns how many that were */
async function settle(world: World): Promise<number> {
  let helped = 0;
  const deadline = Date.now() + SETTLES_WITHIN_SECONDS * 1000;
  while (Date.now() < deadline) {
    const open = await world.app.db
      .selectFrom('operation')
      .select(['id', 'state'])
      .where('state', 'not in', ['done', 'failed'])
      .execute();
    const mails = await world.app.db.selectFrom('mail').select('id').where('state', '=', 'queued').execute();
    if (open.length === 0 && mails.length === 0) return helped;
    for (const { id, state } of open) {
      if (state !== 'needs_staff') continue;
      await retryOperation(world.ctx, { operationId: id });
      helped += 1;
    }
    await sleep(250);
  }
  return helped;
}
