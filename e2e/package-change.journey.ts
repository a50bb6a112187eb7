import { buyStarter, byCard, chooseCard } from './checkout.ts';
import { journey } from './journey.ts';
import { look } from './look.ts';
import { goTo, newcomer } from './people.ts';
import { CARDS, payAtStripe } from './stripe-page.ts';

journey('a bigger package shows its sum before it is agreed to, is paid and is made', async (stage) => {
  const person = newcomer('Ida');
  const page = await stage.arrive();
  await buyStarter(page, person, byCard);
  await page.getByRole('link', { name: 'Go to your service' }).click();
  await page.getByRole('link', { name: 'Change package' }).click();
  await look(page, 'Change package');
  await page.getByRole('radio', { name: /^Business/ }).check();
  await page.getByText('Due now').waitFor();
  await look(page, 'Change package');
  const agree = page.getByRole('button', { name: /^Change for / });
  const sum = (await agree.innerText()).replace('Change for ', '');
  await agree.click();

  await look(page, /^Invoice /);
  const invoice = (await page.getByRole('heading', { level: 1 }).innerText()).replace('Invoice ', '');
  await goTo(page, 'Services');
  await page.getByRole('link', { name: person.domain }).click();
  await page.getByText('The change to Business waits for payment').waitFor();
  await look(page, person.domain);
  await page.getByRole('link', { name: invoice }).click();
  await chooseCard(page);
  await page.getByRole('button', { name: `Pay ${sum}` }).click();
  await payAtStripe(page, CARDS.pays);
  await page.getByRole('heading', { name: 'Pay this invoice' }).waitFor({ state: 'hidden' });
  await look(page, /^Invoice /);

  await goTo(page, 'Services');
  await page.getByRole('link', { name: person.domain }).click();
  await page.getByRole('definition').filter({ hasText: 'Business' }).waitFor();
  await look(page, person.domain);
});
