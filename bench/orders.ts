/** Orders end to end: paid here, made by worker processes on simulated panels. */
import { sql } from 'kysely';
import { runningClock } from '../server/test/running-clock.ts';
import { startWorkerProcess } from '../server/test/worker-process.ts';
import { createWorld, type World } from '../server/test/world.ts';
import { percentile } from './percentile.ts';

export interface OrderFigures {
  ordersPerSecond: number;
  /** From the payment's commit to the start of the first call to a panel, one order at a time. */
  firstCallMsP50: number;
  firstCallMsP99: number;
  /** Most calls at once that any server saw, and the most it allows. */
  mostAtOnce: number;
  slots: number;
}

export async function measureOrders(options: {
  orders: number;
  single: number;
  workers: number;
  slots: number;
}): Promise<OrderFigures> {
  const startedAt = Date.now();
  const servers = [{ concurrency: options.slots }, { concurrency: options.slots }];
  const world = await createWorld({ clock: runningClock(startedAt, 1), works: false, servers });
  const workers = await Promise.all(
    Array.from({ length: options.workers }, () => startWorkerProcess(world, { startedAt, speed: 1 })),
  );
  try {
    const waits: number[] = [];
    for (let number = 0; number < options.single; number += 1) {
      const placed = await world.order(await world.customer(), { domain: `single-${number}.test` });
      const paidAt = await paidAtOf(world, placed.invoiceId);
      await untilActive(world, number + 1);
      waits.push((await firstCallAt(world, placed.serviceId)) - paidAt);
    }
    const customers = await Promise.all(Array.from({ length: 10 }, () => world.customer()));
    const from = performance.now();
    for (let number = 0; number < options.orders; number += 20) {
      const batch = Array.from({ length: Math.min(20, options.orders - number) }, (_, index) => number + index);
      await Promise.all(
        batch.map((each) =>
          world.order(customers[each % 10] as (typeof customers)[0], { domain: `many-${each}.test` }),
        ),
      );
    }
    await untilActive(world, options.single + options.orders);
    const seconds = (performance.now() - from) / 1000;
    return {
      ordersPerSecond: options.orders / seconds,
      firstCallMsP50: percentile(waits, 0.5),
      firstCallMsP99: percentile(waits, 0.99),
      mostAtOnce: await mostAtOnce(world),
      slots: options.slots,
    };
  } finally {
    await Promise.all(workers.map((worker) => worker.kill()));
    await world.close();
  }
}

async function paidAtOf(world: World, invoiceId: string): Promise<number> {
  const { paidAt } = await world.app.db
    .selectFrom('invoice')
    .select('paidAt')
    .where('id', '=', invoiceId)
    .executeTakeFirstOrThrow();
  return paidAt?.getTime() ?? Number.NaN;
}

export async function firstCallAt(world: World, serviceId: string): Promise<number> {
  const call = await world.app.db
    .selectFrom('provisioningLog')
    .select(['createdAt', 'durationMs'])
    .where('serviceId', '=', serviceId)
    .orderBy('id')
    .executeTakeFirstOrThrow();
  return call.createdAt.getTime() - call.durationMs;
}

export async function untilActive(world: World, count: number): Promise<void> {
  for (;;) {
    const { active } = await world.app.db
      .selectFrom('service')
      .select(({ fn }) => fn.countAll<bigint>().as('active'))
      .where('state', '=', 'active')
      .where('domain', 'not like', 'waiting-%')
      .executeTakeFirstOrThrow();
    if (Number(active) >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** From the panel log: how many calls of one server overlapped. */
async function mostAtOnce(world: World): Promise<number> {
  const { rows } = await sql<{ most: string }>`
    with edges as (
      select server_id, created_at - make_interval(secs => duration_ms / 1000.0) + interval '1 ms' as at, 1 as change from provisioning_log
      union all
      select server_id, created_at, -1 from provisioning_log)
    select max(running) as most from (
      select sum(change) over (partition by server_id order by at, change) as running from edges) counted`.execute(
    world.app.db,
  );
  return Number(rows[0]?.most ?? 0);
}
