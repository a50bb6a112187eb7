import { startMailCatcher } from '../server/src/mail/catcher.ts';
import { PATIENCE_MS } from './browser.ts';
import { signUp } from './checkout.ts';
import { journey } from './journey.ts';
import { look } from './look.ts';
import { goTo, newcomer } from './people.ts';
import { startShopProcess } from './shop-process.ts';

journey(
  'a customer invites a colleague, who comes in through the mailed link and no further than agreed',
  async (stage) => {
    const post = await startMailCatcher();
    const shop = await startShopProcess([], { SMTP_URL: `smtp://127.0.0.1:${post.port}` });
    try {
      const [person, colleague] = [newcomer('Lea'), newcomer('Max')];
      const page = await stage.arrive(shop.url);
      await page.goto('/sign-up');
      await signUp(page, person, 'Create account');
      await page.getByRole('heading', { level: 1, name: `Hello, ${person.firstName}` }).waitFor();
      await goTo(page, 'Users');
      await look(page, 'Users');
      await page.getByRole('button', { name: 'Invite somebody' }).click();
      const dialog = page.getByRole('dialog', { name: 'Invite somebody' });
      await dialog.getByLabel('E-mail').fill(colleague.email);
      await dialog.getByRole('radio', { name: 'Technical' }).check();
      await look(page, 'Users');
      await dialog.getByRole('button', { name: 'Send invitation' }).click();
      await page.getByRole('button', { name: `Take back the invitation of ${colleague.email}` }).waitFor();
      await look(page, 'Users');

      const mail = await post.waitFor(
        ({ to, text }) => to.includes(colleague.email) && text.includes('/invitation?token='),
        PATIENCE_MS / 1000,
      );
      const link = /\S+\/invitation\?token=[\w-]+/.exec(mail.text)?.[0] ?? '';
      const theirs = await stage.arrive(shop.url);
      await theirs.goto(link);
      await look(theirs, /^Join /);
      await theirs.getByLabel('Your name').fill(`${colleague.firstName} ${colleague.lastName}`);
      await theirs.getByLabel(/^Password/).fill(colleague.password);
      await theirs.getByRole('button', { name: 'Make my login' }).click();
      await look(theirs, /^Hello, /);
      await goTo(theirs, 'Security');
      await look(theirs, 'Security');
      for (const item of ['Invoices', 'Credit', 'Payment methods', 'Users'])
        await theirs.getByRole('navigation').getByRole('link', { name: item }).waitFor({ state: 'detached' });

      await page.reload();
      await page.getByText(`${colleague.firstName} ${colleague.lastName}`).waitFor();
      await page.getByRole('button', { name: `Remove ${colleague.firstName} ${colleague.lastName}` }).waitFor();
      await look(page, 'Users');
    } finally {
      await shop.stop();
      await post.close();
    }
  },
);
