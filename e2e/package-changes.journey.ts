import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { read, readUntil, send } from './api.ts';
import { buyStarter, byCard } from './checkout.ts';
import { journey, type Stage } from './journey.ts';
import { press, tabTo, type } from './keyboard.ts';
import { look } from './look.ts';
import { goTo, type Newcomer, newcomer } from './people.ts';
import { ownerAt } from './staff.ts';
import { rowOf } from './table.ts';

journey(
  'a package change that waits for its payment and one the panel refuses are told apart and followed with the keyboard',
  async (stage) => {
    const payer = newcomer('Wim');
    const stuck = newcomer('Rik');
    const owner = await ownerAt(await stage.arrive());
    await askForBusiness(await withStarter(stage, payer));
    await withStarter(stage, stuck);
    await moveToNowhere(owner, stuck);

    await goTo(owner, 'Package changes');
    await look(owner, 'Package changes');
    await rowOf(owner, payer.domain)
      .getByText(/^To be paid, due /)
      .waitFor();
    await rowOf(owner, stuck.domain).getByText('Too long').waitFor();

    await narrow(owner, 'Waiting too long');
    await rowOf(owner, payer.domain).waitFor({ state: 'detached' });
    await press(owner, rowOf(owner, stuck.domain).getByRole('link', { name: 'Somebody of the staff' }));
    await look(owner, `Change package: ${stuck.domain}`);
    await press(owner, owner.getByRole('button', { name: 'Give up' }));
    const dialog = owner.getByRole('dialog', { name: 'Give up' });
    await type(owner, dialog.getByLabel(/^Note/), 'This package is not sold any more.');
    await press(owner, dialog.getByRole('button', { name: 'Give up' }));
    await owner.getByText(/^Given up by /).waitFor();

    await goTo(owner, 'Package changes');
    await rowOf(owner, stuck.domain).waitFor({ state: 'detached' });
    await narrow(owner, 'Abandoned');
    await rowOf(owner, stuck.domain).getByText('Abandoned').waitFor();
    await narrow(owner, 'Unpaid');
    await rowOf(owner, stuck.domain).waitFor({ state: 'detached' });
    await look(owner, 'Package changes');
    await press(owner, rowOf(owner, payer.domain).getByRole('link', { name: payer.domain }));
    await look(owner, payer.domain);
    await owner.getByText('The change to Business waits for payment').waitFor();
    expect(new URL(owner.url()).pathname).toMatch(/^\/admin\/services\//);
  },
);

/** Somebody whose smallest plan works. */
async function withStarter(stage: Stage, person: Newcomer): Promise<Page> {
  const page = await stage.arrive();
  await buyStarter(page, person, byCard);
  await page.getByRole('link', { name: 'Go to your service' }).waitFor();
  return page;
}

/** Asked of the API as the page of the package asks: that page has a journey of its own. */
async function askForBusiness({ request }: Page): Promise<void> {
  const { items } = await read<{ items: { id: string }[] }>(request, '/api/v1/portal/services');
  const service = `/api/v1/portal/services/${items[0]?.id}`;
  const { id: productId } = await read<{ id: string }>(request, '/api/v1/store/products/business');
  const { dueMinor } = await send<{ dueMinor: number }>(request, `${service}/package-change/quote`, { productId });
  await send(request, `${service}/package-change`, { productId, dueMinor });
}

/** To a product that nobody sees in the store and whose package no panel has, until the panel has said so. */
async function moveToNowhere({ request }: Page, { domain }: Newcomer): Promise<void> {
  const { items: products } = await read<{ items: { slug: string }[] }>(request, '/api/v1/products?search=Starter');
  const starter = products.find(({ slug }) => slug === 'starter');
  const [mark] = domain.split('.');
  const nowhere = { name: `Nowhere ${mark}`, slug: `nowhere-${mark}`, hidden: true };
  const { id: productId } = await send<{ id: string }>(request, '/api/v1/products', {
    ...starter,
    ...nowhere,
    moduleSettings: { package: 'nowhere' },
  });
  const { items } = await read<{ items: { id: string }[] }>(request, `/api/v1/services?search=${domain}`);
  await send(request, `/api/v1/services/${items[0]?.id}/package-change`, { productId, charged: false });
  await readUntil<{ items: { domain: string }[] }>(request, '/api/v1/package-changes?state=late', (late) =>
    late.items.some((change) => change.domain === domain),
  );
}

/** Choose a state from the list above the table, by its first letters. */
async function narrow(page: Page, state: string): Promise<void> {
  await tabTo(page, page.getByRole('combobox', { name: 'State: open' }));
  await page.keyboard.press('Enter');
  const option = page.getByRole('option', { name: state, exact: true });
  await option.waitFor();
  while ((await option.getAttribute('data-combobox-selected')) === null) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await option.waitFor({ state: 'hidden' });
}
