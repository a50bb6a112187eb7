/** How staff find their way in the admin. */
import type { Page } from 'playwright-core';
import { goTo, OWNER, signIn } from './people.ts';

/** The owner, on the overview. */
export async function ownerAt(page: Page): Promise<Page> {
  await page.goto('/sign-in');
  await signIn(page, OWNER);
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  return page;
}

/** A row of a list by something that only it holds, opened from the navigation. */
export async function find(page: Page, list: string, text: string): Promise<void> {
  await goTo(page, list);
  await page.getByRole('heading', { level: 1, name: list }).waitFor();
  await page.getByLabel(/^Search /).fill(text);
  await page
    .getByRole('table')
    .getByRole('row')
    .or(page.getByRole('listitem'))
    .filter({ hasText: text })
    .getByRole('link')
    .first()
    .click();
}
