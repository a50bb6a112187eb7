import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, callersOf } from '../../test/callers.ts';
import { createWorld, type World } from '../../test/world.ts';
import { countLatePackageChanges } from './list-package-changes.ts';

let world: World;
let staff: Caller;
let serviceId: string;
let customerId: string;

beforeAll(async () => {
  world = await createWorld({ now: '2026-01-15T09:00:00Z' });
  staff = await callersOf(world.app).staff();
  const bought = await world.buys({ domain: 'bakery.test' });
  serviceId = bought.serviceId;
  customerId = bought.customer.customerId;
});
afterAll(() => world.close());

const list = async (query = '') => (await staff.get(`/package-changes${query}`)).body;
const late = () => countLatePackageChanges(world.ctx);

test('an unpaid change waits for its payment, and too long once its invoice is overdue', async () => {
  expect(await list()).toMatchObject({ items: [], total: 0 });
  const asked = await staff.send('POST', `/services/${serviceId}/package-change`, {
    productId: world.products.business,
  });
  expect(asked.status).toBe(201);
  const { items } = await list();
  expect(items).toMatchObject([
    {
      domain: 'bakery.test',
      customerId,
      fromProductName: 'starter',
      toProductName: 'business',
      state: 'unpaid',
      waitsFor: 'payment',
      late: false,
      invoiceNumber: asked.body.change.invoiceNumber,
    },
  ]);
  expect(await late()).toBe(0);
  const { invoiceId } = items[0];
  const dueOn = (day: string) =>
    world.app.db.updateTable('invoice').set({ dueOn: day }).where('id', '=', invoiceId).execute();
  await dueOn('2026-01-15');
  expect(await late()).toBe(0);
  await dueOn('2026-01-14');
  expect(await late()).toBe(1);
  expect((await list('?state=late')).items).toMatchObject([{ late: true }]);
});

test('a paid one that the panel refuses waits for staff at once, and is over when it is made', async () => {
  const packageOf = (name: string) =>
    world.app.db
      .updateTable('product')
      .set({ moduleSettings: JSON.stringify({ package: name }) })
      .where('id', '=', world.products.business)
      .execute();
  await packageOf('nowhere');
  const [{ invoiceId }] = (await list()).items;
  await world.pays(invoiceId);
  await world.drain();
  const [{ operationId, ...waiting }] = (await list('?state=late')).items;
  expect(waiting).toMatchObject({ state: 'planned', waitsFor: 'staff', late: true });
  await packageOf('business');
  await staff.send('POST', `/operations/${operationId}/retry`, {});
  await world.drain();
  expect((await list()).total).toBe(0);
  expect((await list('?state=done')).items).toMatchObject([{ waitsFor: null, late: false }]);
});

test('they are narrowed by state and customer', async () => {
  expect((await list(`?state=all&customerId=${customerId}`)).total).toBe(1);
  expect((await list(`?state=all&customerId=${serviceId}`)).total).toBe(0);
  expect((await list('?state=abandoned')).total).toBe(0);
  expect((await staff.get('/package-changes?state=nonsense')).status).toBe(422);
});
