import { buyStarter, byCard, chooseCard } from './checkout.ts';
import { journey } from './journey.ts';
import { look } from './look.ts';
import { goTo, newcomer } from './people.ts';
import { answerBank, CARDS, leaveStripe, payAtStripe } from './stripe-page.ts';

journey(
  'a declined card, a bank that refuses and a page that is left lose nothing: the order is kept and paid later',
  async (stage) => {
    const person = newcomer('Cem');
    const page = await stage.arrive();
    await buyStarter(page, person, (here) => byCard(here, { number: CARDS.declined }));
    await page.getByRole('alert').getByText('Your card was declined.').waitFor();
    await look(page, 'Pay $4.99');
    await payAtStripe(page, CARDS.asksOwner);
    await look(page, 'Confirm with your bank');
    await answerBank(page, 'Refuse');
    await page.getByRole('alert').getByText('Your bank was not told that it is you.').waitFor();
    const left = page.url();
    await leaveStripe(page);
    await page.getByText('Your payment is not finished').waitFor();
    await look(page, 'Your order is placed');

    await chooseCard(page);
    await page.getByRole('button', { name: /^Pay .*4\.99$/ }).click();
    await payAtStripe(page, CARDS.asksOwner);
    await answerBank(page, 'Confirm');
    await look(page, 'Your hosting is ready');

    stage.excuse(/status of 410/);
    await page.goto(left);
    await look(page, 'This page is done');
    await leaveStripe(page);
    await look(page, 'Your hosting is ready');

    await page.goto('/portal');
    await look(page, `Hello, ${person.firstName}`);
    await page.getByRole('link', { name: person.domain }).waitFor();
    for (const item of ['Services', 'Invoices', 'Orders', 'Credit', 'Profile']) {
      await goTo(page, item);
      await look(page, item);
    }
  },
);
