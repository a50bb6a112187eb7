/** Package changes over HTTP, for staff and for the owner of the service. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, callersOf } from '../../test/callers.ts';
import { createWorld, type World } from '../../test/world.ts';

let world: World;
let staff: Caller;
let owner: Caller;
let stranger: Caller;
let path: string;
let wanted: { productId: string };

beforeAll(async () => {
  world = await createWorld({ now: '2026-01-15T09:00:00Z' });
  const callers = callersOf(world.app);
  staff = await callers.staff();
  const bought = await world.buys({ domain: 'bakery.test' });
  owner = await callers.customer(bought.customer.ctx);
  stranger = await callers.customer((await world.customer()).ctx);
  path = `/services/${bought.serviceId}`;
  wanted = { productId: world.products.business };
  await world.travel({ days: 16 });
});
afterAll(() => world.close());

test('a service may be moved to what lives beside it and is sold as it is billed', async () => {
  const { body } = await owner.get(`/portal${path}/packages`);
  expect(body).toMatchObject({
    currency: 'USD',
    cycle: 'monthly',
    items: [
      { productName: 'business', current: false, recurringMinor: 1500 },
      { productName: 'starter', current: true, recurringMinor: 500 },
    ],
  });
  expect((await staff.get(`${path}/packages`)).body).toEqual(body);
  expect((await stranger.get(`/portal${path}/packages`)).status).toBe(404);
});

test('a quote says what is due, what for, and what comes next', async () => {
  const { body } = await owner.send('POST', `/portal${path}/package-change/quote`, wanted);
  expect(body).toMatchObject({
    lines: [
      { kind: 'old_rest', productName: 'starter', amountMinor: -242 },
      { kind: 'new_rest', productName: 'business', amountMinor: 726 },
    ],
    dueMinor: 484,
    daysLeft: 15,
    periodDays: 31,
    newRecurringMinor: 1500,
    nextDueOn: '2026-02-15',
  });
  expect((await staff.send('POST', `${path}/package-change/quote`, wanted)).body).toEqual(body);
});

test('the owner asks, sees its invoice and takes it back', async () => {
  const none = await owner.get(`/portal${path}/package-change`);
  expect(none.body).toEqual({ change: null });
  const stale = await owner.send('POST', `/portal${path}/package-change`, { ...wanted, dueMinor: 1 });
  expect(stale).toMatchObject({ status: 409, body: { code: 'quote_changed', details: { dueMinor: 484 } } });

  const asked = await owner.send('POST', `/portal${path}/package-change`, { ...wanted, dueMinor: 484 });
  expect(asked).toMatchObject({
    status: 201,
    body: { change: { state: 'unpaid', dueMinor: 484, toProductName: 'business', invoiceNumber: 'INV-000002' } },
  });
  const invoice = await owner.get(`/portal/invoices/${asked.body.change.invoiceId}`);
  expect(invoice.body.lines).toMatchObject([
    { kind: 'upgrade', causeKind: 'package_change', periodFrom: '2026-01-31', periodTo: '2026-02-14' },
  ]);

  expect((await stranger.send('DELETE', `/portal${path}/package-change`)).status).toBe(404);
  const withdrawn = await owner.send('DELETE', `/portal${path}/package-change`);
  expect(withdrawn.body.change).toMatchObject({ state: 'abandoned', endReason: 'withdrawn' });
});

test('staff may waive the difference, which needs no quote', async () => {
  const { body } = await staff.send('POST', `${path}/package-change`, { ...wanted, charge: false });
  expect(body.change).toMatchObject({ state: 'planned', charged: false, dueMinor: 0, invoiceId: null });
  await world.drain();
  expect((await staff.get(`${path}/package-change`)).body.change).toMatchObject({ state: 'done' });
  expect((await staff.get(path)).body).toMatchObject({ productName: 'business', recurringMinor: 1500 });
});
