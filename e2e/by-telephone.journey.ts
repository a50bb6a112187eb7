import type { Page } from 'playwright-core';
import { journey } from './journey.ts';
import { look } from './look.ts';
import { startMailedShop } from './mailed-shop.ts';
import { goTo, type Newcomer, newcomer } from './people.ts';
import { ownerAt } from './staff.ts';

journey('staff sell by telephone, and the customer comes in through the mailed link', async (stage) => {
  const shop = await startMailedShop();
  try {
    const person = newcomer('Tilda');
    const name = `${person.firstName} ${person.lastName}`;
    const owner = await ownerAt(await stage.arrive(shop.url));
    await addCustomer(owner, person, stage.excuse);
    await look(owner, name);
    await correctAddress(owner, person);
    await look(owner, name);

    await owner.getByRole('link', { name: 'Add order' }).click();
    await orderStarter(owner, person);
    await look(owner, /^Order #/);
    await owner.getByText(`by staff for ${name}`).waitFor();
    await owner.getByRole('link', { name: /^INV-/ }).click();
    await owner.getByRole('button', { name: 'Record payment' }).click();
    const dialog = owner.getByRole('dialog', { name: 'Record payment' });
    await dialog.getByLabel('Reference').fill(`Statement 12, ${person.domain}`);
    await dialog.getByRole('button', { name: 'Record payment' }).click();
    await owner.getByText('Recorded; the invoice is paid.').waitFor();
    await owner.getByRole('link', { name: 'Open order' }).click();
    await owner.getByRole('main').getByText('Active').first().waitFor();

    await askForMoney(owner, person);
    await look(owner, /^Invoice /);

    const theirs = await stage.arrive(shop.url);
    await theirs.goto(await shop.linkTo(person.email, '/invitation'));
    await look(theirs, /^Welcome to /);
    await theirs
      .getByRole('textbox', { name: 'Your name' })
      .and(theirs.locator(`[value="${name}"]`))
      .waitFor();
    await theirs.getByLabel(/^Password/).fill(person.password);
    await theirs.getByRole('button', { name: 'Make my login' }).click();
    await look(theirs, `Hello, ${person.firstName}`);
    await theirs.getByText(person.domain).first().waitFor();
    await goTo(theirs, 'Invoices');
    await look(theirs, 'Invoices');
    await theirs.getByText('$136.50').first().waitFor();

    await goTo(owner, 'Customers');
    await owner.getByText(name).click();
    await owner.getByText('Nobody has come yet').waitFor({ state: 'detached' });
    await look(owner, name);
  } finally {
    await shop.stop();
  }
});

/** Not without an address, and not with one that is in use. */
async function addCustomer(page: Page, person: Newcomer, excuse: (complaint: RegExp) => void): Promise<void> {
  await goTo(page, 'Customers');
  await page.getByRole('button', { name: 'Add customer' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add customer' });
  const add = dialog.getByRole('button', { name: 'Add customer' });
  await dialog.getByLabel('First name').fill(person.firstName);
  await dialog.getByLabel('Last name').fill(person.lastName);
  await add.click();
  await dialog.getByText('The link to choose a password goes there').waitFor();
  await look(page, 'Customers');
  excuse(/status of 409.*\/api\/v1\/customers/);
  await dialog.getByLabel('E-mail').fill('owner@demo.example');
  await add.click();
  await dialog.getByText('There is already an account with this e-mail address.').waitFor();
  await look(page, 'Customers');
  await dialog.getByLabel('E-mail').fill(misheard(person));
  await add.click();
}

const misheard = ({ email }: Newcomer) => email.replace('@visitor', '@vizitor');

async function correctAddress(page: Page, person: Newcomer): Promise<void> {
  await page.getByText(`A link to choose a password was mailed to ${misheard(person)}.`).waitFor();
  // On a phone it lies over the button, for as long as the pointer rests on it.
  await page.mouse.move(0, 0);
  await page.getByText('is on its way to').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Correct the address' }).click();
  const dialog = page.getByRole('dialog', { name: 'Correct the address' });
  await dialog.getByLabel('E-mail').fill(person.email);
  await look(page, `${person.firstName} ${person.lastName}`);
  await dialog.getByRole('button', { name: 'Send a link there' }).click();
  await page.getByText(`A link to choose a password was mailed to ${person.email}.`).waitFor();
}

async function orderStarter(page: Page, { domain }: Newcomer): Promise<void> {
  await look(page, 'Add order');
  await page.getByRole('combobox', { name: 'Product' }).fill('start');
  await page.getByRole('option', { name: /^Starter/ }).click();
  await page.getByRole('region', { name: 'The order' }).getByText('Total').waitFor();
  await page.getByRole('button', { name: /^Place order/ }).click();
  await page.getByText('Enter the domain').waitFor();
  await look(page, 'Add order');
  await page.getByRole('textbox', { name: 'Domain' }).fill(domain);
  await page.getByRole('button', { name: /^Place order/ }).click();
}

/** From the list, where one says for whom. */
async function askForMoney(page: Page, { email }: Newcomer): Promise<void> {
  await goTo(page, 'Invoices');
  await page.getByRole('link', { name: 'Add invoice' }).click();
  await look(page, 'Add invoice');
  await page.getByRole('combobox', { name: 'Customer' }).fill(email);
  await page.getByRole('option', { name: new RegExp(email) }).click();
  const [first, second] = ['Line 1', 'Line 2'].map((line) => page.getByRole('group', { name: line }));
  await first?.getByLabel('Description').fill('Moving the old site');
  await first?.getByLabel('Quantity').fill('3');
  await first?.getByLabel('Each').fill('45.50');
  await page.getByRole('button', { name: 'Add a line' }).click();
  await page.getByRole('button', { name: /^Issue invoice/ }).click();
  await second?.getByText('Say what it is for').waitFor();
  await look(page, 'Add invoice');
  await page.getByRole('button', { name: 'Remove line 2' }).click();
  await page.getByRole('button', { name: 'Issue invoice · $136.50' }).click();
}
