import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { buyStarter, byCard } from './checkout.ts';
import { journey } from './journey.ts';
import { look, settled } from './look.ts';
import { newcomer } from './people.ts';
import { find, ownerAt } from './staff.ts';

journey(
  'staff see an order as one story: steps, every call to the panel, the mail; no password anywhere',
  async (stage) => {
    const person = newcomer('Dora');
    const customer = await stage.arrive();
    await buyStarter(customer, person, byCard);
    await customer.getByRole('link', { name: 'Go to your service' }).click();
    const password = await revealedPassword(customer);

    const owner = await ownerAt(await stage.arrive());
    await look(owner, 'Overview');
    await find(owner, 'Orders', person.domain);
    await look(owner, /^Order #\d+/);
    const story = await owner.getByRole('region', { name: 'Everything that happened' }).innerText();
    expect(story.indexOf('Order placed')).toBeLessThan(story.indexOf('paid'));
    const order = owner.url();
    await owner.getByRole('switch', { name: /panel calls$/ }).check();
    const calls = await hrefs(owner, '/admin/panel-log/');
    const mails = await hrefs(owner, '/admin/mails/');
    expect(calls.length).toBeGreaterThan(3);
    expect(mails.length).toBeGreaterThan(0);

    await owner.getByRole('link', { name: 'Open operation' }).click();
    await look(owner, `Create: ${person.domain}`);
    await owner
      .getByRole('listitem')
      .filter({ hasText: /Create the account: Done/ })
      .waitFor();

    let made = false;
    for (const [index, href] of calls.entries()) {
      await owner.goto(href);
      if (index === 0) await look(owner, /./);
      const text = await everything(owner);
      expect(text).not.toContain(password);
      made ||= text.includes('createacct') && text.includes(person.domain);
    }
    expect(made).toBe(true);

    let welcomed = false;
    for (const href of mails) {
      await owner.goto(href);
      await look(owner, /./);
      await owner.getByRole('tab', { name: 'Plain text' }).click();
      const text = await everything(owner);
      expect(text).not.toContain(password);
      welcomed ||= /password.*(\*|•|struck|redacted)/is.test(text) && text.includes(person.domain);
    }
    expect(welcomed).toBe(true);

    await owner.goto(order);
    await owner.getByRole('link', { name: 'Open service' }).click();
    await look(owner, person.domain);
  },
);

async function revealedPassword(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Show password' }).click();
  await page.getByRole('button', { name: 'Copy password' }).waitFor();
  await page.getByRole('button', { name: 'Show password' }).click();
  return page.locator('code').first().innerText();
}

/** Addresses of the links on this page that begin so, each once. */
async function hrefs(page: Page, start: string): Promise<string[]> {
  const links = await page.locator(`main a[href^="${start}"]`).all();
  return [...new Set(await Promise.all(links.map((link) => link.getAttribute('href'))))].filter(
    (href) => href !== null,
  );
}

/** All that a page holds, seen or not, frames included. */
async function everything(page: Page): Promise<string> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await settled(page);
  return page.content();
}
