import type { Page } from 'playwright-core';
import { buyStarter, byCard } from './checkout.ts';
import { journey, type Stage } from './journey.ts';
import { press, tabTo, type } from './keyboard.ts';
import { look } from './look.ts';
import { panelsOf } from './panels.ts';
import { type Newcomer, newcomer, OWNER } from './people.ts';

journey('a domain that is taken on the panel is put right by staff, with the keyboard alone', async (stage) => {
  const person = newcomer('Emil');
  const { owner, customer } = await stuck(stage, person);
  await press(owner, owner.getByRole('button', { name: 'Try again' }));
  const dialog = owner.getByRole('dialog', { name: 'Try again' });
  await type(owner, dialog.getByLabel('Other domain'), `www-${person.domain}`);
  await look(owner, `Create: ${person.domain}`);
  await press(owner, dialog.getByRole('button', { name: 'Try again now' }));
  await dialog.waitFor({ state: 'hidden' });
  await look(owner, `Create: www-${person.domain}`);
  await tabTo(owner, owner.getByRole('link', { name: 'Operations' }).last());

  await look(customer, 'Your hosting is ready');
  await customer.getByText(`www-${person.domain}`).first().waitFor();
});

journey(
  'an account that cannot be made is given up with the keyboard alone, and its price becomes credit',
  async (stage) => {
    const person = newcomer('Ella');
    const { owner, customer } = await stuck(stage, person);
    await press(owner, owner.getByRole('button', { name: 'Give up' }));
    const dialog = owner.getByRole('dialog', { name: 'Give up' });
    await type(owner, dialog.getByLabel(/^Note/), 'The domain belongs to somebody else.');
    await look(owner, `Create: ${person.domain}`);
    await press(owner, dialog.getByRole('button', { name: 'Give up' }));
    await dialog.waitFor({ state: 'hidden' });
    await owner.getByText(/^Given up by /).waitFor();
    await owner.getByText('The domain belongs to somebody else.').waitFor();
    await look(owner, `Create: ${person.domain}`);

    await customer.goto('/portal/credit');
    await look(customer, 'Credit');
    await customer.getByText('$4.99').first().waitFor();
  },
);

/** A paid order whose domain stands on the panels already; the owner comes to its operation by keyboard. */
async function stuck({ arrive }: Stage, person: Newcomer): Promise<{ owner: Page; customer: Page }> {
  const owner = await arrive();
  await owner.goto('/sign-in');
  await type(owner, owner.getByLabel('E-mail'), OWNER.email);
  await type(owner, owner.getByLabel(/^Password/), OWNER.password);
  await owner.keyboard.press('Enter');
  await owner.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  const username = `x${Date.now().toString(36)}`.slice(0, 12);
  for (const panel of await panelsOf(owner)) await panel.addForeignAccount({ username, domain: person.domain });

  const customer = await arrive();
  await buyStarter(customer, person, byCard);
  await customer
    .getByRole('main')
    .getByText(/our team|we are looking|someone|staff/i)
    .waitFor();
  await look(customer, 'Setting up your hosting');

  const burger = owner.getByRole('button', { name: 'Open navigation' });
  if (await burger.isVisible()) await press(owner, burger);
  await press(owner, owner.getByRole('navigation').getByRole('link', { name: 'Operations' }));
  await owner.getByRole('heading', { level: 1, name: 'Operations' }).waitFor();
  await press(owner, owner.getByRole('link', { name: person.domain }));
  await look(owner, `Create: ${person.domain}`);
  await owner.getByText('What to do:').waitFor();
  return { owner, customer };
}
