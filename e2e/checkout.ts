/** The way from a product to a placed order, as one walks it with a mouse or a finger. */
import type { Page } from 'playwright-core';
import type { Newcomer } from './people.ts';
import { CARDS, payAtStripe } from './stripe-page.ts';

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

/** Where one says how to pay. The card itself is typed in at Stripe's page, which follows. */
export async function chooseCard(page: Page, { keep = false } = {}): Promise<void> {
  await page.getByRole('radio', { name: 'Card', exact: true }).check();
  await page.getByRole('checkbox', { name: /^Keep my card/ }).setChecked(keep);
}

export async function placeOrder(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: /accept the terms/ }).check();
  await page.getByRole('button', { name: /^Place order/ }).click();
}

/** All of it for the smallest plan, until it is paid as far as that way of paying goes. */
export async function buyStarter(page: Page, person: Newcomer, pay: (page: Page) => Promise<void>): Promise<void> {
  await page.goto('/products/starter');
  await chooseDomain(page, person.domain);
  await signUp(page, person);
  await pay(page);
}

/** From the checkout to the order's own page, by a card that pays unless another one is given. */
export async function byCard(page: Page, { number = CARDS.pays, keep = false } = {}): Promise<void> {
  await chooseCard(page, { keep });
  await placeOrder(page);
  await payAtStripe(page, number);
}

export async function byBankTransfer(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Bank transfer' }).check();
  await placeOrder(page);
}
