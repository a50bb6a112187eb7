/** The main pages of the shop as one table, and the page of docs/ that shows their pictures. */
import { writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

export type Door = 'store' | 'portal' | 'admin';

export interface Picture {
  name: string;
  door: Door;
  /** What the reader sees, for the index. */
  title: string;
  /** To the page, from anywhere; missing for pages that are caught on the way. */
  go?: (page: Page) => Promise<unknown>;
  /** Kept as it looks on a phone, too. */
  phone?: true;
}

const CHECKOUT = '/checkout/business?currency=USD&cycle=monthly&domain=weber-bikes.example&option.daily_backups=yes';

const at = (address: string) => (page: Page) => page.goto(address);

/** From a list to the first row that holds the text. */
const inList = (address: string, text: string | RegExp) => async (page: Page) => {
  await page.goto(address);
  const list = await page.getByRole('heading', { level: 1 }).innerText();
  await page
    .getByRole('main')
    .getByRole('row')
    .or(page.getByRole('main').getByRole('listitem'))
    .filter({ hasText: text })
    .getByRole('link')
    .first()
    .click();
  await page.getByRole('heading', { level: 1 }).filter({ hasNotText: list }).waitFor();
};

const press = (address: string, button: string) => async (page: Page) => {
  await page.goto(address);
  await page.getByRole('button', { name: button }).first().click();
};

export const PICTURES: Picture[] = [
  { name: 'store', door: 'store', title: 'The store', go: at('/'), phone: true },
  { name: 'product', door: 'store', title: 'A product', go: at('/products/business?currency=USD'), phone: true },
  { name: 'checkout-account', door: 'store', title: 'Checkout, who orders', go: at(CHECKOUT) },
  { name: 'progress', door: 'store', title: 'Watching the account being made', phone: true },
  { name: 'ready', door: 'store', title: 'Ready' },
  { name: 'sign-in', door: 'store', title: 'Sign in', go: at('/sign-in'), phone: true },
  { name: 'forgot-password', door: 'store', title: 'A new password', go: at('/forgot-password') },

  { name: 'portal', door: 'portal', title: 'Home', go: at('/portal'), phone: true },
  {
    name: 'checkout',
    door: 'portal',
    title: 'Checkout, how to pay',
    go: at(CHECKOUT),
    phone: true,
  },
  { name: 'services', door: 'portal', title: 'Services', go: at('/portal/services') },
  { name: 'service', door: 'portal', title: 'A service', go: inList('/portal/services', 'weber-bikes'), phone: true },
  {
    name: 'change-package',
    door: 'portal',
    title: 'Changing the package',
    async go(page) {
      await inList('/portal/services', 'weber-rental')(page);
      await page.getByRole('link', { name: 'Change package' }).click();
      await page.getByRole('radio', { name: /^Business/ }).check();
      await page.getByText('Due now').waitFor();
    },
  },
  { name: 'invoices', door: 'portal', title: 'Invoices', go: at('/portal/invoices') },
  { name: 'invoice', door: 'portal', title: 'An invoice', go: inList('/portal/invoices', /INV/), phone: true },
  { name: 'orders', door: 'portal', title: 'Orders', go: at('/portal/orders') },
  { name: 'payment-methods', door: 'portal', title: 'Payment methods', go: at('/portal/payment-methods') },
  { name: 'credit', door: 'portal', title: 'Credit', go: at('/portal/credit') },
  { name: 'profile', door: 'portal', title: 'Profile', go: at('/portal/profile') },
  { name: 'users', door: 'portal', title: 'Users and their rights', go: at('/portal/users') },
  { name: 'portal-api-keys', door: 'portal', title: 'API keys', go: at('/portal/api-keys') },
  { name: 'security', door: 'portal', title: 'Security', go: at('/portal/security') },

  { name: 'admin-overview', door: 'admin', title: 'Overview', go: at('/admin'), phone: true },
  {
    name: 'admin-palette',
    door: 'admin',
    title: 'Going anywhere by a few letters',
    async go(page) {
      await page.goto('/admin');
      await page.getByRole('button', { name: 'Search', exact: true }).click();
      await page.getByRole('combobox', { name: 'Search' }).fill('weber');
      await page.getByRole('option', { name: /Weber/ }).first().waitFor();
    },
  },
  { name: 'admin-alerts', door: 'admin', title: 'Alerts', go: at('/admin/alerts'), phone: true },
  { name: 'admin-customers', door: 'admin', title: 'Customers', go: at('/admin/customers') },
  {
    name: 'admin-customer',
    door: 'admin',
    title: 'A customer',
    go: inList('/admin/customers', 'jonas@'),
    phone: true,
  },
  { name: 'admin-orders', door: 'admin', title: 'Orders', go: at('/admin/orders'), phone: true },
  {
    name: 'admin-order',
    door: 'admin',
    title: 'An order as one story',
    go: inList('/admin/orders', 'weber-bikes'),
    phone: true,
  },
  {
    name: 'admin-new-order',
    door: 'admin',
    title: 'Ordering for a customer',
    async go(page) {
      await inList('/admin/customers', 'jonas@')(page);
      await page.getByRole('link', { name: 'Add order' }).click();
      await page.getByRole('combobox', { name: 'Product' }).fill('business');
      await page.getByRole('option', { name: /^Business/ }).click();
      await page.getByRole('region', { name: 'The order' }).getByText('Total').waitFor();
    },
  },
  { name: 'admin-invoices', door: 'admin', title: 'Invoices', go: at('/admin/invoices') },
  { name: 'admin-invoice', door: 'admin', title: 'An invoice', go: inList('/admin/invoices', 'Paula') },
  {
    name: 'admin-new-invoice',
    door: 'admin',
    title: 'An invoice by hand',
    async go(page) {
      await inList('/admin/customers', 'jonas@')(page);
      await page.getByRole('link', { name: 'Add invoice' }).click();
      await page.getByLabel('Description').first().fill('Moving a shop from another host');
    },
  },
  { name: 'admin-payments', door: 'admin', title: 'Payments', go: at('/admin/payments') },
  {
    name: 'admin-payment',
    door: 'admin',
    title: 'A payment, partly refunded',
    go: inList('/admin/payments', 'Khan'),
  },
  {
    name: 'admin-refund',
    door: 'admin',
    title: 'Refunding a payment',
    async go(page) {
      await inList('/admin/payments', 'Khan')(page);
      await page.getByRole('button', { name: 'Refund', exact: true }).click();
    },
  },
  { name: 'admin-services', door: 'admin', title: 'Services', go: at('/admin/services') },
  {
    name: 'admin-service',
    door: 'admin',
    title: 'A service',
    go: inList('/admin/services', 'weber-bikes'),
    phone: true,
  },
  {
    name: 'admin-service-suspended',
    door: 'admin',
    title: 'A service suspended for abuse',
    go: inList('/admin/services', 'fjord-guides'),
  },
  { name: 'admin-operations', door: 'admin', title: 'Operations', go: at('/admin/operations') },
  {
    name: 'admin-operation',
    door: 'admin',
    title: 'An operation, step by step',
    go: inList('/admin/operations', 'weber-bikes'),
  },
  {
    name: 'admin-needs-staff',
    door: 'admin',
    title: 'An operation that needs staff',
    go: inList('/admin/operations', 'okafor-law'),
    phone: true,
  },
  { name: 'admin-package-changes', door: 'admin', title: 'Package changes', go: at('/admin/package-changes') },
  { name: 'admin-automation', door: 'admin', title: 'The clock', go: at('/admin/automation'), phone: true },
  {
    name: 'admin-automation-run',
    door: 'admin',
    title: 'What a night would do',
    async go(page) {
      await press('/admin/automation', 'Run now')(page);
      const day = new Date(Date.now() + 12 * 86_400_000).toISOString().slice(0, 10);
      await page.getByLabel('As of').fill(day);
      await page.getByText(/^Would do as of /).waitFor();
    },
  },
  { name: 'admin-terminations', door: 'admin', title: 'Terminations', go: at('/admin/terminations'), phone: true },
  { name: 'admin-panel-log', door: 'admin', title: 'Every call to a panel', go: at('/admin/panel-log') },
  {
    name: 'admin-panel-call',
    door: 'admin',
    title: 'A call to a panel',
    go: inList('/admin/panel-log?search=createacct', 'createacct'),
  },
  { name: 'admin-mails', door: 'admin', title: 'Mails', go: at('/admin/mails') },
  {
    name: 'admin-mail',
    door: 'admin',
    title: 'A mail',
    go: inList('/admin/mails?search=weber-bikes.example is ready', 'is ready'),
  },
  { name: 'admin-products', door: 'admin', title: 'Products', go: at('/admin/products') },
  { name: 'admin-product', door: 'admin', title: 'A product', go: inList('/admin/products', 'Business') },
  { name: 'admin-product-groups', door: 'admin', title: 'Product groups', go: at('/admin/product-groups') },
  { name: 'admin-servers', door: 'admin', title: 'Servers', go: at('/admin/servers') },
  { name: 'admin-server', door: 'admin', title: 'A server', go: inList('/admin/servers', 'demo-whm-1') },
  {
    name: 'admin-server-test',
    door: 'admin',
    title: 'Testing a connection',
    async go(page) {
      await inList('/admin/servers', 'demo-whm-1')(page);
      await page.getByRole('link', { name: 'Edit' }).click();
      await page.getByRole('button', { name: 'Test connection' }).click();
      await page.getByRole('button', { name: 'Test connection', disabled: false }).waitFor();
      await page.getByRole('button', { name: 'Test connection' }).scrollIntoViewIfNeeded();
    },
  },
  { name: 'admin-server-groups', door: 'admin', title: 'Server groups', go: at('/admin/server-groups') },
  { name: 'admin-modules', door: 'admin', title: 'Modules', go: at('/admin/modules') },
  { name: 'admin-gateways', door: 'admin', title: 'Gateways', go: at('/admin/gateways') },
  {
    name: 'admin-gateway',
    door: 'admin',
    title: 'Setting Stripe up',
    async go(page) {
      await page.goto('/admin/gateways/stripe');
      await page.getByRole('button', { name: 'Try these settings' }).click();
      await page.getByText('It works').waitFor();
    },
  },
  { name: 'admin-mail-templates', door: 'admin', title: 'Mail templates', go: at('/admin/mail-templates') },
  {
    name: 'admin-mail-template',
    door: 'admin',
    title: 'A mail template with its preview',
    go: at('/admin/mail-templates/invoice'),
  },
  { name: 'admin-staff', door: 'admin', title: 'Staff', go: at('/admin/staff') },
  { name: 'admin-api-keys', door: 'admin', title: 'API keys', go: at('/admin/api-keys') },
  { name: 'admin-security', door: 'admin', title: 'Security', go: at('/admin/security') },
  { name: 'admin-settings', door: 'admin', title: 'Settings', go: at('/admin/settings') },
  { name: 'admin-audit', door: 'admin', title: 'Audit log', go: at('/admin/audit') },
];

const DOORS: Record<Door, [title: string, words: string]> = {
  store: ['The store', 'What visitors see.'],
  portal: ['The portal', 'What customers see once they are signed in.'],
  admin: ['The admin', 'What staff see. Here it is the owner, who may see everything.'],
};

/** Write the page that shows them all, by door. */
export function writeIndex(file: string): void {
  const doors = (Object.keys(DOORS) as Door[]).map((door) => {
    const [title, words] = DOORS[door];
    const pictures = PICTURES.filter((picture) => picture.door === door);
    return [`## ${title}`, words, ...pictures.map(shown)].join('\n\n');
  });
  const intro = [
    '# Every main page',
    'Pictures of a demo shop with three months behind it, taken by `node scripts/screenshots.ts`. Nothing in them is real.',
  ];
  writeFileSync(file, `${[...intro, ...doors].join('\n\n')}\n`);
}

/** Light beside dark, and the phone below where it has a picture. */
function shown({ name, title, phone }: Picture): string {
  const image = (device: string, scheme: string, width: string) =>
    `<img src="screenshots/${name}-${device}-${scheme}.webp" alt="${title}, ${device}, ${scheme}" width="${width}">`;
  const row = (device: string, width: string) => [image(device, 'light', width), image(device, 'dark', width)];
  return [`### ${title}`, [...row('desktop', '49%'), ...(phone ? row('phone', '24%') : [])].join('\n')].join('\n\n');
}
