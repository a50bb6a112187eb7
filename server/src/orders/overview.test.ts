import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShop, type Shop } from '../../test/shop.ts';
import { readShopSettings, storeShopSettings } from '../staff/settings.ts';
import { monthlySum, readOverview } from './overview.ts';
import { placeOrder } from './place-order.ts';

let shop: Shop;
let customerId: string;
let productId: string;

// In Auckland it is 01:00 on 2 March; the month began at 11:00 UTC on 28 February.
beforeAll(async () => {
  shop = await openShop();
  const { db } = shop.app;
  await storeShopSettings(db, { ...(await readShopSettings(db)), timeZone: 'Pacific/Auckland' }, shop.clock.now());
  productId = await shop.product();
  customerId = await shop.customer();
});
afterAll(() => shop.close());

const overview = () => readOverview(shop.ctx);
const euros = async () => (await overview()).money.find(({ currency }) => currency === 'EUR');

const order = (domain: string) =>
  placeOrder(shop.as(customerId), {
    customerId,
    items: [{ productId, cycle: 'monthly', domain, options: {}, answers: {} }],
    gatewayId: 'manual',
    payment: {},
    useCredit: false,
  });

/** Money that was settled at an instant, for the first invoice there is. */
async function settled(at: string, amountMinor: bigint): Promise<string> {
  const { db } = shop.app;
  const invoice = await db.selectFrom('invoice').select(['id', 'customerId']).executeTakeFirstOrThrow();
  const id = uuidv7();
  await db
    .insertInto('payment')
    .values({
      id,
      invoiceId: invoice.id,
      customerId: invoice.customerId,
      gatewayId: 'manual',
      state: 'settled',
      currency: 'EUR',
      amountMinor,
      idempotencyKey: id,
      actor: '{}',
      correlationId: id,
      createdAt: at,
      settledAt: at,
    })
    .execute();
  return id;
}

async function refunded(paymentId: string, at: string, amountMinor: bigint, target: string): Promise<void> {
  await shop.app.db
    .insertInto('refund')
    .values({
      id: uuidv7(),
      paymentId,
      target,
      state: 'done',
      currency: 'EUR',
      amountMinor,
      reason: '',
      actor: '{}',
      correlationId: paymentId,
      createdAt: at,
      endedAt: at,
    })
    .execute();
}

test('money is counted on the day and in the month of the shop, and what went back is taken off', async () => {
  await order('bakery.test');
  await settled('2026-03-01T10:59:59Z', 1n); // the day before, 23:59
  const today = await settled('2026-03-01T11:00:00Z', 20n);
  await settled('2026-02-28T11:00:00Z', 300n); // the first of the month, 00:00
  await settled('2026-02-28T10:59:59Z', 4000n); // last month
  await settled('2026-01-31T10:59:59Z', 50_000n); // long ago
  expect(await euros()).toMatchObject({ todayMinor: 20n, monthMinor: 321n, lastMonthMinor: 4000n });
  await refunded(today, '2026-03-01T11:30:00Z', 5n, 'gateway');
  await refunded(today, '2026-03-01T11:30:00Z', 7n, 'credit');
  expect(await euros()).toMatchObject({ todayMinor: 15n, monthMinor: 316n, lastMonthMinor: 4000n });
});

test('what is owed is overdue from the day after it was due', async () => {
  const { db } = shop.app;
  const dueOn = (day: string) => db.updateTable('invoice').set({ dueOn: day }).execute();
  await dueOn('2026-03-02');
  expect(await euros()).toMatchObject({ unpaidCount: 1, unpaidMinor: 500n, overdueCount: 0, overdueMinor: 0n });
  await dueOn('2026-03-01');
  expect(await euros()).toMatchObject({ unpaidCount: 1, unpaidMinor: 500n, overdueCount: 1, overdueMinor: 500n });
});

test('recurring revenue is what active services bring in a month, per currency', async () => {
  const { db } = shop.app;
  expect((await euros())?.recurringMinor).toBe(0n);
  for (const domain of ['yearly.test', 'free.test', 'dollars.test']) await order(domain);
  await db.updateTable('service').set({ state: 'active' }).execute();
  const change = (domain: string, set: object) =>
    db.updateTable('service').set(set).where('domain', '=', domain).execute();
  await change('yearly.test', { cycle: 'annually', recurringMinor: 1000n });
  await change('free.test', { cycle: 'free', recurringMinor: 0n });
  await change('dollars.test', { currency: 'USD', recurringMinor: 900n });
  const { money, services } = await overview();
  expect(money).toMatchObject([
    { currency: 'EUR', recurringServices: 2, recurringMinor: 583n }, // 500 and 83 1/3
    { currency: 'USD', recurringServices: 1, recurringMinor: 900n, todayMinor: 0n, unpaidCount: 0 },
  ]);
  expect(services).toEqual({ active: 4 });
});

test('cycles are added up before they are rounded', () => {
  const each = (cycle: string, amountMinor: bigint) => ({ cycle, amountMinor });
  expect(monthlySum([each('quarterly', 1n), each('quarterly', 1n)])).toBe(1n);
  expect(monthlySum([each('triennially', 36n), each('biennially', 24n), each('semi-annually', 6n)])).toBe(3n);
  expect(monthlySum([each('one-time', 99n), each('free', 0n)])).toBe(0n);
});

test('orders, customers and cancellations are counted today, this month and last', async () => {
  const { db } = shop.app;
  await sql`update "order" set placed_at = case number % 4 when 0 then timestamptz '2026-03-01T11:00Z'
    when 1 then timestamptz '2026-03-01T10:00Z' when 2 then timestamptz '2026-02-28T10:00Z' else timestamptz '2026-01-01' end`.execute(
    db,
  );
  const { id: serviceId } = await db.selectFrom('service').select('id').executeTakeFirstOrThrow();
  const cancelled = (state: string, createdAt: string) =>
    db
      .insertInto('cancellationRequest')
      .values({
        id: uuidv7(),
        serviceId,
        timing: 'end_of_term',
        state,
        actor: '{}',
        correlationId: serviceId,
        createdAt,
        closedAt: state === 'open' ? null : createdAt,
      })
      .execute();
  await cancelled('withdrawn', '2026-03-01T11:30:00Z');
  await cancelled('done', '2026-02-10T11:30:00Z');
  await cancelled('open', '2026-03-01T11:30:00Z');
  const { orders, newCustomers, cancellations, recentOrders } = await overview();
  expect(orders).toEqual({ today: 1, month: 2, lastMonth: 1 });
  expect(newCustomers).toEqual({ today: 1, month: 1, lastMonth: 0 });
  expect(cancellations).toEqual({ today: 1, month: 1, lastMonth: 1, open: 1 });
  expect(recentOrders[0]).toMatchObject({ customerName: 'Carla Customer', totalMinor: 500n });
});

test('a night that was not finished is told, unless it is still to come', async () => {
  expect(await overview()).toMatchObject({ nightDone: null, nightLate: false });
  const night = (day: string) =>
    shop.app.db
      .insertInto('automationRun')
      .values({
        id: uuidv7(),
        name: 'nightly',
        day,
        actor: '{}',
        createdAt: shop.clock.now(),
        finishedAt: shop.clock.now(),
      })
      .execute();
  await night('2026-02-28');
  expect(await overview()).toMatchObject({ nightDone: '2026-02-28', nightLate: true });
  await night('2026-03-01');
  expect(await overview()).toMatchObject({ nightDone: '2026-03-01', nightLate: false });
});

test('a charge nobody knows the end of is told after ten minutes', async () => {
  const id = await settled('2026-03-01T11:50:01Z', 1n);
  await shop.app.db.updateTable('payment').set({ state: 'unknown', settledAt: null }).where('id', '=', id).execute();
  expect((await overview()).paymentsUnclear).toBe(0n);
  shop.clock.advance({ seconds: 2 });
  expect((await overview()).paymentsUnclear).toBe(1n);
});
