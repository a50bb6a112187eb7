/**
 * A shop that sells: products, customers and gateways on a fresh database, with the consequences of money and orders.
 * No panel and no HTTP; for those there are worlds and doors.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  absent,
  defineModule,
  type GatewayDefinition,
  type ModuleDefinition,
  number,
  select,
  text,
} from '@hostwright/sdk';
import { uuidv7 } from 'uuidv7';
import manual from '../../gateways/manual/index.ts';
import { createProduct } from '../src/catalogue/create-product.ts';
import { productIn } from '../src/catalogue/schemas.ts';
import { createGroup } from '../src/catalogue/write-group.ts';
import type { MovableClock } from '../src/kit/clock.ts';
import { type App, type Context, createContext } from '../src/kit/context.ts';
import type { Flow } from '../src/kit/events.ts';
import type { Extensions } from '../src/kit/extensions.ts';
import { cancelVoidedOrder } from '../src/orders/cancel-order.ts';
import { followCancelledService, markOrderActive, markOrderPaid } from '../src/orders/order-state.ts';
import { writeGateway } from '../src/payments/write-gateway.ts';
import { readShopSettings, storeShopSettings } from '../src/staff/settings.ts';
import { testContext } from './context.ts';
import testCard from './gateways/test-card/index.ts';

export const CARD = { number: '4242 4242 4242 4242', expiry: '12/99', cvc: '123' };
export const DECLINED_CARD = { ...CARD, number: '4000 0000 0000 0002' };
export const LOST_ANSWER_CARD = { ...CARD, number: '4000 0000 0000 0119' };

/** A panel nobody calls; its fields are what products and orders are checked against. */
export const shelf = defineModule({
  sdk: 1,
  id: 'shelf',
  name: 'Shelf',
  defaultPort: 443,
  server: {},
  product: {
    plan: text('Plan'),
    quotaMb: number('Quota', { default: 1000, min: 1 }),
    place: select(
      'Place',
      [
        { value: 'at', label: 'Vienna' },
        { value: 'de', label: 'Berlin' },
      ],
      { default: 'at' },
    ),
  },
  order: { motto: text('Motto', { required: false }) },
  usernames: { maxLength: 16, reserved: [], pattern: '[a-z][a-z0-9]*' },
  testConnection: async () => ({ version: 'Shelf 1', ok: true, privileges: [], packages: [], warnings: [] }),
  find: async () => absent,
  create: async () => {
    throw new Error('Nobody makes accounts in this shop.');
  },
});

export interface Shop {
  app: App;
  /** Acts as the system. */
  ctx: Context;
  clock: MovableClock;
  serverGroupId: string;
  productGroupId: string;
  /** A context of the customer. */
  as(customerId: string): Context;
  customer(currency?: string): Promise<string>;
  /** A product; what is not given is cheap hosting in EUR. */
  product(given?: Record<string, unknown>): Promise<string>;
  close(): Promise<void>;
}

export async function openShop(options: { gateways?: GatewayDefinition[] } = {}): Promise<Shop> {
  const bank = mkdtempSync(path.join(tmpdir(), 'hostwright-bank-'));
  const gateways = [manual, testCard, ...(options.gateways ?? [])] as unknown as GatewayDefinition[];
  const context = await testContext({
    now: '2026-03-01T12:00:00Z',
    config: { databaseConnections: 20 },
    app: {
      outbox: { queue: async () => uuidv7() },
      flow: SALES,
      modules: present([shelf as unknown as ModuleDefinition]),
      gateways: present(gateways),
    },
  });
  const { app, ctx, clock } = context;
  const { db } = app;
  await storeShopSettings(db, { ...(await readShopSettings(db)), currencies: ['EUR', 'USD'] }, clock.now());
  const serverGroupId = uuidv7();
  const times = { createdAt: clock.now(), updatedAt: clock.now() };
  await db
    .insertInto('serverGroup')
    .values({ id: serverGroupId, name: 'Shelves', strategy: 'least_loaded', ...times })
    .execute();
  const group = { slug: 'hosting', name: 'Hosting', description: '', position: 0, hidden: false };
  const { groupId: productGroupId } = await createGroup(ctx, group);
  await writeGateway(ctx, {
    gatewayId: 'manual',
    enabled: true,
    position: 0,
    settings: { instructions: 'Reference {number}' },
  });
  await writeGateway(ctx, { gatewayId: 'test-card', enabled: true, position: 1, settings: { folder: bank } });
  for (const { id } of options.gateways ?? [])
    await writeGateway(ctx, { gatewayId: id, enabled: true, position: 2, settings: {} });

  return {
    app,
    ctx,
    clock,
    serverGroupId,
    productGroupId,
    as: (customerId) => createContext(app, { kind: 'customer', userId: customerId, customerId, role: 'owner' }),
    async customer(currency = 'EUR') {
      const id = uuidv7();
      await db
        .insertInto('customer')
        .values({
          id,
          email: `${id}@customer.test`,
          firstName: 'Carla',
          lastName: 'Customer',
          city: 'Wien',
          currency,
          ...times,
        })
        .execute();
      return id;
    },
    async product(given = {}) {
      const product = productIn.parse({
        productGroupId,
        serverGroupId,
        slug: `starter-${uuidv7()}`,
        name: 'Starter',
        moduleId: 'shelf',
        moduleSettings: { plan: 'starter' },
        prices: [{ currency: 'EUR', cycle: 'monthly', amountMinor: 500 }],
        ...given,
      });
      return (await createProduct(ctx, product)).productId;
    },
    async close() {
      await context.close();
      rmSync(bank, { recursive: true, force: true });
    },
  };
}

/** What follows from money in this shop; flow.ts has these too, and provisioning besides. */
const SALES: Flow = {
  'invoice.paid': [markOrderPaid],
  'invoice.voided': [cancelVoidedOrder],
  'service.active': [markOrderActive],
  'service.cancelled': [followCancelledService],
};

function present<D extends { id: string }>(all: D[]): Extensions<D & { sdk: number; name: string }> {
  const definitions = all as (D & { sdk: number; name: string })[];
  return {
    get: (id) => definitions.find((definition) => definition.id === id),
    all: () => definitions,
    folders: () => [],
    rescan: async () => [],
  };
}
