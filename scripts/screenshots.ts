/**
 * Pictures of all main pages, taken of a demo shop that has three months behind it.
 *
 * `node scripts/screenshots.ts` renews docs/screenshots and its index, docs/screens.md, with what one sees at a glance, as
 * WebP. `node scripts/screenshots.ts <folder> [part of a name …]` puts whole pages into that folder, for looking at: on
 * desktop and phone, in light and dark. SHOP_URL names a shop that runs already; it then gets customers, but no past.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { contextOf, type Device, openBrowser, PATIENCE_MS } from '../e2e/browser.ts';
import { fillShop } from '../e2e/busy-day.ts';
import { buyStarter, byCard } from '../e2e/checkout.ts';
import { settled, wear } from '../e2e/look.ts';
import { startMailedShop } from '../e2e/mailed-shop.ts';
import { panelsOf } from '../e2e/panels.ts';
import { newcomer, OWNER, signIn } from '../e2e/people.ts';
import { type Door, PICTURES, type Picture, writeIndex } from './screens.ts';

type Scheme = 'light' | 'dark';

const MAX_KEPT_BYTES = 150_000;
const QUALITY = 82;
const KEPT = path.join(import.meta.dirname, '../docs/screenshots');
/** Whose making is watched. */
const DOMAINS = { desktop: 'priya-gardens.example', phone: 'priya-seeds.example' } satisfies Record<Device, string>;

const [folder, ...parts] = process.argv.slice(2);
const target = folder ? path.resolve(folder) : KEPT;
const wanted = (device: Device) =>
  PICTURES.filter(({ name, phone }) => (device === 'desktop' || phone || folder) && matches(name));
const matches = (name: string) => parts.length === 0 || parts.some((part) => name.includes(part));
mkdirSync(target, { recursive: true });

const running = process.env.SHOP_URL;
const shop = running ? { url: running, stop: undefined } : await startMailedShop({ travels: true });
const browser = await openBrowser();
let bytes = 0;
try {
  const customer = await fillShop(shop);
  for (const device of ['desktop', 'phone'] as const) await takeAll(browser, device, { ...OWNER, customer });
  if (!folder && !process.exitCode) writeIndex(path.join(KEPT, '../screens.md'));
  console.log(`${Math.round(bytes / 1000)} kB in all`);
} finally {
  await browser.close();
  await shop.stop?.();
}

async function takeAll(
  browser: Browser,
  device: Device,
  { customer, ...owner }: typeof OWNER & { customer: typeof OWNER },
) {
  const logins: Record<Door, typeof OWNER | undefined> = { store: undefined, portal: customer, admin: owner };
  for (const door of Object.keys(logins) as Door[]) {
    const page = await enter(browser, device, logins[door]);
    for (const picture of wanted(device).filter((one) => one.door === door && one.go)) {
      try {
        await picture.go?.(page);
        await take(page, device, picture);
      } catch (error) {
        console.error(`${picture.name}, ${device}:`, error);
        process.exitCode = 1;
      }
    }
    await page.context().close();
  }
  if (wanted(device).some(({ go }) => !go)) await takeProgress(browser, device);
}

/** The one page that is about time: caught while the mailbox is being made. */
async function takeProgress(browser: Browser, device: Device) {
  const staff = await enter(browser, device, OWNER);
  const panels = await panelsOf(staff);
  for (const panel of panels) await panel.addFault({ on: 'createMailbox', kind: 'slow', delayMs: PATIENCE_MS / 4 });
  const page = await enter(browser, device, undefined);
  await buyStarter(page, { ...newcomer('Priya'), domain: DOMAINS[device] }, byCard);
  await page
    .getByRole('listitem')
    .filter({ hasText: /Mailbox: Running\s*[3-9] s/ })
    .waitFor();
  await take(page, device, { name: 'progress' });
  for (const panel of panels) await panel.clearFaults();
  await page.getByRole('heading', { level: 1, name: 'Your hosting is ready' }).waitFor();
  await take(page, device, { name: 'ready' });
  await page.context().close();
  await staff.context().close();
}

async function enter(browser: Browser, device: Device, login: typeof OWNER | undefined) {
  const context = await browser.newContext(contextOf(device, shop.url));
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  if (!login) return page;
  await page.goto('/sign-in');
  await signIn(page, login);
  await page.waitForURL(/\/(admin|portal)$/);
  return page;
}

async function take(page: Page, device: Device, { name }: Pick<Picture, 'name'>) {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('.mantine-Notification-root').first().waitFor({ state: 'detached' });
  if (folder) await page.evaluate(() => window.scrollTo(0, 0));
  for (const scheme of ['light', 'dark'] satisfies Scheme[]) {
    await wear(page, scheme);
    await settled(page);
    await write(page, `${name}-${device}-${scheme}`);
  }
}

async function write(page: Page, name: string) {
  if (folder) return page.screenshot({ path: path.join(target, `${name}.png`), fullPage: true });
  // Playwright writes PNG and JPEG; Chromium itself can do with a third of their size.
  const chromium = await page.context().newCDPSession(page);
  const { data } = await chromium.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  await chromium.detach();
  const image = Buffer.from(data, 'base64');
  writeFileSync(path.join(target, `${name}.webp`), image);
  bytes += image.length;
  if (image.length > MAX_KEPT_BYTES) throw new Error(`${name} is larger than ${MAX_KEPT_BYTES} bytes.`);
}
