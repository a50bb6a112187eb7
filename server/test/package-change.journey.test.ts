import { afterEach, beforeEach, expect, test } from 'vitest';
import { voidInvoice } from '../src/billing/void-invoice.ts';
import { askOwnPackageChange, askPackageChange } from '../src/hosting/ask-package-change.ts';
import { presentPackageChange } from '../src/hosting/present-package-change.ts';
import { quoteOwnPackageChange } from '../src/hosting/quote-package-change.ts';
import { suspendService } from '../src/hosting/suspend-service.ts';
import { terminateService } from '../src/hosting/terminate-service.ts';
import { unsuspendService } from '../src/hosting/unsuspend-service.ts';
import { withdrawOwnPackageChange } from '../src/hosting/withdraw-package-change.ts';
import { resolveOperation } from '../src/operations/resolve-operation.ts';
import { createWorld, type World } from './world.ts';

let world: World;
let serviceId: string;
let username: string;
let bought: Awaited<ReturnType<World['buys']>>;

// Bought on the 15th, monthly; the tests act on 31 January, when 15 of 31 days are left.
beforeEach(async () => {
  world = await createWorld({ now: '2026-01-15T09:00:00Z' });
  bought = await world.buys({ domain: 'bakery.test' });
  serviceId = bought.serviceId;
  username = (await world.service(serviceId)).username ?? '';
  await world.travel({ days: 16 });
});
afterEach(() => world.close());

const own = () => ({ serviceId, customerId: bought.customer.customerId });
const business = () => ({ productId: world.products.business, options: {} });
const starter = () => ({ productId: world.products.starter, options: {} });
const change = async () => (await presentPackageChange(world.ctx, { serviceId })).change;
const invoice = (id: string | null | undefined) =>
  world.app.db
    .selectFrom('invoice')
    .selectAll()
    .where('id', '=', id ?? '')
    .executeTakeFirstOrThrow();
const upgrade = () =>
  askOwnPackageChange(bought.customer.ctx, { ...own(), ...business(), dueMinor: 484, useCredit: true });

test('an upgrade is quoted, invoiced for the days left, and made once that is paid', async () => {
  const quote = await quoteOwnPackageChange(bought.customer.ctx, { ...own(), ...business() });
  expect(quote).toMatchObject({
    dueMinor: 484n,
    newRestMinor: 726n,
    oldRestMinor: 242n,
    left: { daysLeft: 15, periodDays: 31, from: '2026-01-31', to: '2026-02-14' },
    newRecurringMinor: 1500n,
    nextDueOn: '2026-02-15',
  });
  const asked = await upgrade();
  await world.drain();
  expect(asked).toMatchObject({ state: 'unpaid', dueMinor: 484n });
  expect(await invoice(asked.invoiceId)).toMatchObject({ state: 'unpaid', totalMinor: 484n, dueOn: '2026-02-07' });
  expect(world.panel.account(username)?.package).toBe('starter');

  await world.pays(asked.invoiceId ?? '');
  await world.drain();
  expect(world.panel.account(username)?.package).toBe('business');
  expect(await change()).toMatchObject({ state: 'done', toProductName: 'business' });
  expect(await world.service(serviceId)).toMatchObject({
    productId: world.products.business,
    recurringMinor: 1500n,
    nextDueOn: '2026-02-15',
  });
  expect(await world.credit(own().customerId)).toBe(0n);
});

test('a downgrade is made at once, and its credit is given when the panel has confirmed', async () => {
  const asked = await upgrade();
  await world.pays(asked.invoiceId ?? '');
  await world.drain();

  const back = await askOwnPackageChange(bought.customer.ctx, {
    ...own(),
    ...starter(),
    dueMinor: -484,
    useCredit: false,
  });
  expect(back).toMatchObject({ state: 'planned', dueMinor: -484n, invoiceId: null });
  expect(await world.credit(own().customerId)).toBe(0n);
  await world.drain();
  expect(world.panel.account(username)?.package).toBe('starter');
  expect(await world.credit(own().customerId)).toBe(484n);
  expect(await change()).toMatchObject({ state: 'done' });
});

test('a move that was not charged gives nothing back', async () => {
  await askPackageChange(world.ctx, { serviceId, ...business(), charge: false, useCredit: false });
  await world.drain();
  expect(await world.service(serviceId)).toMatchObject({ recurringMinor: 1500n });
  const back = await askPackageChange(world.ctx, { serviceId, ...starter(), charge: true, useCredit: false });
  await world.drain();
  expect(back.dueMinor).toBe(0n);
  expect(await world.credit(own().customerId)).toBe(0n);
  const audited = await world.app.db
    .selectFrom('audit')
    .select('after')
    .where('action', '=', 'service.package_change_asked')
    .orderBy('id')
    .execute();
  expect(audited[0]?.after).toMatchObject({ charged: false });
});

test('asking twice is one change; asking for another one voids the first invoice', async () => {
  const first = await upgrade();
  expect((await upgrade()).id).toBe(first.id);

  await world.travel({ days: 1 });
  await expect(upgrade()).rejects.toMatchObject({ code: 'quote_changed', details: { dueMinor: 452 } });
  const second = await askOwnPackageChange(bought.customer.ctx, {
    ...own(),
    ...business(),
    dueMinor: 452,
    useCredit: false,
  });
  expect(second.id).not.toBe(first.id);
  expect((await invoice(first.invoiceId)).state).toBe('void');
  expect((await invoice(second.invoiceId)).state).toBe('unpaid');
});

test('an abandoned upgrade leaves no trace on the panel and nothing to pay', async () => {
  const withdrawn = await upgrade();
  await withdrawOwnPackageChange(bought.customer.ctx, own());
  await withdrawOwnPackageChange(bought.customer.ctx, own());
  expect(await change()).toMatchObject({ state: 'abandoned', endReason: 'withdrawn' });
  expect((await invoice(withdrawn.invoiceId)).state).toBe('void');

  const voided = await upgrade();
  await voidInvoice(world.ctx, { invoiceId: voided.invoiceId ?? '' });
  expect(await change()).toMatchObject({ state: 'abandoned', endReason: 'invoice_voided' });

  const forgotten = await upgrade();
  await world.pays(forgotten.invoiceId ?? '', 100n);
  await world.travel({ days: 15 });
  expect(await change()).toMatchObject({ state: 'abandoned', endReason: 'period_over' });
  expect((await invoice(forgotten.invoiceId)).state).toBe('void');
  expect(await world.credit(own().customerId)).toBe(100n);
  expect(world.panel.account(username)?.package).toBe('starter');
});

test('paid while suspended, it waits until the service is back', async () => {
  const asked = await upgrade();
  await suspendService(world.ctx, { serviceId, cause: 'staff', reason: 'Asked for' });
  await world.drain();
  await world.pays(asked.invoiceId ?? '');
  await world.drain();
  expect(await change()).toMatchObject({ state: 'ready' });
  await expect(withdrawOwnPackageChange(bought.customer.ctx, own())).rejects.toMatchObject({
    code: 'package_change_paid',
  });
  await unsuspendService(world.ctx, { serviceId });
  await world.drain();
  expect(await change()).toMatchObject({ state: 'done' });
  expect(world.panel.account(username)?.package).toBe('business');
});

test('paid and then terminated, its money becomes credit', async () => {
  const asked = await upgrade();
  await suspendService(world.ctx, { serviceId, cause: 'staff', reason: 'Asked for' });
  await world.drain();
  await world.pays(asked.invoiceId ?? '');
  await terminateService(world.ctx, { serviceId, confirmDomain: 'bakery.test' });
  await world.drain();
  expect(await change()).toMatchObject({ state: 'abandoned', endReason: 'service_ended' });
  expect(await world.credit(own().customerId)).toBe(484n);
});

test('given up by staff, what was paid becomes credit and the package stays', async () => {
  const asked = await upgrade();
  world.panel.addFault({ on: 'changePackage', kind: 'refuse' });
  await world.pays(asked.invoiceId ?? '');
  await world.drain();
  const operation = (await world.operations(serviceId)).at(-1);
  expect(operation).toMatchObject({ action: 'changePackage', state: 'needs_staff' });
  await resolveOperation(world.ctx, { operationId: operation?.id ?? '', how: 'give_up', note: 'No such package' });
  expect(await change()).toMatchObject({ state: 'abandoned', endReason: 'given_up' });
  expect(await world.credit(own().customerId)).toBe(484n);
  expect(await world.service(serviceId)).toMatchObject({ productId: world.products.starter, recurringMinor: 500n });
});

test('credit of the customer pays for it where it is wanted', async () => {
  const { customerId } = own();
  await world.pays(bought.invoiceId, 2000n);
  expect(await world.credit(customerId)).toBe(2000n);
  await upgrade();
  await world.drain();
  expect(await change()).toMatchObject({ state: 'done' });
  expect(await world.credit(customerId)).toBe(1516n);
});

test('paid and withdrawn at the same moment, it is made or its money is credit, never neither', async () => {
  const asked = await upgrade();
  const [paid, withdrawn] = await Promise.allSettled([
    world.pays(asked.invoiceId ?? ''),
    withdrawOwnPackageChange(bought.customer.ctx, own()),
  ]);
  await world.drain();
  const { state } = await invoice(asked.invoiceId);
  const outcome = { change: (await change())?.state, invoice: state, credit: await world.credit(own().customerId) };
  expect(outcome).toEqual(
    withdrawn.status === 'rejected'
      ? { change: 'done', invoice: 'paid', credit: 0n }
      : { change: 'abandoned', invoice: 'void', credit: paid.status === 'fulfilled' ? 484n : 0n },
  );
});

test('what cannot be reckoned is refused with its reason', async () => {
  const { ctx, customerId } = bought.customer;
  await expect(quoteOwnPackageChange(ctx, { ...own(), ...starter() })).rejects.toMatchObject({ code: 'same_package' });
  const stranger = await world.customer();
  await expect(
    quoteOwnPackageChange(stranger.ctx, { serviceId, customerId: stranger.customerId, ...business() }),
  ).rejects.toMatchObject({ status: 404 });

  const free = await world.order({ customerId, ctx, email: '' }, { product: 'free' });
  await world.drain();
  const wanted = { serviceId: free.serviceId, customerId, ...business() };
  await expect(quoteOwnPackageChange(ctx, wanted)).rejects.toMatchObject({ code: 'bad_item' });

  await world.travel({ days: 15 });
  await expect(quoteOwnPackageChange(ctx, { ...own(), ...business() })).rejects.toMatchObject({
    code: 'period_unpaid',
  });
});
