import { journey } from './journey.ts';
import { look } from './look.ts';
import { goTo } from './people.ts';
import { ownerAt } from './staff.ts';

journey('an owner says what the store says, and is asked before losing what was typed', async (stage) => {
  const owner = await ownerAt(await stage.arrive());
  await goTo(owner, 'Settings');
  await look(owner, 'Settings');
  const intro = `Hosting from a ${stage.device}, with care since ${Date.now()}.`;
  await owner.getByLabel('Introduction').fill(intro);
  await owner.getByText('Not saved yet').waitFor();

  await goTo(owner, 'Alerts');
  await owner.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Stay here' }).click();
  await owner.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  await owner.getByRole('button', { name: 'Save settings' }).click();
  await owner.getByText('The settings are saved.').waitFor();
  await goTo(owner, 'Alerts');
  await look(owner, 'Alerts');

  const visitor = await stage.arrive();
  const answer = await visitor.goto('/');
  if (!(await answer?.text())?.includes(`content="${intro}"`))
    throw new Error('The page does not carry what was saved.');
  await visitor.getByText(intro).waitFor();

  // An address that is none keeps the frame it was called in.
  await owner.goto('/admin/nothing');
  await look(owner, 'Page not found');
  stage.excuse(/404/);
  await visitor.goto('/products/nothing');
  await look(visitor, 'Not found');
  await visitor.getByRole('link', { name: 'Go to the store' }).click();
  await visitor.getByRole('link', { name: 'Choose Starter' }).waitFor();
});
