/** What happens on the ladder when money, people and settings do not keep to it. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exemptService, readExemptions } from '../src/automation/exempt-service.ts';
import { LADDER } from '../src/automation/ladder.ts';
import { runNights } from '../src/automation/run-nights.ts';
import type { Due } from '../src/automation/rung.ts';
import { DEFAULTS } from '../src/automation/settings.ts';
import { writeAutomationSettings } from '../src/automation/write-settings.ts';
import { issueInvoice } from '../src/billing/issue-invoice.ts';
import { type Customer, createWorld, type World } from './world.ts';

let world: World;
let customer: Customer;
let serviceIds: string[];

/** Two services, bought on 15 January, monthly: one invoice of 20.00, due on 15 February. */
beforeEach(async () => {
  world = await createWorld({ now: '2026-01-15T09:00:00Z' });
  customer = await world.customer();
  const orders = [await world.order(customer), await world.order(customer, { product: 'business' })];
  serviceIds = orders.map(({ serviceId }) => serviceId);
  await world.drain();
});
afterEach(() => world.close());

async function until(day: string): Promise<void> {
  while (world.clock.now().toISOString().slice(0, 10) < day) {
    await world.travel({ days: 1 });
    await runNights(world.ctx);
    await world.drain();
  }
}

const states = async () => (await Promise.all(serviceIds.map(world.service))).map(({ state }) => state);
const reminders = async () => (await world.mails(customer.email)).filter((template) => template === 'reminder').length;
const renewal = () =>
  world.app.db
    .selectFrom('invoice')
    .selectAll()
    .where('customerId', '=', customer.customerId)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();

test('an invoice that is paid in part is chased for the rest, and the last of it brings everything back', async () => {
  await until('2026-02-15');
  await world.pays((await renewal()).id, 1500n);
  await until('2026-02-16');
  const [reminder] = world.mailbox.messages().filter(({ text }) => text.includes('$5.00'));
  expect(reminder).toBeDefined();
  await until('2026-02-25');
  expect(await states()).toEqual(['suspended', 'suspended']);
  await world.pays((await renewal()).id, 499n);
  await world.drain();
  expect(await states()).toEqual(['suspended', 'suspended']);
  await world.pays((await renewal()).id, 1n);
  await world.drain();
  expect(await states()).toEqual(['active', 'active']);
});

test('of two services on one invoice the exempted one stays online, and is not threatened with a day', async () => {
  const [spared = '', other = ''] = serviceIds;
  const exempt = async (serviceId: string) => {
    const { version } = await readExemptions(world.ctx, serviceId);
    const exemption = { rung: 'suspend' as const, until: '2026-12-31', reason: 'A charity' };
    await exemptService(world.ctx, { serviceId, exemptions: [exemption], version });
  };
  await exempt(spared);
  await until('2026-02-25');
  expect(await states()).toEqual(['active', 'suspended']);

  await exempt(other);
  await world.pays((await renewal()).id);
  await world.drain();
  await until('2026-03-16');
  const threats = world.mailbox.messages().filter(({ text }) => text.includes('March 25, 2026'));
  expect(threats).toEqual([]);
});

test('money that comes between the look of the night and its deed wins', async () => {
  await until('2026-02-24');
  await world.travel({ days: 1 });
  const rung = LADDER.find(({ name }) => name === 'suspend');
  const look = { dueBy: '2026-02-15', step: 'suspend', days: 10, day: '2026-02-25', today: '2026-02-25' };
  const seen = { ...look, todayBegan: new Date('2026-02-25T00:00:00Z'), settings: DEFAULTS };
  const due = (await rung?.due(world.app.db, seen)) as Due[];
  expect(due).toHaveLength(2);
  await world.pays((await renewal()).id);
  for (const one of due) {
    const deed = world.ctx.transaction((tx) => one.act(tx, [one.subjects[0]?.id ?? '']));
    await expect(deed).rejects.toMatchObject({ code: 'invoice_paid' });
  }
  await world.drain();
  expect(await states()).toEqual(['active', 'active']);
});

test('a service comes back when the last of several overdue invoices is paid', async () => {
  await until('2026-02-16');
  const [serviceId = ''] = serviceIds;
  const extra = { description: 'Extra work', quantity: 1, unitMinor: 700n, amountMinor: 700n };
  const cause = { kind: 'service', id: serviceId };
  const second = await world.ctx.transaction((tx) =>
    issueInvoice(tx, {
      customerId: customer.customerId,
      dueOn: '2026-02-17',
      lines: [{ kind: 'manual', cause, ...extra }],
    }),
  );
  await until('2026-02-28');
  const suspensions = (await world.operations(serviceId)).filter(({ action }) => action === 'suspend');
  expect(suspensions).toHaveLength(1);
  const first = await world.app.db
    .selectFrom('invoice')
    .select('id')
    .where('totalMinor', '=', 2000n)
    .where('state', '=', 'unpaid')
    .executeTakeFirstOrThrow();
  await world.pays(first.id);
  await world.drain();
  expect(await states()).toEqual(['suspended', 'active']);
  await world.pays(second.id);
  await world.drain();
  expect(await states()).toEqual(['active', 'active']);
});

test('changing the days repeats nothing that was done and undoes nothing', async () => {
  await until('2026-02-20'); // reminded three days before, and one and four after
  expect(await reminders()).toBe(3);
  await writeAutomationSettings(world.ctx, { ...DEFAULTS, reminderDays: [4], collectDays: [3] });
  await until('2026-02-22');
  expect(await reminders()).toBe(3);

  await until('2026-02-25');
  expect(await states()).toEqual(['suspended', 'suspended']);
  await writeAutomationSettings(world.ctx, { ...DEFAULTS, suspendAfterDays: 20, reminderDays: [4] });
  await until('2026-02-27');
  expect(await states()).toEqual(['suspended', 'suspended']);
  await until('2026-03-08');
  for (const serviceId of serviceIds) {
    expect((await world.operations(serviceId)).map(({ action }) => action)).toEqual(['create', 'suspend']);
  }
});

test('suspended earlier or later from one night to the next, as the shop sets it', async () => {
  await until('2026-02-18');
  await writeAutomationSettings(world.ctx, { ...DEFAULTS, suspendAfterDays: 3, reminderDays: [1] });
  await until('2026-02-19');
  expect(await states()).toEqual(['suspended', 'suspended']);
});
