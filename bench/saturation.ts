/** Whether thousands of operations that wait for one slow server stand in the way of the others. */
import { sql } from 'kysely';
import { startSimulator } from '../modules/cpanel/simulator.ts';
import { createServer } from '../server/src/provisioning/create-server.ts';
import { createServerGroup } from '../server/src/provisioning/write-server-group.ts';
import { runningClock } from '../server/test/running-clock.ts';
import { startWorkerProcess } from '../server/test/worker-process.ts';
import { createWorld, type World } from '../server/test/world.ts';
import { firstCallAt, untilActive } from './orders.ts';
import { percentile } from './percentile.ts';

export interface SaturationFigures {
  waiting: number;
  /** From payment to first call on another server, with nothing waiting and with everything waiting. */
  freeMsP50: number;
  saturatedMsP50: number;
}

export async function measureSaturation(options: {
  waiting: number;
  orders: number;
  workers: number;
}): Promise<SaturationFigures> {
  const startedAt = Date.now();
  const world = await createWorld({ clock: runningClock(startedAt, 1), works: false });
  const slow = await startSimulator({ seed: 99, packages: ['starter'] });
  slow.addFault({ on: 'any', kind: 'slow', delayMs: 2_000 });
  const workers = await Promise.all(
    Array.from({ length: options.workers }, () => startWorkerProcess(world, { startedAt, speed: 1 })),
  );
  try {
    const freeMsP50 = await measure(world, 'free', options.orders, 0);
    await fill(world, slow, options.waiting);
    const saturatedMsP50 = await measure(world, 'saturated', options.orders, options.orders);
    return { waiting: options.waiting, freeMsP50, saturatedMsP50 };
  } finally {
    await Promise.all(workers.map((worker) => worker.kill()));
    await slow.close();
    await world.close();
  }
}

async function measure(world: World, name: string, orders: number, before: number): Promise<number> {
  const waits: number[] = [];
  const customer = await world.customer();
  for (let number = 0; number < orders; number += 1) {
    const placed = await world.order(customer, { domain: `${name}-${number}.test` });
    const paid = await world.app.db
      .selectFrom('invoice')
      .select('paidAt')
      .where('id', '=', placed.invoiceId)
      .executeTakeFirstOrThrow();
    await untilActive(world, before + number + 1);
    waits.push((await firstCallAt(world, placed.serviceId)) - (paid.paidAt?.getTime() ?? Number.NaN));
  }
  return percentile(waits, 0.5);
}

/** Services on a slow server of their own, each with a suspension that waits for its turn. */
async function fill(world: World, slow: Awaited<ReturnType<typeof startSimulator>>, count: number): Promise<void> {
  const { serverGroupId } = await createServerGroup(world.ctx, { name: 'Slow', strategy: 'least_loaded' });
  const { serverId } = await createServer(world.ctx, {
    serverGroupId,
    name: 'slow',
    moduleId: 'cpanel',
    hostname: slow.hostname,
    port: slow.port,
    tlsMode: 'pin',
    tlsFingerprint: slow.fingerprint256,
    settings: slow.credentials,
    maxAccounts: null,
    weight: 1,
    concurrency: 2,
    nameservers: [],
    maintenance: false,
    position: 0,
  });
  const { orderId, customerId } = await world.app.db
    .selectFrom('service')
    .select(['orderId', 'customerId'])
    .executeTakeFirstOrThrow();
  const now = world.clock.now();
  await sql`
    insert into service (id, customer_id, order_id, product_id, state, domain, server_id, username, cycle, currency, recurring_minor, created_at, updated_at)
    select gen_random_uuid(), ${customerId}, ${orderId}, ${world.products.starter}, 'active', 'waiting-' || n || '.test', ${serverId}, 'w' || n, 'monthly', 'USD', 500, ${now}, ${now}
    from generate_series(1, ${count}::int) n`.execute(world.app.db);
  await sql`
    insert into operation (id, service_id, action, state, idempotency_key, parameters, server_id, server_group_id, max_attempts, next_try_at, wait_reason, actor, correlation_id, created_at)
    select gen_random_uuid(), id, 'suspend', 'waiting', 'bench:' || id, '{"cause":"staff","reason":"bench"}', ${serverId}, ${serverGroupId}, 5, ${now}, 'queued', '{"kind":"system","name":"bench"}', gen_random_uuid(), ${now}
    from service where server_id = ${serverId}`.execute(world.app.db);
}
