/** Many at once: nothing is lost, doubled or oversold. */
import { afterEach, expect, test } from 'vitest';
import { createAccount } from '../src/hosting/create-account.ts';
import { dispatch } from '../src/operations/dispatch.ts';
import { queueRun } from '../src/operations/run.job.ts';
import { runOperation } from '../src/operations/run-operation.ts';
import { createWorld, type World } from './world.ts';

let world: World;
afterEach(() => world.close());

test('100 orders on a group with room for 37: 37 accounts, the others wait visibly, and come when there is room', async () => {
  world = await createWorld({
    servers: [
      { maxAccounts: 20, concurrency: 4 },
      { maxAccounts: 17, concurrency: 4 },
    ],
  });
  const customers = await Promise.all(Array.from({ length: 10 }, () => world.customer()));
  const placed = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      world.order(customers[index % 10] as (typeof customers)[0], { domain: `crowd-${index}.test` }),
    ),
  );
  expect(placed.every(({ payment }) => payment?.outcome === 'paid')).toBe(true);
  await world.drain();
  expect(world.panels.map((panel) => panel.accounts().length)).toEqual([20, 17]);
  const states = await world.app.db.selectFrom('operation').select(['state', 'waitReason']).execute();
  expect(states.filter(({ state }) => state === 'done')).toHaveLength(37);
  expect(
    states.filter(
      ({ state, waitReason }) => state === 'waiting' && (waitReason === 'no_capacity' || waitReason === 'queued'),
    ),
  ).toHaveLength(63);
  // Who finds no slot waits for one that is free, instead of asking again and again.
  const tries = await world.app.db.selectFrom('operation').select('fence').where('state', '=', 'done').execute();
  expect(tries.filter(({ fence }) => fence > 4n)).toEqual([]);
  const [alert, ...more] = await world.app.db
    .selectFrom('alert')
    .select('kind')
    .where('resolvedAt', 'is', null)
    .execute();
  expect([alert?.kind, more.length]).toEqual(['no_capacity', 0]);

  await world.app.db.updateTable('server').set({ maxAccounts: 60 }).execute();
  await world.travel({ minutes: 2 });
  await world.travel({ minutes: 2 });
  expect(world.panels.flatMap((panel) => panel.accounts())).toHaveLength(100);
  expect(new Set(world.panels.flatMap((panel) => panel.accounts()).map(({ domain }) => domain)).size).toBe(100);
  expect(await world.app.db.selectFrom('alert').select('kind').where('resolvedAt', 'is', null).execute()).toEqual([]);
});

test('two workers, two clicks and two payment notices at once make one account', async () => {
  world = await createWorld({ works: false });
  const customer = await world.customer();
  const placed = await world.order(customer, { gateway: 'manual' });
  await Promise.all([
    world.pays(placed.invoiceId, 500n, 'notice 1'),
    world.pays(placed.invoiceId, 500n, 'notice 1'),
    createAccount(world.ctx, { serviceId: placed.serviceId }),
    createAccount(world.ctx, { serviceId: placed.serviceId }),
  ]);
  const operations = await world.operations(placed.serviceId);
  expect(operations).toHaveLength(1);
  const never = new AbortController().signal;
  const id = operations[0]?.id ?? '';
  await dispatch(world.app, queueRun);
  await Promise.all([
    runOperation(world.app, id, never),
    runOperation(world.app, id, never),
    runOperation(world.app, id, never),
  ]);
  expect(world.panel.journal().filter(({ call }) => call === 'createacct')).toHaveLength(1);
  expect((await world.service(placed.serviceId)).state).toBe('active');
  expect(await world.credit(customer.customerId)).toBe(0n);
});

test('two different payments of one invoice make one account, and the second becomes credit', async () => {
  world = await createWorld();
  const customer = await world.customer();
  const placed = await world.order(customer, { gateway: 'manual' });
  await Promise.all([
    world.pays(placed.invoiceId, 500n, 'transfer A'),
    world.pays(placed.invoiceId, 500n, 'transfer B'),
  ]);
  await world.drain();
  expect(world.panel.accounts()).toHaveLength(1);
  expect(await world.credit(customer.customerId)).toBe(500n);
});
