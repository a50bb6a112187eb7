/** An invoice by hand on its way to being paid: mails, reminders, and what it leaves alone. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runNights } from '../src/automation/run-nights.ts';
import { addInvoice } from '../src/billing/add-invoice.ts';
import { presentInvoice } from '../src/billing/present.ts';
import { createWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ now: '2026-01-05T09:00:00Z' });
});
afterEach(() => world.close());

const add = (customerId: string, byMail = true) =>
  addInvoice(world.ctx, {
    customerId,
    lines: [{ description: 'Moving a shop', quantity: 2, unitMinor: 4500n }],
    byMail,
  });

async function until(day: string): Promise<void> {
  while (world.clock.now().toISOString().slice(0, 10) < day) {
    await world.travel({ days: 1 });
    await runNights(world.ctx);
    await world.drain();
  }
}

test('it goes out by mail and is paid by transfer', async () => {
  const { customerId, email } = await world.customer();
  const invoiceId = await add(customerId);
  await world.drain();
  expect(await world.mails(email)).toEqual(['invoice']);
  expect(world.mailbox.messages().at(-1)?.text).toMatch(/Moving a shop[\s\S]*\$90\.00/);
  await world.pays(invoiceId);
  await world.drain();
  expect(await world.mails(email)).toEqual(['invoice', 'receipt']);
  expect(await presentInvoice(world.ctx, { invoiceId })).toMatchObject({ state: 'paid', dueMinor: 0n });
});

test('left unpaid it is reminded of like any other, also when it went out without mail, and suspends nothing', async () => {
  const { customer, serviceId } = await world.buys();
  const before = await world.mails(customer.email);
  await add(customer.customerId, false);
  await world.travel({ minutes: 5 });
  expect(await world.mails(customer.email)).toEqual(before);
  await until('2026-01-24');
  const reminders = (await world.mails(customer.email)).filter((template) => template === 'reminder');
  expect(reminders).toHaveLength(4);
  expect(world.mailbox.messages().some(({ text }) => /offline/.test(text))).toBe(false);
  expect((await world.service(serviceId)).state).toBe('active');
});
