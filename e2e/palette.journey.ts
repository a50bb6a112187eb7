import { expect } from 'vitest';
import { PATIENCE_MS } from './browser.ts';
import { journey } from './journey.ts';
import { press, tabTo, type } from './keyboard.ts';
import { look } from './look.ts';
import { WAITING } from './past.ts';
import { ownerAt } from './staff.ts';

journey('staff go anywhere by a few letters, with the keyboard alone', async (stage) => {
  const owner = await ownerAt(await stage.arrive());
  const palette = owner.getByRole('dialog', { name: 'Search' });
  const field = palette.getByRole('combobox', { name: 'Search' });
  /** What Enter would take, as screen readers are told. */
  const chosen = async () => {
    const id = await field.getAttribute('aria-activedescendant');
    return id === null ? '' : palette.locator(`[id="${id}"]`).innerText();
  };
  const name = `${WAITING.firstName} ${WAITING.lastName}`;

  await owner.keyboard.press('Control+k');
  await field.waitFor();
  await look(owner, 'Overview');
  await owner.keyboard.type(name.slice(0, -2));
  await expect.poll(chosen, { timeout: PATIENCE_MS }).toContain(name);
  await look(owner, 'Overview');
  await owner.keyboard.press('Enter');
  await palette.waitFor({ state: 'hidden' });
  await owner.getByRole('heading', { level: 1, name }).waitFor();

  const invoice = await owner
    .getByText(/^INV-\d+$/)
    .first()
    .innerText();
  await owner.keyboard.press('Control+k');
  await field.waitFor();
  await owner.keyboard.type(invoice);
  await expect.poll(chosen, { timeout: PATIENCE_MS }).toContain(invoice);
  await owner.keyboard.press('Enter');
  await owner.getByRole('heading', { level: 1, name: `Invoice ${invoice}` }).waitFor();

  // Opened by its button, two hits to choose from, and the arrows choose.
  const opener = owner.getByRole('button', { name: 'Search', exact: true });
  await press(owner, opener);
  await field.waitFor();
  await owner.keyboard.type('product');
  await palette.getByRole('option', { name: 'Product groups' }).waitFor();
  for (let presses = 0; !(await chosen()).includes('Product groups'); presses += 1) {
    expect(presses).toBeLessThan(10);
    await owner.keyboard.press('ArrowDown');
  }
  await owner.keyboard.press('Enter');
  await owner.getByRole('heading', { level: 1, name: 'Product groups' }).waitFor();

  await tabTo(owner, opener);
  await owner.keyboard.press('Enter');
  await type(owner, field, 'zzz nobody is called that');
  await palette.getByText('Nothing is called that').waitFor();
  await look(owner, 'Product groups');
  await owner.keyboard.press('Enter');
  await owner.keyboard.press('Escape');
  await palette.waitFor({ state: 'hidden' });
  await expect.poll(() => opener.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(new URL(owner.url()).pathname).toBe('/admin/product-groups');
});
