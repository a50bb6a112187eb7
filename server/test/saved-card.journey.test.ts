/** What a saved card is charged for, renewals while the customer is away first of all: a Stripe of our own over real HTTP, and the nights of a shop. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { visitBank, visitCheckout } from '../../gateways/stripe/simulator/customer.ts';
import { type StripeSimulator, startStripeSimulator } from '../../gateways/stripe/simulator.ts';
import { runNights } from '../src/automation/run-nights.ts';
import { type OrderInput, placeOrder } from '../src/orders/place-order.ts';
import { listSavedMethods } from '../src/payments/list-saved-methods.ts';
import { returnFromGateway } from '../src/payments/return-from-gateway.ts';
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

describe('mails about a renewal', () => {
  /** What they say of the money, oldest first. */
  const said = (pattern: RegExp) =>
    world.mailbox
      .messages()
      .filter(({ to }) => to.includes(bought.customer.email))
      .flatMap(({ text }) => pattern.exec(text)?.[0] ?? []);

  test('say to which card it is charged and when, and then it is', async () => {
    await saveCard(PAYS);
    await until('2026-02-14');
    expect(said(/We will charge .*2026/)).toEqual([
      'We will charge $5.00 to Visa •••• 4242 on February 15, 2026',
      'We will charge $5.00 to Visa •••• 4242 on February 15, 2026',
    ]);
    expect(await charges()).toEqual([]);
    await until('2026-02-15');
    expect(await charges()).toMatchObject([{ state: 'settled' }]);
  });

  test('say when a card that was declined is tried again, until it is not any more', async () => {
    await saveCard(ATTACHES_AND_DECLINES);
    await until('2026-02-24');
    expect(said(/We will try .*2026/)).toEqual([
      'We will try Visa •••• 0341 once more on February 18, 2026',
      'We will try Visa •••• 0341 once more on February 21, 2026',
    ]);
  });

  test('ask for the money when there is no card, or its provider is switched off', async () => {
    await until('2026-02-11');
    expect(said(/Please pay .* by/)).toHaveLength(1);
    await saveCard(PAYS);
    const settings = { secretKey: '', webhookSecret: '', apiUrl: stripe.url };
    await writeGateway(world.ctx, { gatewayId: 'stripe', enabled: false, position: 2, settings });
    await until('2026-02-17');
    expect(said(/We will/)).toEqual([]);
  });
});

describe('ordered with a saved card', () => {
  const orderWith = async (savedMethodId: string, input: Partial<OrderInput> = {}) =>
    placeOrder(bought.customer.ctx, {
      customerId: bought.customer.customerId,
      items: [{ productId: world.products.starter, cycle: 'monthly', domain: 'again.test', options: {}, answers: {} }],
      savedMethodId,
      payment: {},
      useCredit: true,
      ...input,
    });
  const savedId = async () =>
    (await listSavedMethods(world.ctx, bought.customer)).items[0]?.id ?? expect.fail('Nothing was saved.');
  const serviceOf = ({ orderId }: { orderId: string }) =>
    world.app.db.selectFrom('service').select('state').where('orderId', '=', orderId).executeTakeFirstOrThrow();

  test('hosting is paid at once and set up', async () => {
    await saveCard(PAYS);
    const placed = await orderWith(await savedId());
    expect(placed.payment).toEqual({ outcome: 'paid', message: '' });
    await world.drain();
    expect(await serviceOf(placed)).toEqual({ state: 'active' });
    expect(await charges()).toEqual([{ state: 'settled', amountMinor: 500n }]);
  });

  test('a bank that asks is answered on the way to the order', async () => {
    await saveCard('4000002760003184');
    const placed = await orderWith(await savedId());
    expect(placed.payment).toMatchObject({ outcome: 'redirect', url: expect.stringContaining('/3d-secure/') });
    const { returnedTo } = await visitBank(placed.payment?.url ?? '');
    const paymentId = new URL(returnedTo ?? '').searchParams.get('payment') ?? '';
    const back = await returnFromGateway(world.ctx, { gatewayId: 'stripe', paymentId });
    expect(new URL(back).pathname).toBe(`/orders/${placed.orderId}`);
    await world.drain();
    expect(await serviceOf(placed)).toEqual({ state: 'active' });
  });

  test('a decline leaves the order to be paid', async () => {
    await saveCard(ATTACHES_AND_DECLINES);
    const placed = await orderWith(await savedId());
    expect(placed.payment).toMatchObject({ outcome: 'declined', message: expect.stringContaining('declined') });
    expect(await serviceOf(placed)).toEqual({ state: 'pending' });
  });

  test('with a card of somebody else nothing is ordered', async () => {
    await saveCard(PAYS);
    const stranger = await world.customer();
    const theirs = await savedId();
    await expect(orderWith(theirs, { customerId: stranger.customerId })).rejects.toMatchObject({
      code: 'payment_method_not_found',
    });
    const orders = await world.app.db.selectFrom('order').select('customerId').execute();
    expect(orders).toEqual([{ customerId: bought.customer.customerId }]);
  });
});
