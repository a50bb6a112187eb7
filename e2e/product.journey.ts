import type { Page } from 'playwright-core';
import { byCard, chooseCard, chooseDomain, signUp } from './checkout.ts';
import { journey } from './journey.ts';
import { look } from './look.ts';
import { goTo, newcomer } from './people.ts';
import { find, ownerAt } from './staff.ts';

journey('a product is put together, bought with an option, and archived', async (stage) => {
  const person = newcomer('Pia');
  const name = `Studio ${person.domain.split('.')[0]}`;
  const owner = await ownerAt(await stage.arrive());
  await goTo(owner, 'Products');
  await look(owner, 'Products');
  await owner.getByRole('link', { name: 'Add product' }).click();
  await owner.getByRole('button', { name: 'Add product' }).click();
  await owner.getByText('Give it a name').waitFor();
  await owner.getByText('Give it at least one price').waitFor();
  await look(owner, 'Add product');

  await owner.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await owner.getByLabel('Tagline').fill('For those who show pictures');
  await owner.getByLabel('Features').fill('5 websites\n20 GB disk space');
  await choose(owner, 'Control panel', /cPanel/);
  await choose(owner, /^(Package|Plan)/, /^starter/);
  await owner.getByLabel(`${name}, Monthly, USD: price`).fill('8.50');
  await owner.getByLabel(`${name}, Monthly, USD: set-up fee`).fill('3');
  await owner.getByLabel(`${name}, Yearly, USD: price`).fill('85');

  const options = owner.getByRole('region', { name: 'Options' });
  await options.getByRole('button', { name: 'Choice' }).click();
  const option = options.getByRole('region', { name: 'New option' });
  await option.getByRole('textbox', { name: 'Name' }).fill('Support');
  const support = options.getByRole('region', { name: 'Support' });
  await support.getByRole('combobox', { name: 'Code' }).fill('support');
  await support.getByLabel('Shown as').fill('By mail');
  await support.getByRole('textbox', { name: 'Value', exact: true }).fill('mail');
  await support.getByRole('button', { name: 'Add value' }).click();
  await support.getByLabel('Shown as').last().fill('By telephone');
  await support.getByRole('textbox', { name: 'Value', exact: true }).last().fill('telephone');
  await support.getByLabel('Support, By telephone, Monthly, USD: price').fill('4');
  await support.getByLabel('Support, By telephone, Yearly, USD: price').fill('40');
  await look(owner, 'Add product');
  await owner.getByRole('button', { name: 'Add product' }).click();
  await owner.getByText(`${name} is saved.`).waitFor();

  const customer = await stage.arrive();
  await customer.goto('/');
  await customer.getByRole('link', { name: `Choose ${name}` }).click();
  await customer.getByRole('radio', { name: /By telephone/ }).check();
  await customer.getByText('$15.50').first().waitFor();
  await look(customer, name);
  await chooseDomain(customer, person.domain);
  await signUp(customer, person);
  await chooseCard(customer);
  await look(customer, 'Checkout');
  await byCard(customer);
  await look(customer, 'Your hosting is ready');

  await find(owner, 'Products', name);
  await owner.getByText('1 live service').waitFor();
  await look(owner, name);
  await owner.getByRole('button', { name: 'Archive' }).click();
  await owner
    .getByRole('dialog', { name: `Archive ${name}?` })
    .getByRole('button', { name: 'Archive' })
    .click();
  await owner.getByRole('button', { name: 'Put back' }).waitFor();
  await look(owner, name);
  await customer.goto('/');
  await customer.getByRole('link', { name: 'Choose Starter' }).waitFor();
  await customer.getByRole('link', { name: `Choose ${name}` }).waitFor({ state: 'detached' });
  await goTo(await signedInAtPortal(customer), 'Services');
  await customer.getByRole('link', { name: person.domain }).click();
  await look(customer, person.domain);
});

async function signedInAtPortal(page: Page): Promise<Page> {
  await page.goto('/portal');
  return page;
}

async function choose(page: Page, field: string | RegExp, option: RegExp): Promise<void> {
  await page.getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option }).first().click();
}
