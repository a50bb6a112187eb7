import { journey } from './journey.ts';
import { press, tabTo, type } from './keyboard.ts';
import { newcomer } from './people.ts';
import { CARDS } from './stripe-page.ts';

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

  await press(page, page.getByRole('radio', { name: 'Card', exact: true }), 'Space');
  await press(page, page.getByRole('button', { name: /^Place order/ }));
  // Refused without the terms, and taken straight to what is missing.
  const terms = page.getByRole('checkbox', { name: /accept the terms/ });
  await page.getByText('Please accept the terms to order.').waitFor();
  await press(page, terms, 'Space');
  await press(page, page.getByRole('button', { name: /^Place order/ }));

  // Away from Stripe's page and to it again, then a card by one press, and the other one typed in.
  await press(page, page.getByRole('link', { name: 'Back to the shop' }));
  await page.getByText('Your payment is not finished').waitFor();
  await press(page, page.getByRole('button', { name: /^Pay / }));
  await press(page, page.getByRole('button', { name: CARDS.declined }));
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('Your card was declined.').waitFor();
  await type(page, page.getByLabel('Card number'), CARDS.pays);
  await page.keyboard.press('Enter');

  await page.getByRole('heading', { level: 1, name: 'Your hosting is ready' }).waitFor();
  await press(page, page.getByRole('link', { name: 'Go to your service' }));
  await page.getByRole('heading', { level: 1, name: person.domain }).waitFor();
});
