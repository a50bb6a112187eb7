import { buyStarter, CARDS, fillCard } from './checkout.ts';
import { journey } from './journey.ts';
import { look } from './look.ts';
import { goTo, newcomer } from './people.ts';

journey('a declined card loses nothing: the order is kept and paid with another card', async (stage) => {
  const person = newcomer('Cem');
  const page = await stage.arrive();
  await buyStarter(page, person, (here) => fillCard(here, CARDS.declined));
  await page.getByText('Your card was declined.').waitFor();
  await look(page, 'Your order is placed');

  await fillCard(page, CARDS.pays);
  await page.getByRole('button', { name: /^Pay .*4\.99$/ }).click();
  await look(page, 'Your hosting is ready');

  await page.goto('/portal');
  await look(page, `Hello, ${person.firstName}`);
  await page.getByRole('link', { name: person.domain }).waitFor();
  for (const item of ['Services', 'Invoices', 'Orders', 'Credit', 'Profile']) {
    await goTo(page, item);
    await look(page, item);
  }
});
