/**
 * Pictures of the main pages, taken of a demo shop after a busy day.
 *
 * `node scripts/screenshots.ts` renews the ones in docs/screenshots; `node scripts/screenshots.ts <folder>` puts every
 * page, on desktop and phone, in light and dark, into that folder, for looking at. SHOP_URL names a shop that runs already.
 */
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { contextOf, type Device, openBrowser, PATIENCE_MS } from '../e2e/browser.ts';
import { busyDay } from '../e2e/busy-day.ts';
import { buyStarter, byCard, chooseCard } from '../e2e/checkout.ts';
import { settled } from '../e2e/look.ts';
import { panelsOf } from '../e2e/panels.ts';
import { newcomer, OWNER, signIn } from '../e2e/people.ts';
import { startShopProcess } from '../e2e/shop-process.ts';

type Scheme = 'light' | 'dark';
type Look = `${Device}-${Scheme}`;
type Person = 'visitor' | 'customer' | 'owner';

interface Picture {
  name: string;
  who: Person;
  /** To the page, from anywhere. */
  go: (page: Page) => Promise<unknown>;
  /** The looks that are kept in docs/screenshots. */
  kept?: Look[];
}

const MAX_KEPT_BYTES = 200_000;
const LOOKS: Look[] = ['desktop-light', 'desktop-dark', 'phone-light', 'phone-dark'];
const KEPT = path.join(import.meta.dirname, '../docs/screenshots');
const CHECKOUT = '/checkout/business?currency=USD&cycle=monthly&domain=weber-bikes.example&option.daily_backups=yes';
/** Whose making is watched. */
const DOMAINS = { desktop: 'priya-gardens.example', phone: 'priya-seeds.example' } satisfies Record<Device, string>;
const NEEDS_STAFF = 'okafor-law.example';

const at = (address: string) => (page: Page) => page.goto(address);

/** From a list to the first row that holds the text. */
const inList = (address: string, text: string | RegExp) => async (page: Page) => {
  await page.goto(address);
  await page
    .locator('main')
    .getByRole('row')
    .or(page.getByRole('listitem'))
    .filter({ hasText: text })
    .getByRole('link')
    .first()
    .click();
};

const PICTURES: Picture[] = [
  { name: 'store', who: 'visitor', go: at('/'), kept: ['desktop-light', 'desktop-dark', 'phone-light'] },
  {
    name: 'product',
    who: 'visitor',
    go: at('/products/business?currency=USD'),
    kept: ['desktop-light', 'phone-light'],
  },
  { name: 'sign-in', who: 'visitor', go: at('/sign-in') },
  { name: 'checkout-account', who: 'visitor', go: at(CHECKOUT) },
  {
    name: 'checkout',
    who: 'customer',
    go: async (page) => {
      await page.goto(CHECKOUT);
      await chooseCard(page);
      await page.evaluate(() => window.scrollTo(0, 0));
    },
    kept: ['desktop-light', 'phone-light'],
  },
  { name: 'portal', who: 'customer', go: at('/portal'), kept: ['desktop-light'] },
  { name: 'service', who: 'customer', go: inList('/portal/services', 'weber'), kept: ['desktop-light', 'phone-dark'] },
  { name: 'invoice', who: 'customer', go: inList('/portal/invoices', /INV/), kept: ['desktop-light'] },
  { name: 'security', who: 'customer', go: at('/portal/security') },
  {
    name: 'admin-overview',
    who: 'owner',
    go: at('/admin'),
    kept: ['desktop-light', 'desktop-dark', 'phone-light'],
  },
  { name: 'admin-orders', who: 'owner', go: at('/admin/orders'), kept: ['desktop-light', 'phone-light'] },
  { name: 'admin-order', who: 'owner', go: inList('/admin/orders', 'weber-bikes'), kept: ['desktop-light'] },
  { name: 'admin-invoice', who: 'owner', go: inList('/admin/invoices', 'Nora') },
  { name: 'admin-customer', who: 'owner', go: inList('/admin/customers', 'Jonas') },
  { name: 'admin-service', who: 'owner', go: inList('/admin/services', 'weber-bikes') },
  { name: 'admin-operation', who: 'owner', go: inList('/admin/operations', 'weber-bikes'), kept: ['desktop-light'] },
  {
    name: 'admin-needs-staff',
    who: 'owner',
    go: inList('/admin/operations', NEEDS_STAFF),
    kept: ['desktop-light', 'phone-light'],
  },
  {
    name: 'admin-panel-call',
    who: 'owner',
    go: inList('/admin/panel-log?search=createacct', 'createacct'),
    kept: ['desktop-light'],
  },
  { name: 'admin-mails', who: 'owner', go: at('/admin/mails') },
  { name: 'admin-mail', who: 'owner', go: inList('/admin/mails', /weber-bikes.* is ready/), kept: ['desktop-light'] },
  { name: 'admin-alerts', who: 'owner', go: at('/admin/alerts') },
  { name: 'admin-products', who: 'owner', go: at('/admin/products') },
  { name: 'admin-product', who: 'owner', go: inList('/admin/products', 'Business'), kept: ['desktop-light'] },
  { name: 'admin-servers', who: 'owner', go: at('/admin/servers') },
  {
    name: 'admin-server-test',
    who: 'owner',
    go: async (page) => {
      await inList('/admin/servers', 'demo-whm-1')(page);
      await page.getByRole('link', { name: 'Edit' }).click();
      await page.getByRole('button', { name: 'Test connection' }).click();
      await page.getByRole('button', { name: 'Test connection', disabled: false }).waitFor();
      await page.getByRole('button', { name: 'Test connection' }).scrollIntoViewIfNeeded();
    },
    kept: ['desktop-light'],
  },
  { name: 'admin-audit', who: 'owner', go: at('/admin/audit') },
];

const [folder] = process.argv.slice(2);
const wanted = (picture: { kept?: Look[] }) => (folder ? LOOKS : (picture.kept ?? []));
const target = folder ? path.resolve(folder) : KEPT;
mkdirSync(target, { recursive: true });

const shop = process.env.SHOP_URL ? undefined : await startShopProcess();
const browser = await openBrowser();
try {
  await takeAll(browser, shop?.url ?? process.env.SHOP_URL ?? '');
} finally {
  await browser.close();
  await shop?.stop();
}

async function takeAll(browser: Browser, shopUrl: string) {
  const staff = await enter(browser, shopUrl, 'desktop', OWNER);
  const customer = await busyDay(browser, staff, shopUrl);
  for (const device of ['desktop', 'phone'] as const) {
    const logins = { visitor: undefined, customer, owner: OWNER };
    for (const who of Object.keys(logins) as Person[]) {
      const page = await enter(browser, shopUrl, device, logins[who]);
      for (const picture of PICTURES.filter((one) => one.who === who)) {
        if (!wanted(picture).some((look) => look.startsWith(device))) continue;
        await picture.go(page);
        await take(page, device, picture);
      }
      await page.context().close();
    }
    await takeProgress(browser, shopUrl, { device, staff });
  }
}

/** The one page that is about time: caught while the mailbox is being made. */
async function takeProgress(browser: Browser, shopUrl: string, { device, staff }: { device: Device; staff: Page }) {
  const panels = await panelsOf(staff);
  for (const panel of panels) await panel.addFault({ on: 'createMailbox', kind: 'slow', delayMs: PATIENCE_MS / 4 });
  const page = await enter(browser, shopUrl, device, undefined);
  await buyStarter(page, { ...newcomer('Priya'), domain: DOMAINS[device] }, byCard);
  await page
    .getByRole('listitem')
    .filter({ hasText: /Mailbox: Running\s*[3-9] s/ })
    .waitFor();
  await take(page, device, { name: 'progress', kept: ['desktop-light', 'desktop-dark', 'phone-light'] });
  for (const panel of panels) await panel.clearFaults();
  await page.getByRole('heading', { level: 1, name: 'Your hosting is ready' }).waitFor();
  await take(page, device, { name: 'ready' });
  await page.context().close();
}

async function enter(browser: Browser, shopUrl: string, device: Device, login: typeof OWNER | undefined) {
  const context = await browser.newContext(contextOf(device, shopUrl));
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  if (!login) return page;
  await page.goto('/sign-in');
  await signIn(page, login);
  await page.waitForURL(/\/(admin|portal)$/);
  return page;
}

async function take(page: Page, device: Device, picture: { name: string; kept?: Look[] }) {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('.mantine-Notification-root').first().waitFor({ state: 'detached' });
  if (folder) await page.evaluate(() => window.scrollTo(0, 0));
  for (const look of wanted(picture).filter((one) => one.startsWith(device))) {
    const scheme: Scheme = look.endsWith('dark') ? 'dark' : 'light';
    await page.emulateMedia({ colorScheme: scheme });
    await page.locator(`html[data-mantine-color-scheme=${scheme}]`).waitFor({ state: 'attached' });
    await settled(page);
    const file = path.join(target, `${picture.name}-${look}.png`);
    await page.screenshot({ path: file, fullPage: folder !== undefined });
    const { size } = statSync(file);
    console.log(`${picture.name}-${look}.png ${Math.round(size / 1000)} kB`);
    if (!folder && size > MAX_KEPT_BYTES) throw new Error(`${file} is larger than ${MAX_KEPT_BYTES} bytes.`);
  }
}
