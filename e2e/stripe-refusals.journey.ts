import { buyStarter } from './checkout.ts';
import { journey } from './journey.ts';
import { look } from './look.ts';
import { newcomer } from './people.ts';
import { answerBank, chooseStripe, payAtStripe, STRIPE_CARDS } from './stripe-page.ts';

journey("a card is declined at Stripe's page, another is confirmed with its bank and pays", async (stage) => {
  const person = newcomer('Hal');
  const page = await stage.arrive();
  await buyStarter(page, person, (here) => chooseStripe(here, { keep: false }));
  await payAtStripe(page, STRIPE_CARDS.declined);
  await page.getByRole('alert').getByText('Your card was declined.').waitFor();
  await payAtStripe(page, STRIPE_CARDS.asksOwner);
  await answerBank(page, 'Refuse');
  await page.getByRole('link', { name: 'Back to the shop' }).click();
  await page.getByText('Your order is kept').or(page.getByText('Your payment is not finished')).waitFor();
  await look(page, 'Your order is placed');

  await chooseStripe(page, { keep: false });
  await page.getByRole('button', { name: /^Pay .*4\.99$/ }).click();
  await payAtStripe(page, STRIPE_CARDS.asksOwner);
  await answerBank(page, 'Confirm');
  await look(page, 'Your hosting is ready');
});
