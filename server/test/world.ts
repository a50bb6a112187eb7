/**
 * A whole shop to act in: simulated panels over real HTTPS, mail over real SMTP, real jobs on a real database. Only the
 * clock is ours: it stands still until it is moved.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Logger } from 'pino';
import { uuidv7 } from 'uuidv7';
import { startSimulator, type WhmSimulator } from '../../modules/cpanel/simulator.ts';
import type { ProductInput } from '../src/catalogue/check-product.ts';
import { createProduct } from '../src/catalogue/create-product.ts';
import { createGroup } from '../src/catalogue/write-group.ts';
import { type Config, readConfig } from '../src/config.ts';
import type { MovableClock } from '../src/kit/clock.ts';
import type { Context } from '../src/kit/context.ts';
import { type MailCatcher, startMailCatcher } from '../src/mail/catcher.ts';
import { dispatch } from '../src/operations/dispatch.ts';
import { queueRun } from '../src/operations/run.job.ts';
import { type PlacedOrder, placeOrder } from '../src/orders/place-order.ts';
import { recordPayment } from '../src/payments/record-payment.ts';
import { writeGateway } from '../src/payments/write-gateway.ts';
import { createServer } from '../src/provisioning/create-server.ts';
import { createServerGroup } from '../src/provisioning/write-server-group.ts';
import { JOBS } from '../src/worker.ts';
import { type TestContext, testContext } from './context.ts';

export const PAYS = { number: '4242 4242 4242 4242', expiry: '12/99', cvc: '123' };
export const DECLINES = { ...PAYS, number: '4000 0000 0000 0002' };
export const ANSWER_LOST = { ...PAYS, number: '4000 0000 0000 0119' };

/** For `GATEWAYS_DIR`: worlds and their worker processes take money through a gateway that no shop has. */
export const TEST_GATEWAYS = path.join(import.meta.dirname, 'gateways');

export interface World extends TestContext {
  panels: WhmSimulator[];
  /** The first panel. */
  panel: WhmSimulator;
  serverIds: string[];
  serverGroupId: string;
  products: { starter: string; business: string; free: string };
  mailbox: MailCatcher;
  customer(
    profile?: Partial<{ email: string; firstName: string; lastName: string; company: string }>,
  ): Promise<Customer>;
  order(customer: Customer, order?: Partial<WorldOrder>): Promise<Placed>;
  /** A new customer orders, pays with a card that works, and everything that follows is done. */
  buys(order?: Partial<WorldOrder>): Promise<Placed & { customer: Customer }>;
  /** Staff record a bank transfer. */
  pays(invoiceId: string, amountMinor?: bigint, reference?: string): Promise<void>;
  service(serviceId: string): Promise<ServiceRow>;
  operations(serviceId: string): Promise<OperationRow[]>;
  steps(operationId: string): Promise<Record<string, string>>;
  credit(customerId: string): Promise<bigint>;
  mails(address: string): Promise<string[]>;
  /** Let everything that is due now happen. Waits in the future stay. */
  drain(): Promise<void>;
  /** Move the clock, then drain. */
  travel(by: { days?: number; hours?: number; minutes?: number; seconds?: number }): Promise<void>;
}

export interface Customer {
  customerId: string;
  email: string;
  ctx: Context;
}

interface WorldOrder {
  product: 'starter' | 'business' | 'free';
  domain: string;
  gateway: 'test-card' | 'manual';
  card: typeof PAYS;
  options: Record<string, string | number | boolean>;
  cycle: 'monthly' | 'annually' | 'free';
  useCredit: boolean;
}

interface Placed extends PlacedOrder {
  serviceId: string;
  domain: string;
}

type ServiceRow = Awaited<ReturnType<typeof readService>>;
type OperationRow = Awaited<ReturnType<typeof readOperations>>[number];

export interface WorldOptions {
  now?: string;
  /** One that goes by itself instead of standing still. */
  clock?: MovableClock;
  /** False when other processes do the work. */
  works?: boolean;
  /** One simulated panel each; one without limits when not given. */
  servers?: { maxAccounts?: number; concurrency?: number; licence?: number }[];
  product?: Partial<ProductInput>;
  log?: Logger;
  config?: Partial<Config>;
}

export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const mailbox = await startMailCatcher();
  const { gatewayFolders } = readConfig({ GATEWAYS_DIR: TEST_GATEWAYS });
  const context = await testContext({
    now: options.now,
    clock: options.clock,
    log: options.log,
    config: { gatewayFolders, smtpUrl: `smtp://127.0.0.1:${mailbox.port}`, ...options.config },
  });
  const { app, ctx, clock } = context;
  const bank = mkdtempSync(path.join(tmpdir(), 'hostwright-bank-'));
  const wanted = options.servers ?? [{}];
  const panels = await Promise.all(
    wanted.map(({ licence }, index) =>
      startSimulator({
        seed: index + 1,
        autosslSeconds: 0,
        now: () => clock.now(),
        packages: ['starter', 'business'],
        maxAccounts: licence,
      }),
    ),
  );
  const { serverGroupId } = await createServerGroup(ctx, { name: 'Shared', strategy: 'least_loaded' });
  const serverIds: string[] = [];
  for (const [index, panel] of panels.entries()) {
    const { serverId } = await createServer(ctx, {
      serverGroupId,
      name: `whm${index + 1}`,
      moduleId: 'cpanel',
      hostname: panel.hostname,
      port: panel.port,
      tlsMode: 'pin',
      tlsFingerprint: panel.fingerprint256,
      settings: panel.credentials,
      maxAccounts: wanted[index]?.maxAccounts ?? null,
      weight: 1,
      concurrency: wanted[index]?.concurrency ?? 2,
      nameservers: ['ns1.shop.test', 'ns2.shop.test'],
      maintenance: false,
      position: index,
    });
    serverIds.push(serverId);
  }
  await writeGateway(ctx, {
    gatewayId: 'manual',
    enabled: true,
    position: 1,
    settings: { instructions: 'IBAN AT00 0000' },
  });
  await writeGateway(ctx, { gatewayId: 'test-card', enabled: true, position: 0, settings: { folder: bank } });
  const products = await seedProducts(ctx, serverGroupId, options.product);
  if (options.works ?? true) await app.jobs.start(app, JOBS);

  const world: World = {
    ...context,
    panels,
    panel: panels[0] as WhmSimulator,
    serverIds,
    serverGroupId,
    products,
    mailbox,
    customer: (profile = {}) => newCustomer(context, profile),
    async order(customer, order = {}) {
      const domain = order.domain ?? `site-${uuidv7().slice(-8)}.test`;
      const placed = await placeOrder(customer.ctx, {
        customerId: customer.customerId,
        items: [
          {
            productId: products[order.product ?? 'starter'],
            cycle: order.cycle ?? (order.product === 'free' ? 'free' : 'monthly'),
            domain,
            options: order.options ?? {},
            answers: {},
          },
        ],
        gatewayId: order.gateway ?? 'test-card',
        payment: order.gateway === 'manual' ? {} : (order.card ?? PAYS),
        useCredit: order.useCredit ?? true,
      });
      const { id } = await context.app.db
        .selectFrom('service')
        .select('id')
        .where('orderId', '=', placed.orderId)
        .executeTakeFirstOrThrow();
      return { ...placed, serviceId: id, domain };
    },
    async buys(order) {
      const customer = await world.customer();
      const placed = await world.order(customer, order);
      await world.drain();
      return { ...placed, customer };
    },
    async pays(invoiceId, amountMinor, reference = `transfer ${uuidv7()}`) {
      const invoice = await app.db
        .selectFrom('invoice')
        .select('totalMinor')
        .where('id', '=', invoiceId)
        .executeTakeFirstOrThrow();
      await recordPayment(ctx, { invoiceId, amountMinor: amountMinor ?? invoice.totalMinor, reference });
    },
    service: (serviceId) => readService(context, serviceId),
    operations: (serviceId) => readOperations(context, serviceId),
    async steps(operationId) {
      const rows = await app.db
        .selectFrom('jobStep')
        .select(['name', 'state'])
        .where('runId', '=', operationId)
        .orderBy('position')
        .execute();
      return Object.fromEntries(rows.map(({ name, state }) => [name, state]));
    },
    async credit(customerId) {
      const rows = await app.db
        .selectFrom('creditEntry')
        .select('amountMinor')
        .where('customerId', '=', customerId)
        .execute();
      return rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    },
    async mails(address) {
      const rows = await app.db
        .selectFrom('mail')
        .select('template')
        .where('toAddress', '=', address)
        .orderBy('createdAt')
        .orderBy('id')
        .execute();
      return rows.map(({ template }) => template);
    },
    drain: () => drain(context),
    async travel(by) {
      clock.advance(by);
      await app.jobs.followClock();
      await drain(context);
    },
    async close() {
      await app.jobs.stop();
      await Promise.all(panels.map((panel) => panel.close()));
      await context.close();
      await mailbox.close();
      rmSync(bank, { recursive: true });
    },
  };
  return world;
}

/** Rounds of the dispatcher and of jobs until nothing is due any more. */
async function drain({ app }: TestContext): Promise<void> {
  for (let round = 0; round < 500; round++) {
    const queued = await dispatch(app, queueRun);
    await app.jobs.drained({ timeoutSeconds: 120 });
    if (queued === 0 && !(await hasLive(app.db))) return;
  }
  throw new Error('The shop does not come to rest.');
}

async function hasLive(db: TestContext['app']['db']): Promise<boolean> {
  const live = await db
    .selectFrom('operation')
    .select('id')
    .where('state', 'in', ['planned', 'running'])
    .executeTakeFirst();
  return live !== undefined;
}

async function newCustomer(
  { app, as, clock }: TestContext,
  profile: Parameters<World['customer']>[0] = {},
): Promise<Customer> {
  const customerId = uuidv7();
  const userId = uuidv7();
  const email = profile.email ?? `carla-${userId.slice(-8)}@customer.test`;
  const stamps = { createdAt: clock.now(), updatedAt: clock.now() };
  const { firstName = 'Carla', lastName = 'Customer', company = '' } = profile;
  await app.db
    .insertInto('loginUser')
    .values({ id: userId, name: firstName, email, ...stamps })
    .execute();
  await app.db
    .insertInto('customer')
    .values({ id: customerId, email, firstName, lastName, company, currency: 'USD', ...stamps })
    .execute();
  await app.db
    .insertInto('customerUser')
    .values({ customerId, userId, role: 'owner', createdAt: clock.now() })
    .execute();
  return { customerId, email, ctx: as({ kind: 'customer', userId, customerId, role: 'owner' }) };
}

const readService = ({ app }: TestContext, serviceId: string) =>
  app.db.selectFrom('service').selectAll().where('id', '=', serviceId).executeTakeFirstOrThrow();

const readOperations = ({ app }: TestContext, serviceId: string) =>
  app.db.selectFrom('operation').selectAll().where('serviceId', '=', serviceId).orderBy('id').execute();

async function seedProducts(ctx: Context, serverGroupId: string, more: Partial<ProductInput> = {}) {
  const { groupId } = await createGroup(ctx, {
    slug: 'hosting',
    name: 'Hosting',
    description: '',
    position: 0,
    hidden: false,
  });
  const product = async (
    slug: 'starter' | 'business' | 'free',
    prices: ProductInput['prices'],
    packageName: string,
  ) => {
    const { productId } = await createProduct(ctx, {
      productGroupId: groupId,
      slug,
      name: slug,
      tagline: '',
      description: '',
      features: [],
      moduleId: 'cpanel',
      moduleSettings: { package: packageName },
      serverGroupId,
      withDns: true,
      withCertificate: true,
      withMailbox: true,
      withDatabase: true,
      stock: null,
      hidden: false,
      position: 0,
      prices,
      options: [],
      ...more,
    });
    return productId;
  };
  const monthly = (amountMinor: number, setupMinor = 0) => [
    { currency: 'USD', cycle: 'monthly' as const, amountMinor, setupMinor },
  ];
  return {
    starter: await product('starter', monthly(500), 'starter'),
    business: await product('business', monthly(1500, 1000), 'business'),
    free: await product('free', [{ currency: 'USD', cycle: 'free', amountMinor: 0, setupMinor: 0 }], 'starter'),
  };
}
