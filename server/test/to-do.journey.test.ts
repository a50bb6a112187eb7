/** What a customer's first page says waits for them, as a shop goes through its nights. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { visitCheckout } from '../../gateways/stripe/simulator/customer.ts';
import { type StripeSimulator, startStripeSimulator } from '../../gateways/stripe/simulator.ts';
import { readToDo } from '../src/automation/read-to-do.ts';
import { runNights } from '../src/automation/run-nights.ts';
import { requestOwnCancellation } from '../src/hosting/request-cancellation.ts';
import type { Actor } from '../src/kit/actor.ts';
import { readOwnOrder } from '../src/orders/read-order.ts';
import { saveMethod } from '../src/payments/save-method.ts';
import { syncSavedMethods } from '../src/payments/sync-saved-methods.ts';
import { writeGateway } from '../src/payments/write-gateway.ts';
import { createWorld, type World } from './world.ts';

let stripe: StripeSimulator;
let world: World;
let bought: Awaited<ReturnType<World['buys']>>;
let customerId: string;

beforeEach(async () => {
  stripe = await startStripeSimulator();
  world = await createWorld({ now: '2026-01-15T09:00:00Z' });
  const settings = { secretKey: stripe.secretKey, webhookSecret: '', apiUrl: stripe.url };
  await writeGateway(world.ctx, { gatewayId: 'stripe', enabled: true, position: 2, settings });
  bought = await world.buys(); // due on 15 February
  customerId = bought.customer.customerId;
});
afterEach(async () => {
  await world.close();
  await stripe.close();
});

const NOTHING = { suspended: [], unpaid: [], unpaidTotal: 0, card: null, ending: [] };

const user = (rest: Partial<Extract<Actor, { kind: 'customer' }>> = {}) =>
  world.as({ kind: 'customer', userId: customerId, customerId, role: 'owner', ...rest });
const toDo = (ctx = user()) => readToDo(ctx, { customerId });

async function saveCard(expiresIn: string): Promise<void> {
  const kept = { customerId, gatewayId: 'stripe' };
  await visitCheckout((await saveMethod(bought.customer.ctx, kept)).url, { number: '4242424242424242' });
  await syncSavedMethods(world.ctx, { ...kept, signal: AbortSignal.timeout(10_000) });
  await world.app.db.updateTable('paymentMethod').set({ expiresIn }).execute();
}

async function until(day: string): Promise<void> {
  while (world.clock.now().toISOString().slice(0, 10) < day) {
    await world.travel({ days: 1 });
    await runNights(world.ctx);
    await world.drain();
  }
}

test('nothing at first, and an order that is not paid leads to that order, for those who may pay', async () => {
  expect(await toDo()).toEqual(NOTHING);
  const { orderId, invoiceId } = await world.order(bought.customer, { gateway: 'manual' });
  const waiting = { id: invoiceId, orderId, dueMinor: 500n, overdue: false, charge: null };
  expect(await toDo()).toMatchObject({ unpaid: [waiting], unpaidTotal: 1 });
  expect(await toDo(user({ role: 'billing' }))).toMatchObject({ unpaid: [waiting] });
  expect(await toDo(user({ role: 'technical' }))).toEqual(NOTHING);
  const order = (role: 'owner' | 'technical') => readOwnOrder(user({ role }), { orderId, customerId });
  expect((await order('owner')).instructions).toContain('IBAN');
  expect((await order('technical')).instructions).toBeNull();
});

test('a renewal that a card will pay says when; the card that ends before it is warned of', async () => {
  await saveCard('2034-12');
  await until('2026-02-08');
  const charge = { on: '2026-02-15', label: 'Visa •••• 4242', amountMinor: 500n };
  expect(await toDo()).toMatchObject({ unpaid: [{ overdue: false, orderId: null, charge }], card: null });
  expect(await toDo(user({ impersonatedBy: customerId }))).toMatchObject({ unpaid: [{ charge: null }], card: null });
  await until('2026-02-16');
  expect(await toDo()).toEqual(NOTHING);

  const expires = (expiresIn: string) => world.app.db.updateTable('paymentMethod').set({ expiresIn }).execute();
  await expires('2026-03'); // good for the renewal on 15 March
  expect(await toDo()).toEqual(NOTHING);
  await expires('2026-02');
  const card = { label: 'Visa •••• 4242', expiresIn: '2026-02', over: false, renewsOn: '2026-03-15' };
  expect(await toDo()).toEqual({ ...NOTHING, card });
  await expires('2026-01');
  expect(await toDo()).toMatchObject({ card: { over: true } });
  expect(await toDo(user({ role: 'technical' }))).toEqual(NOTHING);
  expect(await toDo(user({ impersonatedBy: customerId }))).toEqual(NOTHING);
});

test('what is overdue, then offline, is said; what ends by itself as well, and no card is wanted for it', async () => {
  await until('2026-02-16');
  expect(await toDo()).toMatchObject({ unpaid: [{ overdue: true, dueOn: '2026-02-15' }] });
  await until('2026-02-25');
  const offline = [{ id: bought.serviceId, domain: bought.domain, suspendCause: 'overdue' }];
  expect(await toDo()).toMatchObject({ suspended: offline });
  expect(await toDo(user({ role: 'technical' }))).toEqual({ ...NOTHING, suspended: offline });
  const [invoice] = (await toDo()).unpaid;
  await world.pays(invoice?.id ?? '');
  await world.drain();
  await saveCard('2026-02');
  await requestOwnCancellation(user(), {
    serviceId: bought.serviceId,
    customerId,
    timing: 'end_of_term',
    reason: '',
  });
  expect(await toDo()).toEqual({
    ...NOTHING,
    ending: [{ id: bought.serviceId, domain: bought.domain, endsOn: '2026-03-15' }],
  });
});
