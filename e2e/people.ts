/** Who visits the shop. */
import type { Page } from 'playwright-core';

export const OWNER = { email: 'owner@demo.example', password: 'hostwright-demo' };

export interface Newcomer {
  firstName: string;
  lastName: string;
  email: string;
  password: string;
  /** Nobody else's. */
  domain: string;
}

let seen = 0;

/** Somebody the shop has never seen. */
export function newcomer(firstName: string): Newcomer {
  seen += 1;
  const mark = `${process.pid.toString(36)}${Date.now().toString(36)}${seen}`;
  return {
    firstName,
    lastName: 'Example',
    email: `${firstName.toLowerCase()}.${mark}@visitor.example`,
    password: `a-long-password-${mark}`,
    domain: `${firstName.toLowerCase()}-${mark}.example`,
  };
}

export async function signIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel(/^Password/).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Through the navigation at the side, which is a drawer on a phone. */
export async function goTo(page: Page, item: string): Promise<void> {
  const link = page.getByRole('navigation').getByRole('link', { name: item });
  await link.waitFor({ state: 'attached' });
  const burger = page.getByRole('button', { name: 'Open navigation' });
  if (await burger.isVisible()) await burger.click();
  await link.click();
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account of / }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('link', { name: 'Sign in' }).first().waitFor();
}
