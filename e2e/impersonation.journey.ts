import type { Page } from 'playwright-core';
import { signUp } from './checkout.ts';
import { journey } from './journey.ts';
import { look } from './look.ts';
import { goTo, newcomer } from './people.ts';
import { find, ownerAt } from './staff.ts';

journey('staff see the shop as a customer does, without money and passwords, and find the way back', async (stage) => {
  const person = newcomer('Ida');
  const name = `${person.firstName} ${person.lastName}`;
  const customer = await stage.arrive();
  await customer.goto('/sign-up');
  await signUp(customer, person, 'Create account');
  await customer.getByRole('heading', { level: 1, name: `Hello, ${person.firstName}` }).waitFor();

  const staff = await ownerAt(await stage.arrive());
  await find(staff, 'Customers', person.email);
  await look(staff, name);
  await staff.getByRole('button', { name: 'Log in as customer' }).click();
  await staff.getByRole('dialog').getByRole('button', { name: 'Log in as customer' }).click();
  await look(staff, `Hello, ${person.firstName}`);
  await banner(staff, name);
  for (const item of ['Services', 'Invoices', 'Orders', 'Credit', 'Profile', 'Users']) {
    await goTo(staff, item);
    await look(staff, item);
    await banner(staff, name);
  }
  for (const item of ['Payment methods', 'Security', 'API keys'])
    await staff.getByRole('navigation').getByRole('link', { name: item }).waitFor({ state: 'detached' });
  for (const [address, heading] of [
    ['/portal/payment-methods', 'Payment methods'],
    ['/portal/security', 'Security'],
    ['/portal/api-keys', 'API keys'],
  ] as const) {
    await staff.goto(address);
    await staff.getByText('Not while you act as a customer.').waitFor();
    await look(staff, heading);
    await banner(staff, name);
  }
  await staff.goto('/portal');
  await staff.getByText('only they can have it sent again').waitFor();
  await staff.getByRole('button', { name: 'Send it again' }).waitFor({ state: 'detached' });
  await staff.goto('/portal/users');
  await staff.getByRole('button', { name: 'Invite somebody', disabled: true }).waitFor();
  await staff.goto('/');
  await banner(staff, name);
  await staff.goto('/admin/customers');
  await staff.getByText('These pages are for staff').waitFor();
  await staff.goto('/portal');
  await staff.getByRole('button', { name: 'End', exact: true }).click();
  await look(staff, name);
  await staff.getByText(/you act as/).waitFor({ state: 'detached' });

  await staff.getByRole('button', { name: `Sessions of ${name}` }).click();
  const sessions = staff.getByRole('dialog', { name: `Where ${name} is signed in` });
  await sessions.getByText(/^Chrome on /).waitFor();
  await look(staff, name);
  await sessions.getByRole('button', { name: 'Sign out everywhere' }).click();
  await staff.getByText(`${name} is signed out everywhere.`).waitFor();
  await customer.goto('/portal');
  await look(customer, 'Sign in');
});

const banner = (page: Page, name: string) => page.getByText(`you act as ${name} until`).waitFor();
