/** Renewals charged to a card while the customer is away: a Stripe of our own over real HTTP, and the nights of a shop. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { visitCheckout } from '../../gateways/stripe/simulator/customer.ts';
import { type StripeSimulator, startStripeSimulator } from '../../gateways/stripe/simulator.ts';
import { runNights } from '../src/automation/run-nights.ts';
import { saveMethod } from '../src/payments/save-method.ts';
import { syncSavedMethods } from '../src/payments/sync-saved-methods.ts';
import { writeGateway } from '../src/payments/write-gateway.ts';
import { createWorld, type World } from './world.ts';

const PAYS = '4242424242424242';
const ATTACHES_AND_DECLINES = '4000000000000341';

let stripe: StripeSimulator;
let world: World;
let bought: Awaited<ReturnType<World['buys']>>;

beforeEach(async () => {
  stripe = await startStripeSimulator();
  world = await createWorld({ now: '2026-01-15T09:00:00Z' });
  const settings = { secretKey: stripe.secretKey, webhookSecret: 'whsec_unused', apiUrl: stripe.url };
  await writeGateway(world.ctx, { gatewayId: 'stripe', enabled: true, position: 2, settings });
  bought = await world.buys(); // due on 15 February
});
afterEach(async () => {
  await world.close();
  await stripe.close();
});

async function saveCard(number: string): Promise<void> {
  const kept = { customerId: bought.customer.customerId, gatewayId: 'stripe' };
  const { url } = await saveMethod(bought.customer.ctx, kept);
  await visitCheckout(url, { number });
  await syncSavedMethods(world.ctx, { ...kept, signal: AbortSignal.timeout(10_000) });
}

async function until(day: string): Promise<void> {
  while (world.clock.now().toISOString().slice(0, 10) < day) {
    await world.travel({ days: 1 });
    await runNights(world.ctx);
    await world.drain();
  }
}

const renewal = () =>
  world.app.db
    .selectFrom('invoice')
    .select(['id', 'state'])
    .where('customerId', '=', bought.customer.customerId)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();

const charges = async () =>
  world.app.db
    .selectFrom('payment')
    .select(['state', 'amountMinor'])
    .where('gatewayId', '=', 'stripe')
    .orderBy('id')
    .execute();

test('a saved card pays the renewal on its due day, once, and the service goes on', async () => {
  await saveCard(PAYS);
  await until('2026-02-14');
  expect((await renewal()).state).toBe('unpaid');
  await until('2026-02-15');
  expect((await renewal()).state).toBe('paid');
  expect((await world.service(bought.serviceId)).nextDueOn).toBe('2026-03-15');
  await until('2026-02-17');
  expect(await charges()).toEqual([{ state: 'settled', amountMinor: 500n }]);
});

test('a declined card is tried again on the days of the ladder, and then the service is suspended', async () => {
  await saveCard(ATTACHES_AND_DECLINES);
  await until('2026-02-24');
  expect((await charges()).map(({ state }) => state)).toEqual(['declined', 'declined', 'declined']);
  expect((await world.service(bought.serviceId)).state).toBe('active');
  await until('2026-02-25');
  expect((await world.service(bought.serviceId)).state).toBe('suspended');

  await saveCard(PAYS);
  await world.pays((await renewal()).id);
  await world.drain();
  expect((await world.service(bought.serviceId)).state).toBe('active');
});

test('after missed nights the card is charged before anybody is suspended', async () => {
  await saveCard(PAYS);
  await until('2026-02-10');
  await world.travel({ days: 20 });
  await runNights(world.ctx);
  await world.drain();
  expect((await renewal()).state).toBe('paid');
  expect((await world.operations(bought.serviceId)).map(({ action }) => action)).toEqual(['create']);
});

test('what was ordered and not paid is never charged to a card kept for renewals', async () => {
  await saveCard(PAYS);
  await world.order(bought.customer, { gateway: 'manual' });
  await until('2026-01-30');
  expect(await charges()).toEqual([]);
});
