import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShop, type Shop } from '../../test/shop.ts';
import type { Actor } from '../kit/actor.ts';
import { createContext } from '../kit/context.ts';
import { placeOrder } from './place-order.ts';
import { search } from './search.ts';

let shop: Shop;
let customerId: string;

beforeAll(async () => {
  shop = await openShop();
  const productId = await shop.product();
  customerId = await shop.customer();
  await shop.app.db
    .updateTable('customer')
    .set({ firstName: 'Berta', lastName: 'Bäcker', company: 'Bakery_Ltd', email: 'berta@bakery.test' })
    .where('id', '=', customerId)
    .execute();
  for (const domain of ['bakery.test', 'my-bakery.test', 'other.test'])
    await placeOrder(shop.as(customerId), {
      customerId,
      items: [{ productId, cycle: 'monthly', domain, options: {}, answers: {} }],
      gatewayId: 'manual',
      payment: {},
      useCredit: false,
    });
  const now = shop.clock.now();
  await shop.app.db
    .insertInto('server')
    .values({
      id: '01960000-0000-7000-8000-000000000001',
      serverGroupId: shop.serverGroupId,
      name: 'bakery-1',
      moduleId: 'shelf',
      hostname: 'srv1.shop.test',
      port: 443,
      tlsMode: 'verify',
      settings: '{}',
      sealedSecrets: '{}',
      createdAt: now,
      updatedAt: now,
    })
    .execute();
});
afterAll(() => shop.close());

const find = async (q: string, actor: Actor = { kind: 'system', name: 'test' }) =>
  (await search(createContext(shop.app, actor), { q })).map(({ kind, title }) => `${kind} ${title}`);

test('what is called exactly so comes first, then what begins so, then what holds it', async () => {
  expect(await find('bakery.test')).toEqual(['service bakery.test', 'customer Berta Bäcker', 'service my-bakery.test']);
  expect(await find('BAKERY')).toEqual([
    'customer Berta Bäcker',
    'service bakery.test',
    'server bakery-1',
    'service my-bakery.test',
  ]);
});

test('customers are found by whole name, company and e-mail', async () => {
  for (const q of ['berta bäcker', 'Bäcker', 'Bakery_L', 'BERTA@bakery.test'])
    expect(await find(q)).toEqual(['customer Berta Bäcker']);
});

test('orders and invoices are found by number, with or without what stands before it', async () => {
  expect(await find('#1002')).toEqual(['service my-bakery.test', 'order Order 1002']);
  expect((await find('2'))[0]).toBe('invoice INV-000002');
  expect(await find('inv-000003')).toEqual(['invoice INV-000003']);
});

test('wildcards mean themselves, and nothing is found for nothing', async () => {
  expect(await find('%')).toEqual([]);
  expect(await find('y_L')).toEqual(['customer Berta Bäcker']);
  expect(await find('# ')).toEqual([]);
});

test('each kind is found only by those who may read it', async () => {
  const owner = { kind: 'staff', userId: customerId, role: 'owner' } as const;
  const key = (scopes: string[]): Actor => ({ kind: 'api_key', keyId: customerId, scopes, owner });
  expect(await find('bakery', { ...owner, role: 'billing' })).not.toContain('server bakery-1');
  expect(await find('bakery', key(['customers:read']))).toEqual(['customer Berta Bäcker']);
  await expect(find('bakery', key(['services:read']))).rejects.toMatchObject({ code: 'permission_missing' });
  const customer: Actor = { kind: 'customer', userId: customerId, customerId, role: 'owner' };
  await expect(find('bakery', customer)).rejects.toMatchObject({ status: 403 });
});
