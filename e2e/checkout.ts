/** The way from a product to a placed order, as one walks it with a mouse or a finger. */
import type { Page } from 'playwright-core';
import type { Newcomer } from './people.ts';

export const CARDS = { pays: '4242 4242 4242 4242', declined: '4000 0000 0000 0002' };

/** From a product's page to the checkout. */
export async function chooseDomain(page: Page, domain: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Domain' }).fill(domain);
  await page.getByRole('button', { name: 'Continue to checkout' }).click();
}

/** Within the checkout: no detour, the order stays as it was put together. Elsewhere the button says something else. */
export async function signUp(page: Page, person: Newcomer, button = 'Create account and continue'): Promise<void> {
  await page.getByLabel('First name').fill(person.firstName);
  await page.getByLabel('Last name').fill(person.lastName);
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel(/^Password/).fill(person.password);
  await page.getByRole('button', { name: button }).click();
}

export async function fillCard(page: Page, number: string): Promise<void> {
  await page.getByRole('radio', { name: 'Demo card' }).check();
  await page.getByLabel('Card number').fill(number);
  await page.getByLabel('Valid until').fill('12/40');
  await page.getByLabel('Security code').fill('123');
}

export async function placeOrder(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: /accept the terms/ }).check();
  await page.getByRole('button', { name: /^Place order/ }).click();
}

/** All of it for the smallest plan. Ends on the order's own page. */
export async function buyStarter(page: Page, person: Newcomer, pay: (page: Page) => Promise<void>): Promise<void> {
  await page.goto('/products/starter');
  await chooseDomain(page, person.domain);
  await signUp(page, person);
  await pay(page);
  await placeOrder(page);
  await page.waitForURL(/\/orders\//);
}

export const byCard = (page: Page): Promise<void> => fillCard(page, CARDS.pays);

export async function byBankTransfer(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Bank transfer' }).check();
}
