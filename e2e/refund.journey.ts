import type { Page } from 'playwright-core';
import { buyStarter, byCard } from './checkout.ts';
import { journey } from './journey.ts';
import { look } from './look.ts';
import { newcomer } from './people.ts';
import { find, ownerAt } from './staff.ts';
import { rowOf } from './table.ts';

journey('a card payment is refunded in two parts, never more than it was, and its customer sees it', async (stage) => {
  const person = newcomer('Rosa');
  const customer = await stage.arrive();
  await buyStarter(customer, person, byCard);
  await look(customer, 'Your hosting is ready');

  const owner = await ownerAt(await stage.arrive());
  // Several of this name may have paid today, and their addresses tell them apart.
  await find(owner, 'Customers', person.email);
  await owner.getByRole('heading', { level: 1, name: `${person.firstName} ${person.lastName}` }).waitFor();
  const payments = owner.getByRole('region', { name: 'Payments' });
  await payments.getByRole('link').first().click();
  await look(owner, /^Payment /);
  await owner.getByText('Nothing was refunded.').waitFor();

  await refund(owner, { amount: '1.20', reason: 'A day without mail' });
  await rowOf(owner, 'A day without mail').getByText('$1.20').waitFor();
  await look(owner, /^Payment /);
  await customer.goto('/portal/invoices');
  await customer.getByRole('main').getByRole('link', { name: /^INV-/ }).first().click();
  await customer.getByText('$1.20 refunded').waitFor();
  await look(customer, /^Invoice /);

  stage.excuse(/409|422/);
  await refund(owner, { amount: '4.00', reason: 'More than the rest' });
  await owner
    .getByRole('dialog')
    .getByText(/at most|more than/i)
    .last()
    .waitFor();
  await look(owner, /^Payment /);
  await owner.keyboard.press('Escape');
  await refund(owner, { reason: 'The rest' });
  await rowOf(owner, 'The rest').getByText('$3.79').waitFor();
  await look(owner, /^Payment /);
  await owner.getByRole('button', { name: 'Refund', exact: true }).hover();
  await owner.getByText('All of it was refunded.').first().waitFor();

  await customer.reload();
  await customer.getByText('$4.99 refunded').waitFor();
});

/** All that is left, when no amount is given. */
async function refund(owner: Page, { amount, reason }: { amount?: string; reason: string }): Promise<void> {
  await owner.getByRole('button', { name: 'Refund', exact: true }).click();
  const dialog = owner.getByRole('dialog', { name: 'Refund this payment' });
  await dialog.getByRole('radio', { name: /^The way it came/, checked: true }).waitFor();
  if (amount) await dialog.getByLabel('Amount').fill(amount);
  await dialog.getByLabel('Reason').fill(reason);
  await dialog.getByRole('button', { name: /^Refund/ }).click();
}
