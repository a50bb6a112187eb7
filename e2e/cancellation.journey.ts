import { buyStarter, byCard } from './checkout.ts';
import { journey } from './journey.ts';
import { look } from './look.ts';
import { newcomer } from './people.ts';

journey('a service is cancelled at the end of its term, and kept after all', async (stage) => {
  const person = newcomer('Jon');
  const page = await stage.arrive();
  await buyStarter(page, person, byCard);
  await page.getByRole('link', { name: 'Go to your service' }).click();
  await page.getByRole('button', { name: 'Cancel service' }).click();
  const dialog = page.getByRole('dialog', { name: `Cancel ${person.domain}` });
  await dialog.getByRole('radio', { name: 'At the end of the term', checked: true }).waitFor();
  await dialog.getByLabel('Why (optional)').fill('The shop closes for the winter.');
  await look(page, person.domain);
  await dialog.getByRole('radio', { name: 'Now' }).check();
  await dialog.getByLabel(/^Type /).waitFor();
  await look(page, person.domain);
  await dialog.getByRole('radio', { name: 'At the end of the term' }).check();
  await dialog.getByRole('button', { name: 'Cancel the renewal' }).click();

  const notice = page.getByText(/^This service ends on /);
  await notice.waitFor();
  await page.getByText('The shop closes for the winter.').waitFor();
  await look(page, person.domain);
  await page.getByRole('button', { name: 'Keep it after all' }).click();
  await notice.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Cancel service' }).waitFor();
  await look(page, person.domain);
});
