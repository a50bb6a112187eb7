/** The demo shop: everything in it is made up and says so. It is made once, in an empty database. */

import { uuidv7 } from 'uuidv7';
import type { ProductInput } from '../catalogue/check-product.ts';
import { createProduct } from '../catalogue/create-product.ts';
import { createGroup } from '../catalogue/write-group.ts';
import type { Context, TransactionContext } from '../kit/context.ts';
import { writeGateway } from '../payments/write-gateway.ts';
import { createServer } from '../provisioning/create-server.ts';
import { createServerGroup } from '../provisioning/write-server-group.ts';
import { createLogin } from '../staff/create-login.ts';
import { type DemoLogin, storeDemoLogins } from '../staff/demo-logins.ts';
import { insertStaff } from '../staff/insert-staff.ts';
import { hashPassword } from '../staff/password.ts';
import { readShopSettings, storeShopSettings } from '../staff/settings.ts';
import { type DemoPanel, PACKAGES } from './panels.ts';

const PASSWORD = 'hostwright-demo';

export const DEMO_LOGINS: DemoLogin[] = [
  { label: 'Owner', email: 'owner@demo.example', password: PASSWORD },
  { label: 'Support', email: 'support@demo.example', password: PASSWORD },
  { label: 'Customer', email: 'customer@demo.example', password: PASSWORD },
];

/** The setting that marks a database as the demo shop's; `start-shop.ts` looks for it. */
const MARK = 'demo';

/**
 * Make the demo shop. Its cards are taken by the simulated Stripe, which every start connects anew (`stripe.ts`).
 * @param panels the simulated servers it sells accounts on
 */
export async function seedDemo(ctx: Context, panels: DemoPanel[]): Promise<void> {
  const passwordHash = await hashPassword(PASSWORD);
  await ctx.transaction(async (tx) => {
    const now = tx.clock.now();
    await storeShopSettings(
      tx.db,
      {
        ...(await readShopSettings(tx.db)),
        shopName: 'Demo Hosting',
        shopAddress: '1 Example Street (made up)\nExampleton',
        supportEmail: 'support@demo.example',
        currencies: ['USD', 'EUR'],
      },
      now,
    );
    await seedPeople(tx, passwordHash);
    const { serverGroupId } = await createServerGroup(tx, { name: 'Shared cPanel servers', strategy: 'least_loaded' });
    for (const [position, panel] of panels.entries()) await seedServer(tx, { panel, position, serverGroupId });
    await seedCatalogue(tx, serverGroupId);
    await writeGateway(tx, {
      gatewayId: 'manual',
      enabled: true,
      position: 1,
      settings: {
        instructions:
          'Demo only: no bank will take this.\nIBAN XX00 0000 0000 0000\nSign in as the owner and record the payment on the invoice.',
      },
    });
    await storeDemoLogins(tx.db, DEMO_LOGINS, now);
    await tx.db
      .insertInto('setting')
      .values({ key: MARK, value: JSON.stringify(true), updatedAt: now })
      .execute();
  });
}

async function seedPeople(tx: TransactionContext, passwordHash: string): Promise<void> {
  const login = (name: string, email: string) => createLogin(tx, { name, email, passwordHash, emailVerified: true });
  await insertStaff(tx, { userId: await login('Demo Owner', 'owner@demo.example'), role: 'owner' });
  await insertStaff(tx, { userId: await login('Demo Support', 'support@demo.example'), role: 'support' });
  const userId = await login('Demo Customer', 'customer@demo.example');
  const customerId = uuidv7();
  const now = tx.clock.now();
  await tx.db
    .insertInto('customer')
    .values({
      id: customerId,
      email: 'customer@demo.example',
      firstName: 'Demo',
      lastName: 'Customer',
      addressLine1: '2 Example Street',
      city: 'Exampleton',
      currency: 'USD',
      createdAt: now,
      updatedAt: now,
    })
    .execute();
  await tx.db.insertInto('customerUser').values({ customerId, userId, role: 'owner', createdAt: now }).execute();
}

async function seedServer(
  tx: TransactionContext,
  { panel, position, serverGroupId }: { panel: DemoPanel; position: number; serverGroupId: string },
) {
  await createServer(tx, {
    serverGroupId,
    name: panel.name,
    moduleId: 'cpanel',
    hostname: panel.hostname,
    port: panel.port,
    tlsMode: 'pin',
    tlsFingerprint: panel.fingerprint256,
    settings: panel.credentials,
    maxAccounts: 200,
    weight: 1,
    concurrency: 2,
    nameservers: ['ns1.demo.example', 'ns2.demo.example'],
    maintenance: false,
    position,
  });
}

type Amounts = Partial<Record<'monthly' | 'annually' | 'triennially', number>>;

/** The same numbers in both currencies: it is a demo. */
const prices = (amounts: Amounts, setupMinor = 0): ProductInput['prices'] =>
  ['USD', 'EUR'].flatMap((currency) =>
    Object.entries(amounts).map(([cycle, amountMinor]) => ({
      currency,
      cycle: cycle as keyof Amounts,
      amountMinor,
      setupMinor,
    })),
  );

async function seedCatalogue(tx: TransactionContext, serverGroupId: string): Promise<void> {
  const group = (slug: string, name: string, description: string, position: number) =>
    createGroup(tx, { slug, name, description, position, hidden: false });
  const hosting = await group(
    'web-hosting',
    'Web hosting',
    'Fast, simple hosting with cPanel, mail and a certificate for every site.',
    0,
  );
  const trial = await group('try-it', 'Try it', 'Everything of a small plan for nothing. No card needed.', 1);
  const base = {
    description: '',
    moduleId: 'cpanel',
    serverGroupId,
    withDns: true,
    withCertificate: true,
    withMailbox: true,
    withDatabase: true,
    stock: null,
    hidden: false,
  } as const;
  const backups: ProductInput['options'][number] = {
    code: 'daily_backups',
    name: 'Daily backups',
    help: 'Kept for 30 days.',
    kind: 'yes_no',
    minQuantity: 0,
    maxQuantity: 1,
    values: [
      {
        value: 'yes',
        label: 'Daily backups',
        isDefault: false,
        prices: prices({ monthly: 200, annually: 2000, triennially: 5400 }),
      },
    ],
  };
  const domains: ProductInput['options'][number] = {
    code: 'extraDomains',
    name: 'Extra websites',
    help: 'Each with its own domain.',
    kind: 'quantity',
    minQuantity: 0,
    maxQuantity: 10,
    values: [
      {
        value: 'each',
        label: 'Extra website',
        isDefault: false,
        prices: prices({ monthly: 100, annually: 1000, triennially: 2700 }),
      },
    ],
  };
  const space: ProductInput['options'][number] = {
    code: 'package',
    name: 'Disk space',
    help: 'Can be changed later.',
    kind: 'choice',
    minQuantity: 0,
    maxQuantity: 1,
    values: [
      { value: PACKAGES.business, label: '50 GB', isDefault: true, prices: [] },
      {
        value: PACKAGES.businessPlus,
        label: '100 GB',
        isDefault: false,
        prices: prices({ monthly: 500, annually: 5000, triennially: 13500 }),
      },
    ],
  };
  await createProduct(tx, {
    ...base,
    productGroupId: hosting.groupId,
    slug: 'starter',
    name: 'Starter',
    tagline: 'For your first website',
    features: ['1 website', '10 GB disk space', '10 mailboxes', 'Free certificate'],
    moduleSettings: { package: PACKAGES.starter },
    position: 0,
    prices: prices({ monthly: 499, annually: 4990, triennially: 13490 }),
    options: [backups],
  });
  await createProduct(tx, {
    ...base,
    productGroupId: hosting.groupId,
    slug: 'business',
    name: 'Business',
    tagline: 'For shops and growing sites',
    features: ['10 websites', '50 GB disk space', 'Unlimited mailboxes', 'Free certificate', 'Daily malware scan'],
    moduleSettings: { package: PACKAGES.business },
    position: 1,
    prices: prices({ monthly: 1299, annually: 12990, triennially: 34990 }),
    options: [space, backups, domains],
  });
  await createProduct(tx, {
    ...base,
    productGroupId: hosting.groupId,
    slug: 'agency',
    name: 'Agency',
    tagline: 'For those who host for others',
    features: ['100 websites', '200 GB disk space', 'Unlimited mailboxes', 'Priority support'],
    moduleSettings: { package: PACKAGES.agency },
    position: 2,
    prices: prices({ monthly: 3999, annually: 39990 }, 1500),
    options: [backups],
  });
  await createProduct(tx, {
    ...base,
    productGroupId: trial.groupId,
    slug: 'free',
    name: 'Free',
    tagline: 'See how it feels',
    features: ['1 website', '1 GB disk space', 'Free certificate'],
    moduleSettings: { package: PACKAGES.free },
    withDatabase: false,
    position: 0,
    prices: ['USD', 'EUR'].map((currency) => ({ currency, cycle: 'free' as const, amountMinor: 0, setupMinor: 0 })),
    options: [],
  });
}
