import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CARD, openShop, type Shop } from '../../test/shop.ts';
import { addCredit } from '../billing/add-credit.ts';
import { presentCredit } from '../billing/present.ts';
import { voidInvoice } from '../billing/void-invoice.ts';
import { record } from '../kit/events.ts';
import { recordPayment } from '../payments/record-payment.ts';
import { refundPayment } from '../payments/refund-payment.ts';
import { cancelOrder } from './cancel-order.ts';
import { placeOrder } from './place-order.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

async function ordered(given: { pay: boolean; domains?: string[] }) {
  const customerId = await shop.customer();
  const productId = await shop.product({ stock: 10 });
  const domains = given.domains ?? ['a.com'];
  const placed = await placeOrder(shop.as(customerId), {
    customerId,
    items: domains.map((domain) => ({ productId, cycle: 'monthly', domain, options: {}, answers: {} })),
    gatewayId: given.pay ? 'test-card' : 'manual',
    payment: given.pay ? CARD : {},
    useCredit: true,
  });
  return { ...placed, customerId, productId };
}

/** Where an order and everything about it stands. */
async function standing({
  orderId,
  customerId,
  productId,
}: {
  orderId: string;
  customerId: string;
  productId: string;
}) {
  const { db } = shop.ctx;
  const order = await db
    .selectFrom('order')
    .innerJoin('invoice', 'invoice.id', 'order.invoiceId')
    .select(['order.state', 'invoice.state as invoice'])
    .where('order.id', '=', orderId)
    .executeTakeFirstOrThrow();
  const services = await db
    .selectFrom('service')
    .select('state')
    .where('orderId', '=', orderId)
    .orderBy('id')
    .execute();
  const { stock } = await db
    .selectFrom('product')
    .select('stock')
    .where('id', '=', productId)
    .executeTakeFirstOrThrow();
  const [credit] = (await presentCredit(shop.ctx, customerId)).balances;
  return { ...order, services: services.map(({ state }) => state), stock, credit: credit?.amountMinor ?? 0n };
}

/** As the engine does when the account stands. */
const activate = (orderId: string, domain: string) =>
  shop.ctx.transaction(async (tx) => {
    const { id, customerId } = await tx.db
      .updateTable('service')
      .set({ state: 'active' })
      .where('orderId', '=', orderId)
      .where('domain', '=', domain)
      .returning(['id', 'customerId'])
      .executeTakeFirstOrThrow();
    await record(tx, 'service.active', { kind: 'service', id }, { serviceId: id, customerId });
  });

const cancel = (orderId: string) => cancelOrder(shop.ctx, { orderId, note: 'Asked by phone' });

test('an unpaid order is cancelled with its invoice, and the stock is free again', async () => {
  const order = await ordered({ pay: false });
  await cancel(order.orderId);
  await cancel(order.orderId);
  expect(await standing(order)).toEqual({
    state: 'cancelled',
    invoice: 'void',
    services: ['cancelled'],
    stock: 10,
    credit: 0n,
  });
});

test('what came in on an unpaid order becomes credit', async () => {
  const order = await ordered({ pay: false });
  await recordPayment(shop.ctx, { invoiceId: order.invoiceId, amountMinor: 120n, reference: order.orderId });
  await cancel(order.orderId);
  expect(await standing(order)).toMatchObject({ state: 'cancelled', invoice: 'void', credit: 120n });
});

test('a paid order becomes credit, once', async () => {
  const order = await ordered({ pay: true, domains: ['a.com', 'b.com'] });
  await Promise.allSettled([cancel(order.orderId), cancel(order.orderId), cancel(order.orderId)]);
  expect(await standing(order)).toEqual({
    state: 'cancelled',
    invoice: 'paid',
    services: ['cancelled', 'cancelled'],
    stock: 10,
    credit: 1000n,
  });
});

test('services that were made stay, and the order is active with them', async () => {
  const order = await ordered({ pay: true, domains: ['a.com', 'b.com'] });
  await activate(order.orderId, 'a.com');
  expect(await standing(order)).toMatchObject({ state: 'paid', services: ['active', 'pending'] });
  await cancel(order.orderId);
  expect(await standing(order)).toEqual({
    state: 'active',
    invoice: 'paid',
    services: ['active', 'cancelled'],
    stock: 9,
    credit: 500n,
  });
  await expect(cancel(order.orderId)).rejects.toMatchObject({ code: 'nothing_to_cancel' });
});

test('while a panel may be at work an order is not cancelled', async () => {
  const order = await ordered({ pay: true });
  const { id: serviceId } = await shop.ctx.db
    .selectFrom('service')
    .select('id')
    .where('orderId', '=', order.orderId)
    .executeTakeFirstOrThrow();
  const operation = {
    id: uuidv7(),
    serviceId,
    action: 'create',
    idempotencyKey: uuidv7(),
    maxAttempts: 5,
    actor: '{}',
  };
  await shop.ctx.db
    .insertInto('operation')
    .values({ ...operation, state: 'running', correlationId: uuidv7(), createdAt: shop.clock.now() })
    .execute();
  await expect(cancel(order.orderId)).rejects.toMatchObject({ code: 'operation_open' });
  expect(await standing(order)).toMatchObject({ state: 'paid', services: ['pending'] });
});

test('an order whose invoice is voided is cancelled with it', async () => {
  const order = await ordered({ pay: false });
  await voidInvoice(shop.ctx, { invoiceId: order.invoiceId });
  expect(await standing(order)).toMatchObject({
    state: 'cancelled',
    invoice: 'void',
    services: ['cancelled'],
    stock: 10,
  });
});

test('an order is active when the last of its services is, however close they come', async () => {
  const domains = ['a.com', 'b.com', 'c.com', 'd.com'];
  const order = await ordered({ pay: true, domains });
  await Promise.all(domains.map((domain) => activate(order.orderId, domain)));
  expect(await standing(order)).toMatchObject({ state: 'active' });
});

test('paying and cancelling at once end in one of the two', async () => {
  const order = await ordered({ pay: false });
  await Promise.allSettled([
    recordPayment(shop.ctx, { invoiceId: order.invoiceId, amountMinor: 500n, reference: order.orderId }),
    cancel(order.orderId),
  ]);
  expect(await standing(order)).toMatchObject({ state: 'cancelled', services: ['cancelled'], credit: 500n });
});

describe('money is given back once', () => {
  const paymentOf = async (invoiceId: string) =>
    shop.ctx.db.selectFrom('payment').select('id').where('invoiceId', '=', invoiceId).executeTakeFirstOrThrow();
  const refund = async (invoiceId: string, amountMinor?: bigint) =>
    refundPayment(shop.ctx, {
      paymentId: (await paymentOf(invoiceId)).id,
      amountMinor,
      target: 'by_hand',
      reason: 'Asked by phone',
    });
  const total = async (invoiceId: string) =>
    (await shop.ctx.db.selectFrom('invoice').select('totalMinor').where('id', '=', invoiceId).executeTakeFirstOrThrow())
      .totalMinor;

  test('what was refunded before an order is cancelled does not become credit as well', async () => {
    const order = await ordered({ pay: true });
    const part = (await total(order.invoiceId)) - 100n;
    await refund(order.invoiceId, part);
    await cancel(order.orderId);
    expect(await standing(order)).toMatchObject({ state: 'cancelled', credit: 100n });
  });

  test('a refund after an order was cancelled takes the credit it gave', async () => {
    const order = await ordered({ pay: true });
    await cancel(order.orderId);
    expect((await standing(order)).credit).toBe(await total(order.invoiceId));
    await refund(order.invoiceId);
    expect((await standing(order)).credit).toBe(0n);
    await expect(refund(order.invoiceId, 1n)).rejects.toMatchObject({ code: 'refund_too_large' });
  });

  test('credit from a cancelled order that was spent cannot be refunded', async () => {
    const order = await ordered({ pay: true });
    await cancel(order.orderId);
    const { customerId } = order;
    await addCredit(shop.ctx, { customerId, currency: 'EUR', amountMinor: -200n, reason: 'Spent' });
    const left = (await total(order.invoiceId)) - 200n;
    await expect(refund(order.invoiceId, left + 1n)).rejects.toMatchObject({
      details: { refundableMinor: Number(left) },
    });
  });
});
