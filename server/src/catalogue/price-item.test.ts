import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CYCLE_MONTHS, type Cycle, isRecurring } from '../kit/calendar.ts';
import { Invalid } from '../kit/errors.ts';
import { priceItem, type WantedItem } from './price-item.ts';
import type { OptionValue, Price, Product, ProductOption } from './product.ts';

const price = (amountMinor: bigint, setupMinor = 0n, cycle: Cycle = 'monthly', currency = 'EUR'): Price => ({
  currency,
  cycle,
  amountMinor,
  setupMinor,
});
const value = (name: string, prices: Price[], isDefault = false): OptionValue => ({
  value: name,
  label: name,
  isDefault,
  prices,
});
const option = (code: string, kind: ProductOption['kind'], values: OptionValue[], max = 10): ProductOption => ({
  id: code,
  code,
  name: code,
  help: '',
  kind,
  minQuantity: 0,
  maxQuantity: max,
  values,
});

const starter = productWith({
  prices: [price(500n, 1000n), price(0n, 0n, 'free'), price(9900n, 0n, 'one-time')],
  options: [
    option('disk', 'choice', [value('10', [], true), value('50', [price(200n, 50n)])]),
    option('backup', 'yes_no', [value('yes', [price(150n)])]),
    option('ips', 'quantity', [value('each', [price(100n, 25n)])], 5),
  ],
});

const wanted = (given: Partial<WantedItem> = {}): WantedItem => ({
  cycle: 'monthly',
  currency: 'EUR',
  domain: 'www.Example.com',
  options: {},
  ...given,
});

test('without options it costs the price and the set-up', () => {
  expect(priceItem(starter, wanted(), 'items.0')).toMatchObject({
    domain: 'example.com',
    totalMinor: 1500n,
    setupMinor: 1000n,
    recurringMinor: 500n,
    optionValues: { disk: '10', backup: false, ips: 0 },
  });
});

test('options add their price and their set-up, a quantity as often as it is taken', () => {
  const item = priceItem(starter, wanted({ options: { disk: '50', backup: true, ips: 3 } }), 'items.0');
  expect(item.recurringMinor).toBe(500n + 200n + 150n + 300n);
  expect(item.setupMinor).toBe(1000n + 50n + 75n);
  expect(item.lines.find(({ description }) => description === 'ips')).toMatchObject({ quantity: 3, unitMinor: 100n });
});

test('what is never billed again costs nothing at renewal', () => {
  const noOptions = { ...starter, options: [] };
  expect(priceItem(noOptions, wanted({ cycle: 'one-time' }), 'items.0')).toMatchObject({
    totalMinor: 9900n,
    recurringMinor: 0n,
  });
});

test.each<[string, Partial<WantedItem>, string]>([
  ['a cycle it is not sold in', { cycle: 'annually' }, 'items.2.cycle'],
  ['a currency it is not sold in', { currency: 'USD' }, 'items.2.cycle'],
  ['an address for a domain', { domain: '192.0.2.7' }, 'items.2.domain'],
  ['an option it does not have', { options: { price: 0 } }, 'items.2.options.price'],
  ['a value the option does not have', { options: { disk: '500' } }, 'items.2.options.disk'],
  ['a number for a choice', { options: { disk: 10 } }, 'items.2.options.disk'],
  ['a text for yes or no', { options: { backup: 'yes' } }, 'items.2.options.backup'],
  ['a negative quantity', { options: { ips: -1 } }, 'items.2.options.ips'],
  ['half a piece', { options: { ips: 0.5 } }, 'items.2.options.ips'],
  ['more than there may be', { options: { ips: 6 } }, 'items.2.options.ips'],
  ['a value not sold in the cycle', { cycle: 'free', options: { disk: '50' } }, 'items.2.options.disk'],
])('%s is refused where it stands', (_, given, path) => {
  expect(issuesOf(() => priceItem(starter, wanted(given), 'items.2'))).toEqual([
    { path, message: expect.stringMatching(/./) },
  ]);
});

test('everything that is wrong is told at once', () => {
  const wrong = wanted({ domain: 'com', cycle: 'annually', options: { disk: '7', ips: 99 } });
  expect(issuesOf(() => priceItem(starter, wrong, 'items.0')).map(({ path }) => path)).toEqual([
    'items.0.domain',
    'items.0.cycle',
    'items.0.options.disk',
    'items.0.options.ips',
  ]);
});

const amounts = fc.bigInt({ min: 0n, max: 10n ** 12n });
const products = fc
  .record({
    amount: amounts,
    setup: amounts,
    each: amounts,
    eachSetup: amounts,
    yes: amounts,
    cycle: fc.constantFrom(...cycles()),
  })
  .map(({ amount, setup, each, eachSetup, yes, cycle }) => ({
    cycle,
    product: productWith({
      prices: [price(amount, setup, cycle)],
      options: [
        option('ips', 'quantity', [value('each', [price(each, eachSetup, cycle)])], 10_000),
        option('backup', 'yes_no', [value('yes', [price(yes, 0n, cycle)])]),
      ],
    }),
  }));

test('the lines add up, renewals leave the set-up out, and more never costs less', () => {
  fc.assert(
    fc.property(products, fc.nat(9_999), fc.boolean(), ({ product, cycle }, ips, backup) => {
      const item = priceItem(product, wanted({ cycle, options: { ips, backup } }), 'items.0');
      const more = priceItem(product, wanted({ cycle, options: { ips: ips + 1, backup } }), 'items.0');
      expect(item.lines.reduce((sum, line) => sum + line.amountMinor, 0n)).toBe(item.totalMinor);
      expect(item.lines.every((line) => line.amountMinor === line.unitMinor * BigInt(line.quantity))).toBe(true);
      expect(item.recurringMinor).toBe(isRecurring(cycle) ? item.totalMinor - item.setupMinor : 0n);
      expect(more.totalMinor >= item.totalMinor).toBe(true);
      expect(priceItem(product, wanted({ cycle, options: { ips, backup } }), 'items.0')).toEqual(item);
    }),
  );
});

test('no wish makes a price the product does not have', () => {
  const wishes = fc.record({
    cycle: fc.constantFrom(...cycles()),
    currency: fc.constantFrom('EUR', 'USD', 'eur', ''),
    domain: fc.oneof(fc.domain(), fc.string()),
    options: fc.dictionary(
      fc.constantFrom('disk', 'backup', 'ips', 'amountMinor', '__proto__'),
      fc.oneof(fc.string(), fc.boolean(), fc.double(), fc.integer()),
    ),
  });
  fc.assert(
    fc.property(wishes, (wish) => {
      try {
        const item = priceItem(starter, wish, 'items.0');
        expect(item.totalMinor >= 0n && item.currency === 'EUR').toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(Invalid);
      }
    }),
  );
});

function cycles(): Cycle[] {
  return Object.keys(CYCLE_MONTHS) as Cycle[];
}

function issuesOf(run: () => unknown): Invalid['issues'] {
  try {
    run();
  } catch (error) {
    if (error instanceof Invalid) return error.issues;
    throw error;
  }
  throw new Error('It was not refused.');
}

function productWith(parts: Pick<Product, 'prices' | 'options'>): Product {
  const now = new Date('2026-03-01');
  return {
    id: 'starter',
    productGroupId: 'hosting',
    groupName: 'Hosting',
    slug: 'starter',
    name: 'Starter',
    tagline: '',
    description: '',
    features: [],
    moduleId: 'shelf',
    moduleSettings: {},
    serverGroupId: 'shelves',
    withDns: true,
    withCertificate: true,
    withMailbox: true,
    withDatabase: false,
    stock: null,
    hidden: false,
    position: 0,
    createdAt: now,
    updatedAt: now,
    archivedAt: null,
    ...parts,
  };
}
