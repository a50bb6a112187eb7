import type { Page } from 'playwright-core';
import { byBankTransfer, chooseDomain, placeOrder, signUp } from './checkout.ts';
import { journey } from './journey.ts';
import { look } from './look.ts';
import { goTo, newcomer } from './people.ts';
import { answerBank, CARDS, saveAtStripe } from './stripe-page.ts';

const ASKS_OWNER = /^Visa •••• 3184/;
const PAYS = /^Visa •••• 4242/;

/** On the page "Payment methods"; it ends there too. */
async function saveCard(page: Page, number: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a card' }).click();
  await saveAtStripe(page, number);
  if (number === CARDS.asksOwner) await answerBank(page, 'Confirm');
  await page
    .getByText(`•••• ${number.slice(-4)}`)
    .first()
    .waitFor();
}

journey("an order and an invoice are paid with saved cards, one of which wants its bank's word", async (stage) => {
  const person = newcomer('Ida');
  const page = await stage.arrive();
  await page.goto('/sign-up');
  await signUp(page, person, 'Create account');
  await page.getByRole('heading', { level: 1, name: 'Hello, Ida' }).waitFor();
  await goTo(page, 'Payment methods');
  await saveCard(page, CARDS.pays);
  await saveCard(page, CARDS.asksOwner);

  await page.goto('/products/starter');
  await chooseDomain(page, person.domain);
  await page.getByRole('radio', { name: PAYS }).and(page.locator('[aria-checked=true]')).waitFor();
  await page.getByRole('radio', { name: ASKS_OWNER }).check();
  await page.getByRole('radio', { name: 'Another card' }).waitFor();
  await look(page, 'Checkout');
  await placeOrder(page);
  await answerBank(page, 'Refuse');
  await page.getByText('The payment was not confirmed with your bank.').waitFor();
  await look(page, 'Your order is placed');
  await page.getByRole('radio', { name: PAYS }).check();
  await page.getByRole('button', { name: /^Pay / }).click();
  await look(page, 'Your hosting is ready');

  await page.goto('/products/starter');
  await chooseDomain(page, `second-${person.domain}`);
  await byBankTransfer(page);
  await page.getByRole('link', { name: /^Invoice / }).click();
  await page.getByRole('radio', { name: ASKS_OWNER }).check();
  await look(page, /^Invoice /);
  await page.getByRole('button', { name: /^Pay / }).click();
  await answerBank(page, 'Refuse');
  await page.waitForURL(/\/orders\//);
  await page.getByRole('link', { name: /^Invoice / }).click();
  await page.getByText('The last payment did not go through').waitFor();
  await look(page, /^Invoice /);
  await page.getByRole('radio', { name: ASKS_OWNER }).check();
  await page.getByRole('button', { name: /^Pay / }).click();
  await answerBank(page, 'Confirm');
  await look(page, 'Your hosting is ready');
  await page.getByRole('link', { name: /^Invoice / }).click();
  await page.getByText('Received').waitFor();
  await look(page, /^Invoice /);
});
