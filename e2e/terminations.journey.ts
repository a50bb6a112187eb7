import { expect } from 'vitest';
import { journey } from './journey.ts';
import { look } from './look.ts';
import { GONE, KEPT } from './past.ts';
import { goTo, signIn } from './people.ts';
import { ownerAt } from './staff.ts';
import { rowOf } from './table.ts';

journey('a service overdue for 45 days is removed after its name is typed, and another is kept', async (stage) => {
  const gone = GONE[stage.device];
  const kept = KEPT[stage.device];
  const owner = await ownerAt(await stage.arrive());
  await goTo(owner, 'Terminations');
  await look(owner, 'Terminations');
  await rowOf(owner, gone.domain).getByText('Waits for a decision').waitFor();

  await rowOf(owner, kept.domain).getByRole('button', { name: 'Keep' }).click();
  const keeping = owner.getByRole('dialog', { name: `Keep ${kept.domain}?` });
  await look(owner, 'Terminations');
  await keeping.getByRole('button', { name: 'Keep it' }).click();
  await rowOf(owner, kept.domain).waitFor({ state: 'detached' });

  await rowOf(owner, gone.domain).getByRole('button', { name: 'Remove' }).click();
  const removing = owner.getByRole('dialog', { name: `Remove ${gone.domain}?` });
  const remove = removing.getByRole('button', { name: 'Remove the account' });
  await look(owner, 'Terminations');
  await removing.getByLabel(/^Type /).fill(kept.domain);
  expect(await remove.isDisabled()).toBe(true);
  await removing.getByLabel(/^Type /).fill(gone.domain);
  await remove.click();
  await removing.waitFor({ state: 'hidden' });
  await rowOf(owner, gone.domain).waitFor({ state: 'detached' });

  await owner.goto('/admin/terminations?state=all');
  await rowOf(owner, gone.domain).getByText('Approved').waitFor();
  await rowOf(owner, kept.domain).getByText('Kept', { exact: true }).waitFor();
  await look(owner, 'Terminations');
  await rowOf(owner, gone.domain).getByRole('link', { name: gone.domain }).click();
  await owner.getByRole('main').getByText('Terminated').first().waitFor();
  await look(owner, gone.domain);

  const customer = await stage.arrive();
  await customer.goto('/sign-in');
  await signIn(customer, gone);
  await customer.waitForURL('/portal');
  await goTo(customer, 'Services');
  await look(customer, 'Services');
  await customer.getByText('Terminated').first().waitFor();
});
