import { expect } from 'vitest';
import { journey } from './journey.ts';
import { look } from './look.ts';
import { WAITING } from './past.ts';
import { goTo } from './people.ts';
import { ownerAt } from './staff.ts';
import { rowOf } from './table.ts';

const DAY_MS = 86_400_000;

journey('staff look at a night to come, move a step of the ladder and have a night run now', async (stage) => {
  const owner = await ownerAt(await stage.arrive());
  await goTo(owner, 'Automation');
  await look(owner, 'Automation');

  await owner.getByRole('button', { name: 'Run now' }).click();
  const run = owner.getByRole('dialog', { name: 'Run the ladder' });
  await run.getByRole('combobox', { name: 'What' }).click();
  await owner.getByRole('option', { name: 'Suspend' }).click();
  await run.getByText(/^Nothing is due as of /).waitFor();
  // A fortnight on, the invoice that waits now will have been overdue for ten days.
  await run.getByLabel('As of').fill(new Date(Date.now() + 20 * DAY_MS).toISOString().slice(0, 10));
  const planned = run.getByRole('row').or(run.getByRole('listitem')).filter({ hasText: WAITING.domain });
  await planned.getByRole('link', { name: WAITING.domain }).waitFor();
  await look(owner, 'Automation');
  await run.getByRole('button', { name: 'Run now' }).click();
  await run
    .getByText(/day to come|not be after today|future/i)
    .first()
    .waitFor();
  stage.excuse(/422/);
  await look(owner, 'Automation');

  await run.getByLabel('As of').fill('');
  await run.getByRole('combobox', { name: 'What' }).click();
  await owner.getByRole('option', { name: 'The whole ladder' }).click();
  await run.getByRole('button', { name: 'Run now' }).click();
  await run.waitFor({ state: 'hidden' });
  const last = rowOf(owner, 'The whole ladder').first();
  await last.getByText('Done').waitFor();
  await look(owner, 'Automation');
  await last.getByRole('link').first().click();
  await look(owner, /^The night of /);
  await owner.getByRole('region', { name: 'What it did' }).waitFor();
  await owner.goBack();

  const ladder = owner.getByRole('region', { name: 'The ladder' });
  const proposed = ladder.getByRole('row').or(ladder.getByRole('listitem')).filter({ hasText: 'Propose termination' });
  const before = await proposed.innerText();
  const days = stage.device === 'desktop' ? '50' : '55';
  expect(before).not.toContain(`${days} days after`);
  await owner.getByRole('button', { name: 'Change the days' }).click();
  const form = owner.getByRole('dialog', { name: 'Change the days' });
  await look(owner, 'Automation');
  await form.getByLabel('Propose termination').fill('5');
  await form.getByRole('button', { name: 'Save the days' }).click();
  await form.getByText(/after/i).first().waitFor();
  await look(owner, 'Automation');
  await form.getByLabel('Propose termination').fill(days);
  await form.getByRole('button', { name: 'Save the days' }).click();
  await form.waitFor({ state: 'hidden' });
  await proposed.getByText(`${days} days after`).waitFor();
});
