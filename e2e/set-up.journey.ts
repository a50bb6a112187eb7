import { expect } from 'vitest';
import { PATIENCE_MS } from './browser.ts';
import { journey } from './journey.ts';
import { look } from './look.ts';
import { goTo } from './people.ts';
import { startShopProcess } from './shop-process.ts';

const ROOMS = [
  ...['Alerts', 'Customers', 'Orders', 'Invoices', 'Payments', 'Services', 'Operations', 'Panel log', 'Mails'],
  ...['Products', 'Product groups', 'Servers', 'Server groups', 'Modules', 'Gateways', 'Staff', 'API keys'],
  ...['Settings', 'Audit log', 'Overview'],
];

journey(
  'an empty shop is opened with the link from the terminal, and every room says what belongs there',
  async (stage) => {
    const shop = await startShopProcess(['--no-demo']);
    try {
      const link = () => /owner account within a day: (\S+)/.exec(shop.printed())?.[1] ?? '';
      await expect.poll(link, { timeout: PATIENCE_MS }).not.toBe('');
      const page = await stage.arrive(shop.url);
      await page.goto(link());
      await look(page, 'Set up your shop');
      await page.getByLabel('Name of the shop').fill('Corner Hosting');
      await page.getByLabel('Your name').fill('Olga Owner');
      await page.getByLabel('E-mail').fill('olga@corner.example');
      await page.getByLabel(/^Password/).fill('a-long-password-of-olga');
      await page.getByRole('button', { name: 'Open the shop' }).click();
      await look(page, 'Overview');
      for (const room of ROOMS) {
        await goTo(page, room);
        await look(page, room);
      }
      await page.goto('/');
      await look(page, 'Hosting that sets itself up');
      await page.getByText('Nothing is on sale yet').waitFor();
    } finally {
      await shop.stop();
    }
  },
);
