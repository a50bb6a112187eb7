/** A due date that staff move: what follows is counted from it, and no day is paid for twice. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runNights } from '../src/automation/run-nights.ts';
import { quotePackageChange } from '../src/hosting/quote-package-change.ts';
import { renewService } from '../src/hosting/renew-service.ts';
import { daysBetween } from '../src/kit/calendar.ts';
import { createWorld, type World } from './world.ts';

let world: World;
let bought: Awaited<ReturnType<World['buys']>>;

/** Bought on 31 January, monthly, 5.00: due on 28 February, invoiced on the 21st. */
beforeEach(async () => {
  world = await createWorld({ now: '2027-01-31T09:00:00Z' });
  bought = await world.buys();
});
afterEach(() => world.close());

const service = () => world.service(bought.serviceId);

async function until(day: string): Promise<void> {
  while (world.clock.now().toISOString().slice(0, 10) < day) {
    await world.travel({ days: 1 });
    await runNights(world.ctx);
    await world.drain();
  }
}

async function renew(paidUntil: string): Promise<void> {
  await renewService(world.ctx, { serviceId: bought.serviceId, paidUntil });
  await world.drain();
}

const invoices = () =>
  world.app.db
    .selectFrom('invoice')
    .select(['id', 'state', 'dueOn', 'totalMinor'])
    .where('customerId', '=', bought.customer.customerId)
    .orderBy('id')
    .execute();

/** The days on which it is due, paid each time. */
async function dueDays(count: number, serviceId = bought.serviceId): Promise<(string | null)[]> {
  const days = [(await world.service(serviceId)).nextDueOn];
  while (days.length < count) {
    await world.travel({ days: daysBetween(world.clock.now().toISOString().slice(0, 10), days.at(-1) ?? '') });
    await runNights(world.ctx);
    await world.drain();
    for (const { id, state } of await invoices()) if (state === 'unpaid') await world.pays(id);
    await world.drain();
    days.push((await world.service(serviceId)).nextDueOn);
  }
  return days;
}

test('moved off its day, it is renewed on the new day from then on, through short months', async () => {
  await world.travel({ days: 15 });
  const { serviceId } = await world.order(bought.customer);
  await world.drain();
  expect(await world.service(serviceId)).toMatchObject({ nextDueOn: '2027-03-15' });
  await renewService(world.ctx, { serviceId, paidUntil: '2027-03-31' });
  await world.drain();
  expect(await dueDays(3, serviceId)).toEqual(['2027-03-31', '2027-04-30', '2027-05-31']);
});

test('moved to another of its own days, it goes on as before', async () => {
  await renew('2027-04-30');
  expect(await dueDays(3)).toEqual(['2027-04-30', '2027-05-31', '2027-06-30']);
});

test('a package change costs its part of the days up to the new day, and the renewals do not drift after it', async () => {
  await renew('2027-03-10');
  await until('2027-02-20');
  const quote = await quotePackageChange(world.ctx, {
    serviceId: bought.serviceId,
    productId: world.products.business,
    options: {},
  });
  // 18 of the 28 days before 10 March: 10.00 more a month.
  expect(quote).toMatchObject({ dueMinor: 643n, nextDueOn: '2027-03-10', left: { daysLeft: 18, periodDays: 28 } });
});

test('going back never gives back more than came in, though days were given', async () => {
  const business = await world.order(bought.customer, { product: 'business' });
  await world.drain();
  await renewService(world.ctx, { serviceId: business.serviceId, paidUntil: '2027-03-31' });
  await renewService(world.ctx, { serviceId: bought.serviceId, paidUntil: '2027-03-31' });
  await world.drain();
  await until('2027-03-05');
  const smaller = { serviceId: business.serviceId, productId: world.products.starter, options: {} };
  // What was paid ended on 27 February; the days since then were given.
  expect(await quotePackageChange(world.ctx, smaller)).toMatchObject({ dueMinor: 0n });
});

test('it cannot be moved before days that are paid, and telling the panel the same day again is fine', async () => {
  await expect(renew('2027-02-27')).rejects.toMatchObject({
    code: 'paid_until_later',
    details: { nextDueOn: '2027-02-28' },
  });
  await renew('2027-02-28');
  expect(await service()).toMatchObject({ nextDueOn: '2027-02-28', billingAnchorOn: '2027-01-31' });
});

test('renewed by hand, the period that the night has invoiced is not asked for any more', async () => {
  await until('2027-02-22');
  expect((await invoices()).slice(1)).toMatchObject([{ state: 'unpaid', dueOn: '2027-02-28' }]);
  await renew('2027-03-31');
  await until('2027-03-01');
  expect((await invoices()).slice(1)).toMatchObject([{ state: 'void' }]);
  expect(await service()).toMatchObject({ nextDueOn: '2027-03-31', state: 'active' });
  await until('2027-03-25');
  expect((await invoices()).slice(1)).toMatchObject([{ state: 'void' }, { state: 'unpaid', dueOn: '2027-03-31' }]);
});

test('moved a few days on, the night invoices the period from the new day', async () => {
  await until('2027-02-22');
  await renew('2027-03-05');
  await until('2027-02-27');
  expect((await invoices()).slice(1)).toMatchObject([{ state: 'void' }, { state: 'unpaid', dueOn: '2027-03-05' }]);
  expect(await dueDays(3)).toEqual(['2027-03-05', '2027-04-05', '2027-05-05']);
});

test('renewed by hand while overdue, it comes back', async () => {
  await until('2027-03-11');
  expect(await service()).toMatchObject({ state: 'suspended', suspendCause: 'overdue' });
  await renew('2027-03-31');
  expect(await service()).toMatchObject({ state: 'active', nextDueOn: '2027-03-31' });
});

test('money that comes in for a period that was renewed by hand becomes credit', async () => {
  await until('2027-02-22');
  const [, renewal] = await invoices();
  await world.ctx.transaction(async (tx) => {
    await tx.db.updateTable('service').set({ nextDueOn: '2027-03-31' }).where('id', '=', bought.serviceId).execute();
  });
  await world.pays(renewal?.id ?? '');
  expect(await world.credit(bought.customer.customerId)).toBe(500n);
  expect((await service()).nextDueOn).toBe('2027-03-31');
});
