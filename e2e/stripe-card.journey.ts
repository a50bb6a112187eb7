import { buyStarter } from './checkout.ts';
import { journey } from './journey.ts';
import { look } from './look.ts';
import { goTo, newcomer } from './people.ts';
import { chooseStripe, payAtStripe, STRIPE_CARDS } from './stripe-page.ts';

journey("a card is paid with and kept at Stripe's page, and the order goes on from there", async (stage) => {
  const person = newcomer('Gil');
  const page = await stage.arrive();
  await buyStarter(page, person, async (here) => {
    await chooseStripe(here, { keep: true });
    await look(here, 'Checkout');
  });
  await payAtStripe(page, STRIPE_CARDS.pays);
  await look(page, 'Your hosting is ready');

  await page.getByRole('link', { name: 'Go to your service' }).click();
  await look(page, person.domain);
  await goTo(page, 'Payment methods');
  await look(page, 'Payment methods');
  await page.getByText(/4242/).first().waitFor();
  await page.getByText('Charged first').waitFor();
  await page.getByText('Until December 2034').waitFor();

  await page.getByRole('button', { name: 'Add a card' }).click();
  await page.getByRole('heading', { name: 'Save your card' }).waitFor();
  await page.getByLabel('Card number').fill(STRIPE_CARDS.mastercard);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText(/4444/).first().waitFor();
  await look(page, 'Payment methods');
});
