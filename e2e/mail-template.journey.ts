import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { journey } from './journey.ts';
import { look } from './look.ts';
import { goTo, OWNER } from './people.ts';
import { find, ownerAt } from './staff.ts';
import { rowOf } from './table.ts';

/** One for each device: both shall find the default. */
const MAILS = { desktop: 'More login details', phone: 'Hosting removed' };

journey('the words of a mail are changed, a mistake in them is shown, and the default comes back', async (stage) => {
  const mail = MAILS[stage.device];
  const owner = await ownerAt(await stage.arrive());
  await goTo(owner, 'Mail templates');
  await look(owner, 'Mail templates');
  await rowOf(owner, mail).getByRole('link').first().click();
  await look(owner, mail);
  await owner.getByText('Default', { exact: true }).first().waitFor();

  const subject = owner.getByLabel('Subject');
  const html = owner.getByLabel('HTML');
  const before = { subject: await subject.inputValue(), html: await html.inputValue() };
  await subject.fill(`Hello from {{ shop.name }}`);
  await html.fill(`<p>A first line.</p>\n<p>And a second for {% if %}</p>`);
  await owner
    .getByText(/line 2/i)
    .first()
    .waitFor();
  await look(owner, mail);
  stage.excuse(/422/);
  await html.fill(`<p>Words of our own.</p>\n`);
  await html.press('End');
  await owner
    .getByRole('button', { name: /shop\.name|shopName/ })
    .first()
    .click();
  await previewOf(owner).getByText('Words of our own.').waitFor();
  expect(await html.inputValue()).toContain('{{');
  const views = owner.getByRole('radiogroup', { name: 'How the preview is shown' });
  await views.getByText('Phone').click();
  await look(owner, mail);
  await views.getByText('Plain text').click();
  await look(owner, mail);

  await owner.getByRole('button', { name: 'Send me a test' }).click();
  await owner.getByText(`A test is on its way to ${OWNER.email}.`).waitFor();
  await owner.getByRole('button', { name: 'Save template' }).click();
  await owner.getByText('The template is saved.').waitFor();
  await owner.getByText('Changed', { exact: true }).first().waitFor();
  await look(owner, mail);

  await owner.getByRole('button', { name: 'Back to default' }).click();
  const dialog = owner.getByRole('dialog', { name: /^Go back to the default/ });
  await look(owner, mail);
  await dialog.getByRole('button', { name: 'Back to default' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await owner.getByText('Default', { exact: true }).first().waitFor();
  expect(await subject.inputValue()).toBe(before.subject);
  expect(await html.inputValue()).toBe(before.html);

  await find(owner, 'Mails', 'Hello from');
  await look(owner, /Hello from /);
});

const previewOf = (page: Page) => page.frameLocator('iframe[title="Preview of the mail"]');
