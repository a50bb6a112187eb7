/** The pages of the simulated Stripe, filled in as their reader does. */
import type { Page } from 'playwright-core';

/** Stripe's own test cards, by what becomes of them. */
export const CARDS = {
  pays: '4242 4242 4242 4242',
  mastercard: '5555 5555 5555 4444',
  declined: '4000 0000 0000 0002',
  /** Its bank wants to be asked every time. */
  asksOwner: '4000 0027 6000 3184',
};

/** Ends wherever Stripe leads from there: to the shop, to the card's bank, or to the same page with a complaint. */
export async function payAtStripe(page: Page, number: string): Promise<void> {
  await page.getByText('Simulated Stripe, no real money').waitFor();
  await page.getByLabel('Card number').fill(number);
  await page.getByRole('button', { name: /^Pay / }).click();
}

/** On the page where a card is left for later. Ends as `payAtStripe` does. */
export async function saveAtStripe(page: Page, number: string): Promise<void> {
  await page.getByRole('heading', { name: 'Save your card' }).waitFor();
  await page.getByLabel('Card number').fill(number);
  await page.getByRole('button', { name: 'Save card' }).click();
}

export async function answerBank(page: Page, answer: 'Confirm' | 'Refuse'): Promise<void> {
  await page.getByRole('heading', { name: 'Confirm with your bank' }).waitFor();
  await page.getByRole('button', { name: answer }).click();
}

/** Back to the shop without having paid. */
export async function leaveStripe(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Back to the shop' }).click();
}
