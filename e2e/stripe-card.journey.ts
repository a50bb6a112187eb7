import { buyStarter, byCard } from './checkout.ts';
import { journey } from './journey.ts';
import { look } from './look.ts';
import { goTo, newcomer } from './people.ts';
import { CARDS } from './stripe-page.ts';

journey("a card is paid with and kept at Stripe's page, and the order goes on from there", async (stage) => {
  const person = newcomer('Gil');
  const page = await stage.arrive();
  await buyStarter(page, person, (here) => byCard(here, { keep: true }));
  await look(page, 'Your hosting is ready');

  await page.getByRole('link', { name: 'Go to your service' }).click();
  await look(page, person.domain);
  await goTo(page, 'Payment methods');
  await look(page, 'Payment methods');
  await page.getByText(/4242/).first().waitFor();
  await page.getByText('Charged first').waitFor();
  await page.getByText('Until December 2034').waitFor();

  await page.getByRole('button', { name: 'Add a card' }).click();
  await look(page, 'Save your card');
  await page.getByRole('button', { name: CARDS.mastercard }).click();
  await page.getByRole('button', { name: 'Save card' }).click();
  await page.getByText(/4444/).first().waitFor();
  await look(page, 'Payment methods');
});
