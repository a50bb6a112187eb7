import { afterAll } from 'vitest';
import { chooseCard, chooseDomain, placeOrder, signUp } from './checkout.ts';
import { journey } from './journey.ts';
import { look } from './look.ts';
import { panelsOf } from './panels.ts';
import { newcomer, OWNER, signIn } from './people.ts';
import { CARDS, payAtStripe } from './stripe-page.ts';

/** Long enough that a person, or a busy machine, sees the account being made. */
const PANEL_TAKES_MS = 4000;

const calm: (() => Promise<unknown>)[] = [];
afterAll(() => Promise.all(calm.map((clear) => clear())));

journey('a visitor orders as a new customer, watches the account being made and opens the panel', async (stage) => {
  const owner = await stage.arrive();
  await owner.goto('/sign-in?next=/admin/servers');
  await look(owner, 'Sign in');
  await signIn(owner, OWNER);
  await look(owner, 'Servers');
  for (const panel of await panelsOf(owner)) {
    await panel.addFault({ on: 'create', kind: 'slow', delayMs: PANEL_TAKES_MS });
    calm.push(() => panel.clearFaults());
  }

  const person = newcomer('Ada');
  const page = await stage.arrive();
  await page.goto('/');
  await look(page, 'Hosting that sets itself up');
  await page.getByRole('link', { name: 'Choose Business' }).click();
  await look(page, 'Business');
  await page.getByRole('radio', { name: /^100 GB/ }).check();
  await page.getByRole('checkbox', { name: /^Daily backups/ }).check();
  await page.getByText('$19.99').first().waitFor();
  await chooseDomain(page, person.domain);
  await look(page, 'Checkout');
  await signUp(page, person);
  await page.getByText(`Ordering as ${person.firstName}`).waitFor();
  await chooseCard(page);
  await look(page, 'Checkout');
  await placeOrder(page);
  await look(page, 'Pay $19.99');
  await payAtStripe(page, CARDS.pays);

  await page.getByRole('listitem').filter({ hasText: 'Create the account: Running' }).waitFor();
  await look(page, /Setting up your hosting|Your hosting is ready/);
  await look(page, 'Your hosting is ready');
  await page.getByText(/Ready in \d+/).waitFor();
  await page
    .getByRole('listitem')
    .filter({ hasText: /Create the account: Done.*\d s/ })
    .waitFor();

  await page.getByRole('link', { name: 'Go to your service' }).click();
  await look(page, person.domain);
  await page.getByRole('button', { name: 'Show password' }).click();
  await page.getByRole('button', { name: 'Show password' }).click();
  await look(page, person.domain);
  const username = await page.getByRole('definition').first().innerText();

  await page.getByRole('button', { name: 'Open control panel' }).click();
  await page.getByText('This demo has no real control panel.').waitFor();
  await look(page, person.domain);
  const opening = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Open it' }).click();
  const panel = await opening;
  await panel.getByText(username.trim()).first().waitFor();
});
