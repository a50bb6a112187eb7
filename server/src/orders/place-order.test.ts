import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { CARD, DECLINED_CARD, openShop, type Shop } from '../../test/shop.ts';
import { addCredit } from '../billing/add-credit.ts';
import { presentInvoice } from '../billing/present.ts';
import { archiveProduct } from '../catalogue/archive-product.ts';
import type { StaffRole } from '../kit/actor.ts';
import { type Context, createContext } from '../kit/context.ts';
import { toJson } from '../kit/endpoint.ts';
import { recordPayment } from '../payments/record-payment.ts';
import { listOrders } from './list-orders.ts';
import { type OrderInput, placeOrder, placeOrderForCustomer } from './place-order.ts';
import { quoteItems } from './quote-items.ts';
import { readOrder, readOwnOrder } from './read-order.ts';
import * as schemas from './schemas.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const order = (customerId: string, productId: string, given: Partial<OrderInput> = {}): OrderInput => ({
  customerId,
  items: [{ productId, cycle: 'monthly', domain: 'www.Example.com', options: {}, answers: {} }],
  gatewayId: 'test-card',
  payment: CARD,
  useCredit: true,
  ...given,
});
const stateOf = async (orderId: string) =>
  (await shop.ctx.db.selectFrom('order').select('state').where('id', '=', orderId).executeTakeFirstOrThrow()).state;
const stockOf = async (productId: string) =>
  (await shop.ctx.db.selectFrom('product').select('stock').where('id', '=', productId).executeTakeFirstOrThrow()).stock;
const eventsOf = async (orderId: string) => {
  const rows = await shop.ctx.db
    .selectFrom('event')
    .select('type')
    .where('correlationId', '=', (eb) => eb.selectFrom('order').select('correlationId').where('order.id', '=', orderId))
    .orderBy('id')
    .execute();
  return rows.map(({ type }) => type);
};

test('an order paid by card is paid, and one trace tells its story', async () => {
  const customerId = await shop.customer();
  const placed = await placeOrder(shop.as(customerId), order(customerId, await shop.product()));
  expect(placed.payment).toEqual({ outcome: 'paid', message: '' });
  expect(await stateOf(placed.orderId)).toBe('paid');
  expect(await eventsOf(placed.orderId)).toEqual([
    'invoice.issued',
    'service.created',
    'order.placed',
    'payment.settled',
    'invoice.paid',
    'order.paid',
  ]);
  const invoice = await presentInvoice(shop.ctx, { invoiceId: placed.invoiceId, customerId });
  expect(invoice).toMatchObject({
    state: 'paid',
    totalMinor: 500n,
    paidMinor: 500n,
    dueMinor: 0n,
    orderId: placed.orderId,
  });
  expect(invoice.lines).toMatchObject([{ description: 'Starter, monthly: example.com', causeKind: 'service' }]);
});

test('a declined card leaves the order standing and its invoice to be paid', async () => {
  const customerId = await shop.customer();
  const placed = await placeOrder(
    shop.as(customerId),
    order(customerId, await shop.product(), { payment: DECLINED_CARD }),
  );
  expect(placed.payment).toEqual({ outcome: 'declined', message: 'Your card was declined.' });
  expect(await stateOf(placed.orderId)).toBe('placed');
  await recordPayment(shop.ctx, { invoiceId: placed.invoiceId, amountMinor: 500n, reference: placed.orderId });
  expect(await stateOf(placed.orderId)).toBe('paid');
});

test('an order by bank transfer gets instructions', async () => {
  const customerId = await shop.customer();
  const placed = await placeOrder(
    shop.as(customerId),
    order(customerId, await shop.product(), { gatewayId: 'manual', payment: {} }),
  );
  expect(placed.payment).toEqual({ outcome: 'instructions', message: expect.stringMatching(/^Reference INV-\d{6}$/) });
});

test('what costs nothing is paid at once, without asking a gateway', async () => {
  const customerId = await shop.customer();
  const free = await shop.product({ prices: [{ currency: 'EUR', cycle: 'free', amountMinor: 0 }] });
  const items = [{ productId: free, cycle: 'free' as const, domain: 'free.com', options: {}, answers: {} }];
  const placed = await placeOrder(shop.as(customerId), order(customerId, free, { items }));
  expect(placed.payment).toBeNull();
  expect(await stateOf(placed.orderId)).toBe('paid');
});

test('credit is used first, the rest is charged', async () => {
  const customerId = await shop.customer();
  await addCredit(shop.ctx, { customerId, currency: 'EUR', amountMinor: 200n, reason: 'Sorry' });
  const placed = await placeOrder(shop.as(customerId), order(customerId, await shop.product()));
  const invoice = await presentInvoice(shop.ctx, { invoiceId: placed.invoiceId });
  expect(invoice).toMatchObject({ state: 'paid', creditAppliedMinor: 200n });
  expect(invoice.payments).toMatchObject([{ state: 'settled', amountMinor: 300n }]);
});

test('five in stock are sold five times, however many ask at once', async () => {
  const productId = await shop.product({ stock: 5 });
  const customers = await Promise.all(Array.from({ length: 20 }, () => shop.customer()));
  const results = await Promise.allSettled(
    customers.map((customerId) => placeOrder(shop.as(customerId), order(customerId, productId))),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  for (const result of results) {
    if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'out_of_stock' });
  }
  expect(await stockOf(productId)).toBe(0);
});

test('orders for the same products in another sequence do not stop each other', async () => {
  const [a, b] = [await shop.product({ stock: 50 }), await shop.product({ stock: 50 })];
  const item = (productId: string) => ({
    productId,
    cycle: 'monthly' as const,
    domain: 'a.com',
    options: {},
    answers: {},
  });
  const customers = await Promise.all(Array.from({ length: 12 }, () => shop.customer()));
  await Promise.all(
    customers.map((customerId, index) =>
      placeOrder(
        shop.as(customerId),
        order(customerId, a, { items: index % 2 ? [item(a), item(b)] : [item(b), item(a)] }),
      ),
    ),
  );
  expect([await stockOf(a), await stockOf(b)]).toEqual([38, 38]);
});

test('a refused order leaves nothing behind', async () => {
  const customerId = await shop.customer();
  const productId = await shop.product({ stock: 1 });
  const archived = await shop.product();
  await archiveProduct(shop.ctx, { productId: archived });
  const good = order(customerId, productId);
  const [item] = good.items;
  if (!item) throw new Error('An order has an item.');
  const refused: [Partial<OrderInput>, string][] = [
    [{ gatewayId: 'nobody' }, 'gateway_unavailable'],
    [{ payment: { ...CARD, cvc: 'abc' } }, 'bad_fields'],
    [{ payment: { ...CARD, amountMinor: 1 } }, 'bad_fields'],
    [{ currency: 'GBP' }, 'currency_not_sold'],
    [{ items: [{ ...item, productId: archived }] }, 'bad_item'],
    [{ items: [{ ...item, answers: { price: 0 } }] }, 'bad_fields'],
    [{ items: [item, item] }, 'out_of_stock'],
  ];
  for (const [change, code] of refused) {
    await expect(placeOrder(shop.as(customerId), { ...good, ...change }), code).rejects.toMatchObject({ code });
  }
  const left = await shop.ctx.db.selectFrom('invoice').select('id').where('customerId', '=', customerId).execute();
  expect([left, await stockOf(productId)]).toEqual([[], 1]);
});

test('prices in a request are not even read', async () => {
  const customerId = await shop.customer();
  const productId = await shop.product();
  const body = {
    ...order(customerId, productId),
    acceptTerms: true,
    totalMinor: 1,
    customerId: await shop.customer(),
    items: [{ productId, cycle: 'monthly', domain: 'x.com', amountMinor: 1, recurringMinor: 0, quantity: -3 }],
  };
  const input = schemas.placeOrder.body?.parse(body) as unknown as OrderInput;
  const placed = await placeOrder(shop.as(customerId), { ...input, customerId });
  const invoice = await presentInvoice(shop.ctx, { invoiceId: placed.invoiceId });
  expect(invoice).toMatchObject({ customerId, totalMinor: 500n, currency: 'EUR' });
});

test('the currency can be chosen for the first order and is fixed then', async () => {
  const customerId = await shop.customer('EUR');
  const productId = await shop.product({
    prices: ['EUR', 'USD'].map((currency) => ({ currency, cycle: 'monthly', amountMinor: 700 })),
  });
  const placed = await placeOrder(shop.as(customerId), order(customerId, productId, { currency: 'USD' }));
  expect(await presentInvoice(shop.ctx, { invoiceId: placed.invoiceId })).toMatchObject({ currency: 'USD' });
  await expect(
    placeOrder(shop.as(customerId), order(customerId, productId, { currency: 'EUR' })),
  ).rejects.toMatchObject({ code: 'currency_fixed' });
});

test('staff order for a customer: nothing is charged, and money they record pays for it', async () => {
  const customerId = await shop.customer();
  await addCredit(shop.ctx, { customerId, currency: 'EUR', amountMinor: 200n, reason: 'Sorry' });
  const { items } = order(customerId, await shop.product());
  const clerk = createContext(shop.app, { kind: 'staff', userId: uuidv7(), role: 'billing' });
  const { orderId } = await placeOrderForCustomer(clerk, { customerId, items, note: 'Called at noon' });
  const placed = await readOrder(shop.ctx, orderId);
  expect(placed).toMatchObject({ state: 'placed', gatewayId: null, totalMinor: 500n, placedByStaff: true });
  const invoice = await presentInvoice(shop.ctx, { invoiceId: placed.invoiceId, customerId });
  expect(invoice).toMatchObject({ state: 'unpaid', dueMinor: 500n, payments: [], creditAppliedMinor: 0n });
  const own = await readOwnOrder(shop.as(customerId), { orderId, customerId });
  expect(own).toMatchObject({ instructions: null, items: [{ domain: 'example.com', state: 'pending' }] });
  const audited = await shop.ctx.db
    .selectFrom('audit')
    .select(['actor', 'after'])
    .where('action', '=', 'order.placed')
    .where('subjectId', '=', orderId)
    .executeTakeFirst();
  expect(audited).toMatchObject({ actor: clerk.actor, after: { note: 'Called at noon' } });
  await recordPayment(clerk, { invoiceId: placed.invoiceId, amountMinor: 500n, reference: orderId });
  expect(await stateOf(orderId)).toBe('paid');
});

test('staff order only what is sold in the currency of the customer, and only who may', async () => {
  const customerId = await shop.customer('USD');
  const productId = await shop.product({ stock: 1 });
  const { items } = order(customerId, productId);
  const as = (role: StaffRole) => createContext(shop.app, { kind: 'staff', userId: uuidv7(), role });
  await expect(placeOrderForCustomer(as('admin'), { customerId, items })).rejects.toMatchObject({ code: 'bad_item' });
  const other = { customerId: await shop.customer(), items };
  await expect(placeOrderForCustomer(as('support'), other)).rejects.toMatchObject({ code: 'permission_missing' });
  await expect(placeOrderForCustomer(shop.as(other.customerId), other)).rejects.toMatchObject({
    code: 'permission_missing',
  });
  await expect(placeOrderForCustomer(as('admin'), { ...other, customerId: uuidv7() })).rejects.toMatchObject({
    code: 'customer_not_found',
  });
  expect(await stockOf(productId)).toBe(1);
  const free = await shop.product({ prices: [{ currency: 'EUR', cycle: 'free', amountMinor: 0 }] });
  const nothing = [{ productId: free, cycle: 'free' as const, domain: 'free.com', options: {}, answers: {} }];
  const { orderId } = await placeOrderForCustomer(as('admin'), { ...other, items: nothing });
  expect(await stateOf(orderId)).toBe('paid');
});

test('orders are listed with what they hold, however they are searched and sorted', async () => {
  const customerId = await shop.customer();
  const { orderId } = await placeOrder(shop.as(customerId), order(customerId, await shop.product()));
  for (const sort of ['placedAt', '-number', 'totalMinor']) {
    const page = await listOrders(shop.ctx, { limit: 5, sort, search: 'example', state: 'paid', customerId });
    expect(page).toMatchObject({
      total: 1,
      items: [{ id: orderId, items: [{ domain: 'example.com', state: 'pending' }] }],
    });
    expect((schemas.listOrders.ok as z.ZodType).safeParse(toJson(page)).error).toBeUndefined();
  }
});

test('quote and order agree, and a hidden product is sold by its link', async () => {
  const customerId = await shop.customer();
  const productId = await shop.product({
    hidden: true,
    prices: [{ currency: 'EUR', cycle: 'annually', amountMinor: 4999, setupMinor: 1000 }],
  });
  const items: OrderInput['items'] = [
    { productId, cycle: 'annually', domain: 'a.com', options: {}, answers: {} },
    { productId, cycle: 'annually', domain: 'b.com', options: {}, answers: { motto: 'Ad astra' } },
  ];
  const quote = await quoteItems(shop.as(customerId), { items });
  const placed = await placeOrder(shop.as(customerId), order(customerId, productId, { items }));
  expect(quote).toMatchObject({ currency: 'EUR', totalMinor: 11_998n, renewsMinor: 9998n });
  expect(await presentInvoice(shop.ctx, { invoiceId: placed.invoiceId })).toMatchObject({
    totalMinor: quote.totalMinor,
  });
});

test('the quote says what credit takes and what is due today, to those who may know', async () => {
  const customerId = await shop.customer();
  const productId = await shop.product();
  const { items } = order(customerId, productId);
  const quote = (actor: Context, useCredit = true) => quoteItems(actor, { currency: 'EUR', items, useCredit });
  const visitor = createContext(shop.ctx.app, { kind: 'visitor' });
  const technical = createContext(shop.ctx.app, {
    kind: 'customer',
    userId: customerId,
    customerId,
    role: 'technical',
  });
  expect(await quote(shop.as(customerId))).toMatchObject({ totalMinor: 500n, creditMinor: 0n, dueMinor: 500n });
  const credit = { customerId, currency: 'EUR', reason: 'Gift' };
  await addCredit(shop.ctx, { ...credit, amountMinor: 120n });
  expect(await quote(shop.as(customerId))).toMatchObject({ totalMinor: 500n, creditMinor: 120n, dueMinor: 380n });
  for (const untold of [quote(shop.as(customerId), false), quote(visitor), quote(technical)]) {
    expect(await untold).toMatchObject({ creditMinor: 0n, dueMinor: 500n });
  }
  await addCredit(shop.ctx, { ...credit, amountMinor: 1000n });
  expect(await quote(shop.as(customerId))).toMatchObject({ totalMinor: 500n, creditMinor: 500n, dueMinor: 0n });
});

test('what credit covers is ordered without a payment method; anything else is not ordered', async () => {
  const customerId = await shop.customer();
  const productId = await shop.product();
  const wanted = { ...order(customerId, productId, { payment: {} }), gatewayId: undefined };
  const refusal = { code: 'payment_needed', issues: [{ path: 'gatewayId' }] };
  await expect(placeOrder(shop.as(customerId), wanted)).rejects.toMatchObject(refusal);
  await addCredit(shop.ctx, { customerId, currency: 'EUR', amountMinor: 500n, reason: 'Gift' });
  await expect(placeOrder(shop.as(customerId), { ...wanted, useCredit: false })).rejects.toMatchObject(refusal);
  expect((await listOrders(shop.ctx, { limit: 5, customerId })).items).toEqual([]);
  const placed = await placeOrder(shop.as(customerId), wanted);
  expect(placed.payment).toBeNull();
  expect(await stateOf(placed.orderId)).toBe('paid');
});
