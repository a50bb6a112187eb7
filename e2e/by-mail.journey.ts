import type { Page } from 'playwright-core';
import { signUp } from './checkout.ts';
import { journey } from './journey.ts';
import { look } from './look.ts';
import { startMailedShop } from './mailed-shop.ts';
import { type Newcomer, newcomer, signIn, signOut } from './people.ts';

journey('a customer who forgot the password comes in by mail, with a new password or without any', async (stage) => {
  const shop = await startMailedShop();
  try {
    const person = newcomer('Nora');
    const page = await stage.arrive(shop.url);
    await page.goto('/sign-up');
    await signUp(page, person, 'Create account');
    await atHome(page, person);
    // Browsers take this for another site's address.
    await page.goto(`/sign-in?${new URLSearchParams({ next: '/\t/thief.example' })}`);
    await atHome(page, person);
    await signOut(page);

    await page.goto('/sign-in');
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await look(page, 'Forgot your password?');
    await sendLink(page, person);
    await look(page, 'Forgot your password?');
    await page.goto(await shop.linkTo(person.email, '/reset-password'));
    await look(page, 'Choose a new password');
    stage.excuse(/status of 422.*\/reset-password/);
    await chooseNew(page, 'password123');
    await page.getByText('Is one of the most used passwords').waitFor();
    await look(page, 'Choose a new password');
    const password = `${person.password}-anew`;
    await chooseNew(page, password);
    await look(page, 'Password changed');
    await page.getByRole('link', { name: 'Sign in' }).last().click();
    stage.excuse(/status of 401.*\/api\/v1\/session/);
    await signIn(page, person);
    await page.getByText('do not belong together').waitFor();
    await look(page, 'Sign in');
    await signIn(page, { ...person, password });
    await atHome(page, person);
    await signOut(page);

    await page.goto('/sign-in');
    await page.getByRole('link', { name: 'Sign in by mail' }).click();
    await look(page, 'Sign in by mail');
    await sendLink(page, person);
    await look(page, 'Sign in by mail');
    const link = await shop.linkTo(person.email, '/sign-in-link');
    await page.goto(link);
    await look(page, 'Sign in');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await atHome(page, person);
    await signOut(page);

    stage.excuse(/status of 422.*\/session\/link/);
    await page.goto(link);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('This link does not work any more').waitFor();
    await look(page, 'Sign in');
    stage.excuse(/status of 422.*\/(invitations\/read|confirm-email|reset-password)/);
    for (const [address, heading, says] of [
      ['/invitation?token=gone', 'Invitation', 'ask whoever invited you'],
      ['/invitation', 'Invitation', 'Its end is missing.'],
      ['/reset-password', 'Choose a new password', 'Its end is missing.'],
      ['/confirm-email', 'Confirm your e-mail', 'Its end is missing.'],
    ] as const) {
      await page.goto(address);
      await page.getByText(says).waitFor();
      await look(page, heading);
    }
    await page.goto('/reset-password?token=gone');
    await chooseNew(page, `${password}-once-more`);
    await page.getByRole('link', { name: 'Ask for a new link' }).waitFor();
    await look(page, 'Choose a new password');
    await page.goto('/confirm-email?token=gone');
    await page.getByRole('button', { name: 'Confirm my address' }).click();
    await page.getByText('This link does not work any more').waitFor();
    await look(page, 'Confirm your e-mail');
  } finally {
    await shop.stop();
  }
});

const atHome = (page: Page, { firstName }: Newcomer) =>
  page.getByRole('heading', { level: 1, name: `Hello, ${firstName}` }).waitFor();

async function sendLink(page: Page, { email }: Newcomer): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await page.getByText('Look into your inbox').waitFor();
}

async function chooseNew(page: Page, password: string): Promise<void> {
  await page.getByLabel(/^New password/).fill(password);
  await page.getByRole('button', { name: 'Change password' }).click();
}
