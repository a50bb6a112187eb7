import { CARDS } from './checkout.ts';
import { journey } from './journey.ts';
import { press, tabTo, type } from './keyboard.ts';
import { newcomer } from './people.ts';

journey('a visitor buys with the keyboard alone', async (stage) => {
  const person = newcomer('Flo');
  const page = await stage.arrive();
  await page.goto('/');
  await press(page, page.getByRole('link', { name: 'Choose Starter' }));
  await page.getByRole('heading', { level: 1, name: 'Starter' }).waitFor();
  await type(page, page.getByRole('textbox', { name: 'Domain' }), person.domain);
  await tabTo(page, page.getByRole('radio', { name: 'Monthly' }));
  await page.keyboard.press('ArrowDown');
  await page.getByRole('radio', { name: 'Yearly', checked: true }).waitFor();
  await page.keyboard.press('ArrowUp');
  await page.getByRole('radio', { name: 'Monthly', checked: true }).waitFor();
  await press(page, page.getByRole('checkbox', { name: /^Daily backups/ }), 'Space');
  await press(page, page.getByRole('button', { name: 'Continue to checkout' }));

  await type(page, page.getByLabel('First name'), person.firstName);
  await type(page, page.getByLabel('Last name'), person.lastName);
  await type(page, page.getByLabel('E-mail'), person.email);
  await type(page, page.getByLabel(/^Password/), person.password);
  await press(page, page.getByRole('button', { name: 'Create account and continue' }));

  await press(page, page.getByRole('radio', { name: 'Demo card' }), 'Space');
  await type(page, page.getByLabel('Card number'), CARDS.pays);
  await type(page, page.getByLabel('Valid until'), '12/40');
  await type(page, page.getByLabel('Security code'), '123');
  await press(page, page.getByRole('button', { name: /^Place order/ }));
  // Refused without the terms, and taken straight to what is missing.
  const terms = page.getByRole('checkbox', { name: /accept the terms/ });
  await page.getByText('Please accept the terms to order.').waitFor();
  await press(page, terms, 'Space');
  await press(page, page.getByRole('button', { name: /^Place order/ }));

  await page.getByRole('heading', { level: 1, name: 'Your hosting is ready' }).waitFor();
  await press(page, page.getByRole('link', { name: 'Go to your service' }));
  await page.getByRole('heading', { level: 1, name: person.domain }).waitFor();
});
