/** Lists as the shop shows them: tables, and cards on a phone. */
import type { Locator, Page } from 'playwright-core';

/** The row or the card that holds something which no other does. */
export const rowOf = (page: Page, text: string | RegExp): Locator =>
  page.getByRole('main').getByRole('row').or(page.getByRole('listitem')).filter({ hasText: text });
