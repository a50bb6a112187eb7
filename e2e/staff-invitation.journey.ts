import { journey } from './journey.ts';
import { look } from './look.ts';
import { startMailedShop } from './mailed-shop.ts';
import { goTo, newcomer } from './people.ts';
import { ownerAt } from './staff.ts';

journey(
  'a new colleague comes in through the mailed link, is refused what the role lacks, and is signed out by the owner',
  async (stage) => {
    const shop = await startMailedShop();
    try {
      const colleague = newcomer('Sam');
      const name = `${colleague.firstName} ${colleague.lastName}`;
      const owner = await ownerAt(await stage.arrive(shop.url));
      await goTo(owner, 'Staff');
      await look(owner, 'Staff');
      await owner.getByRole('button', { name: 'Invite staff' }).click();
      const dialog = owner.getByRole('dialog', { name: 'Invite staff' });
      await dialog.getByLabel('E-mail').fill(colleague.email);
      await look(owner, 'Staff');
      await dialog.getByRole('button', { name: 'Send invitation' }).click();
      await owner.getByRole('button', { name: 'Take back' }).waitFor();
      await look(owner, 'Staff');

      const theirs = await stage.arrive(shop.url);
      await theirs.goto(await shop.linkTo(colleague.email, '/invitation'));
      await look(theirs, /^Join /);
      await theirs.getByLabel('Your name').fill(name);
      await theirs.getByLabel(/^Password/).fill('password123');
      stage.excuse(/status of 422.*\/invitations\/accept/);
      await theirs.getByRole('button', { name: 'Make my login' }).click();
      await theirs.getByText('Is one of the most used passwords').waitFor();
      await look(theirs, /^Join /);
      await theirs.getByLabel(/^Password/).fill(colleague.password);
      await theirs.getByRole('button', { name: 'Make my login' }).click();
      await look(theirs, 'Overview');

      for (const item of ['Gateways', 'Mail templates', 'Staff', 'Settings', 'Audit log'])
        await theirs.getByRole('navigation').getByRole('link', { name: item }).waitFor({ state: 'detached' });
      for (const [address, heading] of [
        ['/admin/settings', 'Settings'],
        ['/admin/staff', 'Staff'],
      ] as const) {
        await theirs.goto(address);
        await theirs.getByText('Your role does not allow this.').waitFor();
        await look(theirs, heading);
      }

      await owner.reload();
      await owner.getByRole('button', { name: `Sessions of ${name}` }).click();
      const sessions = owner.getByRole('dialog', { name: `Where ${name} is signed in` });
      await sessions.getByText(/^Chrome on /).waitFor();
      await look(owner, 'Staff');
      await sessions.getByRole('button', { name: 'Sign out everywhere' }).click();
      await owner.getByText(`${name} is signed out everywhere.`).waitFor();
      await theirs.goto('/admin');
      await look(theirs, 'Sign in');
    } finally {
      await shop.stop();
    }
  },
);
