import type { Page } from 'playwright-core';
import { journey } from './journey.ts';
import { look } from './look.ts';
import { OWING } from './past.ts';
import { goTo, signIn } from './people.ts';
import { find, ownerAt } from './staff.ts';
import { CARDS, payAtStripe } from './stripe-page.ts';

const REASON = 'Mail of your site reaches people who never asked for it.';

journey(
  'what staff suspended for abuse stays suspended when its invoice is paid, until staff say so',
  async (stage) => {
    const { domain, ...person } = OWING[stage.device];
    const owner = await ownerAt(await stage.arrive());
    await find(owner, 'Services', domain);
    await look(owner, domain);
    await act(owner, 'Suspend');
    const dialog = owner.getByRole('dialog', { name: `Suspend: ${domain}` });
    await dialog.getByRole('combobox', { name: 'Cause' }).click();
    await owner.getByRole('option', { name: 'Abuse' }).click();
    await dialog.getByRole('button', { name: 'Suspend' }).click();
    await dialog.getByText('The customer sees this reason').waitFor();
    await dialog.getByLabel('Reason').fill(REASON);
    await look(owner, domain);
    await dialog.getByRole('button', { name: 'Suspend' }).click();
    await owner.getByText('Suspended for abuse').waitFor();
    await look(owner, domain);

    const customer = await stage.arrive();
    await customer.goto('/sign-in');
    await signIn(customer, person);
    await customer.getByText('One invoice waits for payment').waitFor();
    await look(customer, /./);
    await goTo(customer, 'Services');
    await customer.getByRole('link', { name: domain }).click();
    await customer.getByText(REASON).waitFor();
    await look(customer, domain);
    await goTo(customer, 'Invoices');
    await customer
      .getByRole('row')
      .or(customer.getByRole('listitem'))
      .filter({ hasText: 'Unpaid' })
      .getByRole('link')
      .first()
      .click();
    await customer.getByRole('radio', { name: 'Card', exact: true }).check();
    await customer.getByRole('button', { name: /^Pay \$/ }).click();
    await payAtStripe(customer, CARDS.pays);
    await customer.getByRole('heading', { name: 'Pay this invoice' }).waitFor({ state: 'hidden' });
    await look(customer, /^Invoice /);

    // A paid renewal moves the day it is paid until; it does not bring back what the money was never the reason for.
    await owner.reload();
    await owner.getByText('Suspended for abuse').waitFor();
    await goTo(customer, 'Services');
    await customer.getByRole('link', { name: domain }).click();
    await customer.getByText(REASON).waitFor();

    await act(owner, 'Unsuspend');
    await owner
      .getByRole('dialog', { name: `Bring ${domain} back?` })
      .getByRole('button', { name: 'Unsuspend' })
      .click();
    await owner.getByText('Suspended for abuse').waitFor({ state: 'hidden' });
    await look(owner, domain);
    await customer.reload();
    await customer.getByText(REASON).waitFor({ state: 'hidden' });
    await look(customer, domain);
  },
);

async function act(owner: Page, verb: string): Promise<void> {
  await owner.getByRole('button', { name: 'Actions' }).click();
  await owner.getByRole('menuitem', { name: verb, exact: true }).click();
}
