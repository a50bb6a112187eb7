import { expect } from 'vitest';
import { journey } from './journey.ts';
import { look } from './look.ts';
import { goTo } from './people.ts';
import { ownerAt } from './staff.ts';
import { rowOf } from './table.ts';

/** As the demo shop's Stripe knows them. */
const KEYS = { unknown: 'rk_test_of_another_shop', tooLittle: 'rk_test_customers_only', right: 'rk_test_simulated' };

journey('the owner tries keys for Stripe until one does, copies the webhook address and saves', async (stage) => {
  const page = await stage.arrive();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const owner = await ownerAt(page);
  await goTo(owner, 'Gateways');
  await look(owner, 'Gateways');
  await rowOf(owner, 'page of Stripe').getByRole('link').first().click();
  await look(owner, 'Card');
  await owner.getByText(/^From Developers, API keys\. A restricted key needs "write" for Customers/).waitFor();

  const key = owner.getByLabel(/^Secret or restricted key/);
  const attempt = owner.getByRole('button', { name: 'Try these settings' });
  await key.fill('something else');
  stage.excuse(/422/);
  await owner.getByRole('button', { name: 'Save gateway' }).click();
  await owner
    .getByText(/Must begin with rk_live_/)
    .first()
    .waitFor();
  await look(owner, 'Card');

  await key.fill(KEYS.unknown);
  await attempt.click();
  await owner
    .getByText(/^Stripe does not accept the key/)
    .first()
    .waitFor();
  await owner.getByText('It does not work yet').waitFor();
  await look(owner, 'Card');

  await key.fill(KEYS.tooLittle);
  await attempt.click();
  await owner.getByText(/^The key may not use checkout sessions\. Give it "write" for it/).waitFor();

  await key.fill(KEYS.right);
  await attempt.click();
  await owner.getByText('It works').waitFor();
  await owner.getByText(/^This is a test key: only test cards work/).waitFor();
  await owner.getByText(/^Stripe sends its news to /).waitFor();
  await look(owner, 'Card');

  await owner.getByRole('button', { name: 'Copy webhook address' }).click();
  const copied = await owner.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(`${new URL(owner.url()).origin}/api/gateways/stripe/webhook`);
  await owner.getByText(copied, { exact: true }).waitFor();

  await owner.getByRole('button', { name: 'Save gateway' }).click();
  await owner.getByText('Card is saved.').waitFor();
  await look(owner, 'Gateways');
});
