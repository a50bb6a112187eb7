import { afterEach, beforeEach, expect, test } from 'vitest';
import { addCredit } from '../src/billing/add-credit.ts';
import { payInvoice } from '../src/payments/pay-invoice.ts';
import { createWorld, DECLINES, PAYS, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ now: '2026-01-15T09:00:00Z' });
});
afterEach(() => world.close());

test('a card order becomes a working account with a welcome mail', async () => {
  const bought = await world.buys({ domain: 'bakery.test' });

  const service = await world.service(bought.serviceId);
  expect(service).toMatchObject({
    state: 'active',
    domain: 'bakery.test',
    billingAnchorOn: '2026-01-15',
    nextDueOn: '2026-02-15',
  });
  const account = world.panel.account(service.username ?? '');
  expect(account).toMatchObject({
    domain: 'bakery.test',
    package: 'starter',
    suspended: false,
    email: bought.customer.email,
  });

  const [operation] = await world.operations(bought.serviceId);
  expect(operation).toMatchObject({ action: 'create', state: 'done', attempts: 0 });
  expect(await world.steps(operation?.id ?? '')).toEqual({
    'Reserve a place': 'done',
    'Create the account': 'done',
    'DNS zone and records': 'done',
    Certificate: 'done',
    Mailbox: 'done',
    Database: 'done',
    Activate: 'done',
    'Send the welcome mail': 'done',
  });

  const welcome = world.mailbox
    .messages()
    .find(({ to, text }) => to.includes(bought.customer.email) && text.includes(service.username ?? '-'));
  expect(welcome?.text).toContain(account?.password);
  const order = await world.app.db.selectFrom('order').select('state').executeTakeFirstOrThrow();
  expect(order.state).toBe('active');
});

test('with a bank transfer nothing is made before staff record the money', async () => {
  const customer = await world.customer();
  const placed = await world.order(customer, { gateway: 'manual', domain: 'slow.test' });
  await world.drain();
  expect(placed.payment).toMatchObject({ outcome: 'instructions' });
  expect(world.panel.accounts()).toEqual([]);
  expect((await world.service(placed.serviceId)).state).toBe('pending');

  await world.pays(placed.invoiceId, 200n, 'first part');
  await world.drain();
  expect(world.panel.accounts()).toEqual([]);

  await world.pays(placed.invoiceId, 300n, 'the rest');
  await world.drain();
  expect((await world.service(placed.serviceId)).state).toBe('active');
  expect(world.panel.accounts()).toHaveLength(1);
});

test('credit alone pays an order, and what is left stays credit', async () => {
  const customer = await world.customer();
  await addCredit(world.ctx, {
    customerId: customer.customerId,
    currency: 'USD',
    amountMinor: 800n,
    reason: 'Goodwill',
  });
  const placed = await world.order(customer, { domain: 'credit.test' });
  expect(placed.payment).toBeNull();
  await world.drain();
  expect((await world.service(placed.serviceId)).state).toBe('active');
  expect(await world.credit(customer.customerId)).toBe(300n);
});

test('an order of total zero is made without a payment', async () => {
  const bought = await world.buys({ product: 'free', domain: 'free.test' });
  expect(bought.payment).toBeNull();
  expect((await world.service(bought.serviceId)).state).toBe('active');
  expect((await world.service(bought.serviceId)).nextDueOn).toBeNull();
});

test('a declined card leaves an order that can be paid later', async () => {
  const customer = await world.customer();
  const placed = await world.order(customer, { card: DECLINES, domain: 'second-try.test' });
  await world.drain();
  expect(placed.payment).toMatchObject({ outcome: 'declined' });
  expect(world.panel.accounts()).toEqual([]);

  const { customerId } = customer;
  await payInvoice(customer.ctx, { invoiceId: placed.invoiceId, customerId, gatewayId: 'test-card', payment: PAYS });
  await world.drain();
  expect((await world.service(placed.serviceId)).state).toBe('active');
});

test('every step, panel call, mail and payment of an order carries its trace', async () => {
  const bought = await world.buys();
  const { correlationId } = await world.app.db
    .selectFrom('order')
    .select('correlationId')
    .where('id', '=', bought.orderId)
    .executeTakeFirstOrThrow();
  for (const table of ['operation', 'provisioningLog', 'payment', 'mail'] as const) {
    const rows = await world.app.db.selectFrom(table).select('correlationId').execute();
    expect(rows.length, table).toBeGreaterThan(0);
    expect(
      rows.every((row) => row.correlationId === correlationId),
      table,
    ).toBe(true);
  }
});
