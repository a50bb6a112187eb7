import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { openShop, type Shop } from '../../test/shop.ts';
import { createContext } from '../kit/context.ts';
import { archiveProduct, restoreProduct } from './archive-product.ts';
import { createProduct } from './create-product.ts';
import { listProducts, readProduct } from './read-products.ts';
import { readStore, readStoreProduct } from './read-store.ts';
import { productIn, productOut } from './schemas.ts';
import { createGroup } from './write-group.ts';
import { writeProduct } from './write-product.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const eur = (amountMinor: number, cycle = 'monthly') => ({ currency: 'EUR', cycle, amountMinor });
const form = (given: Record<string, unknown> = {}): z.output<typeof productIn> =>
  productIn.parse({
    productGroupId: shop.productGroupId,
    serverGroupId: shop.serverGroupId,
    slug: `product-${crypto.randomUUID()}`,
    name: 'Starter',
    moduleId: 'shelf',
    moduleSettings: { plan: 'starter' },
    prices: [eur(4900, 'annually'), eur(500)],
    ...given,
  });
const place = (values: string[]) => ({
  code: 'place',
  name: 'Place',
  kind: 'choice',
  values: values.map((value, index) => ({
    value,
    label: value,
    isDefault: index === 0,
    prices: index ? [eur(100)] : [],
  })),
});
const yes = (code: string) => ({
  code,
  name: code,
  kind: 'yes_no',
  values: [{ value: 'yes', label: 'Yes', prices: [eur(1)] }],
});

test('a product reads back as its form was filled in, with defaults of the module and the shortest cycle first', async () => {
  const input = form({ options: [place(['at', 'de']), yes('backup')] });
  const { productId } = await createProduct(shop.ctx, input);
  const product = await readProduct(shop.ctx, productId);
  expect(product).toMatchObject({
    moduleName: 'Shelf',
    groupName: 'Hosting',
    services: 0,
    moduleSettings: { plan: 'starter', quotaMb: 1000, place: 'at' },
    prices: [{ cycle: 'monthly' }, { cycle: 'annually' }],
    options: [
      { code: 'place', values: [{ value: 'at' }, { value: 'de', prices: [{ amountMinor: 100n }] }] },
      { code: 'backup' },
    ],
  });
});

test('changing a product replaces its parts, and an option keeps its id with its code', async () => {
  const { productId } = await createProduct(shop.ctx, form({ options: [place(['at', 'de']), yes('backup')] }));
  const before = await readProduct(shop.ctx, productId);
  const change = form({ name: 'Bigger', options: [yes('mail'), place(['de'])], prices: [eur(900)] });
  await writeProduct(shop.ctx, { ...change, productId });
  const after = await readProduct(shop.ctx, productId);
  expect(after).toMatchObject({
    name: 'Bigger',
    prices: [{ amountMinor: 900 }],
    options: [{ code: 'mail' }, { code: 'place' }],
  });
  expect(after.options[1]?.id).toBe(before.options[0]?.id);
  expect(after.options[0]?.id).not.toBe(before.options[1]?.id);
});

test.each<[string, Record<string, unknown>, string]>([
  ['a module that is not loaded', { moduleId: 'nobody' }, 'moduleId'],
  ['a setting the module does not have', { moduleSettings: { plan: 'a', colour: 'red' } }, 'moduleSettings.colour'],
  ['a setting that is missing', { moduleSettings: {} }, 'moduleSettings.plan'],
  ['a setting out of bounds', { moduleSettings: { plan: 'a', quotaMb: 0 } }, 'moduleSettings.quotaMb'],
  ['a price given twice', { prices: [eur(1), eur(2)] }, 'prices.1'],
  ['a currency that is none', { prices: [{ currency: 'XXX', cycle: 'monthly', amountMinor: 1 }] }, 'prices.0.currency'],
  ['a price for free', { prices: [eur(1, 'free')] }, 'prices.0.amountMinor'],
  ['an option code used twice', { options: [yes('a'), yes('a')] }, 'options.1.code'],
  ['an option value the module refuses', { options: [place(['at', 'fr'])] }, 'options.0.values.1.value'],
  ['yes or no for a choice of the module', { options: [yes('place')] }, 'options.0.kind'],
  ['a group that is not there', { productGroupId: '01960000-0000-7000-8000-000000000000' }, 'productGroupId'],
  ['servers that are not there', { serverGroupId: '01960000-0000-7000-8000-000000000000' }, 'serverGroupId'],
])('%s is refused where it stands', async (_, given, path) => {
  await expect(createProduct(shop.ctx, form(given))).rejects.toSatisfy((error) =>
    (error as { issues: { path: string }[] }).issues.some((issue) => issue.path === path),
  );
});

test('two products cannot share an address, and a refused change changes nothing', async () => {
  const first = form();
  await createProduct(shop.ctx, first);
  const { productId } = await createProduct(shop.ctx, form({ name: 'Second' }));
  const taken = form({ slug: first.slug, name: 'Third' });
  await expect(createProduct(shop.ctx, taken)).rejects.toMatchObject({ code: 'slug_taken' });
  await expect(writeProduct(shop.ctx, { ...taken, productId })).rejects.toMatchObject({ code: 'slug_taken' });
  expect(await readProduct(shop.ctx, productId)).toMatchObject({ name: 'Second' });
});

test('who may only read changes nothing', async () => {
  const reader = createContext(shop.app, { kind: 'staff', userId: crypto.randomUUID(), role: 'support' });
  await expect(createProduct(reader, form())).rejects.toMatchObject({ code: 'permission_missing' });
  expect((await listProducts(reader, { limit: 1, state: 'all' })).items).toHaveLength(1);
});

test('what staff are shown fits what the API promises', async () => {
  const { items, total } = await listProducts(shop.ctx, { limit: 100, state: 'all', search: 'start' });
  expect(total).toBe(items.length);
  const plain = JSON.parse(JSON.stringify(items, (_, value) => (typeof value === 'bigint' ? Number(value) : value)));
  for (const item of plain) expect(productOut.safeParse(item).error).toBeUndefined();
});

test('the store lists what is on sale; hidden products have a link, archived ones nothing', async () => {
  const names = async () =>
    (await readStore(shop.ctx, {})).groups.flatMap(({ products }) => products.map(({ id }) => id));
  const { productId: shown } = await createProduct(shop.ctx, form());
  const hidden = form({ hidden: true, stock: 0 });
  const { productId: hiddenId } = await createProduct(shop.ctx, hidden);
  expect(await names()).toContain(shown);
  expect(await names()).not.toContain(hiddenId);
  expect(await readStoreProduct(shop.ctx, { slug: hidden.slug })).toMatchObject({ inStock: false, stockLeft: 0 });

  await archiveProduct(shop.ctx, { productId: hiddenId });
  await archiveProduct(shop.ctx, { productId: hiddenId });
  await expect(readStoreProduct(shop.ctx, { slug: hidden.slug })).rejects.toMatchObject({ status: 404 });
  await restoreProduct(shop.ctx, { productId: hiddenId });
  expect(await readStoreProduct(shop.ctx, { slug: hidden.slug })).toMatchObject({ orderFields: [{ name: 'motto' }] });
});

test('products of a hidden group are not listed', async () => {
  const group = { slug: 'secret', name: 'Secret', description: '', position: 0, hidden: true };
  const { groupId } = await createGroup(shop.ctx, group);
  await createProduct(shop.ctx, form({ productGroupId: groupId }));
  expect((await readStore(shop.ctx, {})).groups.map(({ slug }) => slug)).not.toContain('secret');
});

test('the store speaks the currency asked for, and one the product has when it can', async () => {
  const usd = form({ prices: [{ currency: 'USD', cycle: 'monthly', amountMinor: 700 }] });
  await createProduct(shop.ctx, usd);
  expect((await readStore(shop.ctx, {})).currency).toBe('EUR');
  expect((await readStore(shop.ctx, { currency: 'JPY' })).currency).toBe('EUR');
  const inUsd = await readStore(shop.ctx, { currency: 'USD' });
  expect(inUsd.groups.flatMap(({ products }) => products)).toMatchObject([
    { slug: usd.slug, prices: [{ amountMinor: 700n }] },
  ]);
  expect(await readStoreProduct(shop.ctx, { slug: usd.slug, currency: 'EUR' })).toMatchObject({ currency: 'USD' });
});
