import { signUp } from './checkout.ts';
import { journey } from './journey.ts';
import { look } from './look.ts';
import { startMailedShop } from './mailed-shop.ts';
import { goTo, newcomer } from './people.ts';

journey(
  'a customer confirms their address, invites a colleague, and the colleague comes in no further than agreed',
  async (stage) => {
    const shop = await startMailedShop();
    try {
      const [person, colleague] = [newcomer('Lea'), newcomer('Max')];
      const page = await stage.arrive(shop.url);
      await page.goto('/sign-up');
      await signUp(page, person, 'Create account');
      await page.getByRole('heading', { level: 1, name: `Hello, ${person.firstName}` }).waitFor();
      await goTo(page, 'Users');
      await page.getByRole('button', { name: 'Send it again' }).waitFor();
      await page.getByRole('button', { name: 'Invite somebody', disabled: true }).waitFor();
      await look(page, 'Users');

      await page.goto(await shop.linkTo(person.email, '/confirm-email'));
      await page.getByRole('button', { name: 'Confirm my address' }).click();
      await page.getByText('your address is confirmed').waitFor();
      await page.getByRole('link', { name: 'Continue' }).click();
      await goTo(page, 'Users');
      await page.getByRole('button', { name: 'Invite somebody' }).click();
      const dialog = page.getByRole('dialog', { name: 'Invite somebody' });
      await dialog.getByLabel('E-mail').fill(colleague.email);
      await dialog.getByRole('radio', { name: 'Technical' }).check();
      await look(page, 'Users');
      await dialog.getByRole('button', { name: 'Send invitation' }).click();
      await page.getByRole('button', { name: `Take back the invitation of ${colleague.email}` }).waitFor();
      await look(page, 'Users');

      const theirs = await stage.arrive(shop.url);
      await theirs.goto(await shop.linkTo(colleague.email, '/invitation'));
      await look(theirs, /^Join /);
      await theirs.getByLabel('Your name').fill(`${colleague.firstName} ${colleague.lastName}`);
      await theirs.getByLabel(/^Password/).fill(colleague.password);
      await theirs.getByRole('button', { name: 'Make my login' }).click();
      await look(theirs, /^Hello, /);
      await goTo(theirs, 'Security');
      await look(theirs, 'Security');
      for (const item of ['Invoices', 'Credit', 'Payment methods', 'Users'])
        await theirs.getByRole('navigation').getByRole('link', { name: item }).waitFor({ state: 'detached' });

      for (const [address, heading, says] of [
        ['/portal/profile', 'Profile', 'Only somebody with billing rights may change it.'],
        ['/checkout/starter?currency=USD&cycle=monthly&domain=lea.example', 'Checkout', 'Ask an owner of the account.'],
      ] as const) {
        await theirs.goto(address);
        await theirs.getByText(says).first().waitFor();
        await look(theirs, heading);
      }

      await page.reload();
      await page.getByText(`${colleague.firstName} ${colleague.lastName}`).waitFor();
      await page.getByRole('button', { name: `Remove ${colleague.firstName} ${colleague.lastName}` }).waitFor();
      await look(page, 'Users');
    } finally {
      await shop.stop();
    }
  },
);
