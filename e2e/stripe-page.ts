/** The simulated Stripe's own pages, filled in as their reader does. They are not the shop's: nobody looks at their looks. */
import type { Page } from 'playwright-core';

export const STRIPE_CARDS = {
  pays: '4242 4242 4242 4242',
  mastercard: '5555 5555 5555 4444',
  declined: '4000 0000 0000 0002',
  /** Its bank wants to be asked every time. */
  asksOwner: '4000 0027 6000 3184',
};

/** In the checkout: the payment method that leads to Stripe's page. */
export async function chooseStripe(page: Page, { keep }: { keep: boolean }): Promise<void> {
  await page.getByRole('radio', { name: 'Card', exact: true }).check();
  await page.getByRole('checkbox', { name: /^Keep my card/ }).setChecked(keep);
}

/** Ends wherever Stripe leads from there: to the shop, to the card's bank, or to the same page with a complaint. */
export async function payAtStripe(page: Page, number: string): Promise<void> {
  await page.getByText('Simulated Stripe').waitFor();
  await page.getByLabel('Card number').fill(number);
  await page.getByRole('button', { name: 'Pay', exact: true }).click();
}

export async function answerBank(page: Page, answer: 'Confirm' | 'Refuse'): Promise<void> {
  await page.getByRole('heading', { name: 'Confirm with your bank' }).waitFor();
  await page.getByRole('button', { name: answer }).click();
}
