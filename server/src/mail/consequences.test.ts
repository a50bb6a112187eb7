import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, DECLINES, type World } from '../../test/world.ts';
import { suspendService } from '../hosting/suspend-service.ts';
import { unsuspendService } from '../hosting/unsuspend-service.ts';
import { raiseAlert } from '../kit/alerts.ts';
import type { NewMail } from '../kit/outbox.ts';
import { TEMPLATE_SAMPLES } from './template-samples.ts';

let world: World;
/** Every mail that was queued, with what it was given. */
const queued: NewMail[] = [];
beforeAll(async () => {
  world = await createWorld({ now: '2026-01-15T09:00:00Z' });
  const { outbox } = world.app;
  world.app.outbox = {
    queue: (tx, mail) => {
      queued.push(mail);
      return outbox.queue(tx, mail);
    },
  };
});
afterAll(() => world.close());

const lastTo = (address: string) => {
  const mail = world.mailbox
    .messages()
    .filter(({ to }) => to.includes(address))
    .at(-1);
  if (!mail) throw new Error(`no mail to ${address}`);
  return mail;
};

test('who pays at the check-out gets a receipt with its number and is not asked for the money', async () => {
  const { customer, invoiceId } = await world.buys();
  await world.travel({ minutes: 5 });
  expect((await world.mails(customer.email)).sort()).toEqual(['receipt', 'welcome']);
  const payment = await world.app.db
    .selectFrom('payment')
    .select('number')
    .where('invoiceId', '=', invoiceId)
    .executeTakeFirstOrThrow();
  const receipt = world.mailbox
    .messages()
    .find(({ to, subject }) => to.includes(customer.email) && /Receipt/.test(subject));
  expect(receipt?.text).toContain(`Receipt: ${payment.number}`);
  expect(receipt?.text).toMatch(/received \$5\.00\.[\s\S]*Received on: January 15, 2026/);
  expect(receipt?.text).not.toContain('Still to pay');
});

test('who pays by bank transfer gets the invoice at once, and a receipt for each part', async () => {
  const customer = await world.customer();
  const { invoiceId } = await world.order(customer, { gateway: 'manual' });
  await world.drain();
  expect(await world.mails(customer.email)).toEqual(['invoice']);
  expect(lastTo(customer.email).text).toMatch(/Total: \$5\.00[\s\S]*http:\/\/shop\.test\/portal\/invoices\//);
  await world.pays(invoiceId, 200n);
  await world.drain();
  expect(lastTo(customer.email).text).toContain('Still to pay: $3.00');
});

test('a declined card is told at once; the invoice follows when it is still open after a minute', async () => {
  const customer = await world.customer();
  await world.order(customer, { card: DECLINES });
  await world.drain();
  expect(await world.mails(customer.email)).toEqual(['payment_declined']);
  await world.travel({ seconds: 61 });
  expect(await world.mails(customer.email)).toEqual(['payment_declined', 'invoice']);
});

test('nothing is asked for when nothing is owed', async () => {
  const { customer } = await world.buys({ product: 'free' });
  await world.travel({ minutes: 5 });
  expect(await world.mails(customer.email)).toEqual(['welcome']);
});

test('each suspension and each return is told, with its reason', async () => {
  const { customer, serviceId } = await world.buys();
  for (const reason of ['Phishing page', 'Phishing again']) {
    await suspendService(world.ctx, { serviceId, cause: 'abuse', reason });
    await world.drain();
    expect(lastTo(customer.email).text).toContain(`The reason: ${reason}`);
    expect(lastTo(customer.email).text).toContain('Please get in touch');
    world.clock.advance({ seconds: 1 });
    await unsuspendService(world.ctx, { serviceId });
    await world.drain();
    expect(lastTo(customer.email).subject).toMatch(/online again/);
    world.clock.advance({ seconds: 1 });
  }
  await suspendService(world.ctx, { serviceId, cause: 'overdue', reason: 'Overdue' });
  await world.drain();
  // Nothing is owed, so it is brought back at once, and either mail may arrive first.
  const told = world.mailbox.messages().filter(({ to }) => to.includes(customer.email));
  expect(told.some(({ text }) => text.includes('as soon as the open invoice is paid'))).toBe(true);
});

test('an alert is mailed once to everybody in charge, and to nobody else', async () => {
  const now = world.clock.now();
  const member = async (role: string, disabledAt: Date | null = null) => {
    const id = uuidv7();
    const email = `${role}-${id.slice(-6)}@staff.test`;
    await world.app.db
      .insertInto('loginUser')
      .values({ id, name: role, email, createdAt: now, updatedAt: now })
      .execute();
    await world.app.db.insertInto('staffMember').values({ userId: id, role, createdAt: now, disabledAt }).execute();
    return email;
  };
  const told = [await member('owner'), await member('admin')];
  const untold = [await member('support'), await member('admin', now)];
  const subject = { kind: 'server', id: uuidv7() };
  const alert = { kind: 'breaker_open', subject, message: 'whm1 does not answer.', whatToDo: 'Look at it.' };
  for (let time = 0; time < 2; time++) await world.ctx.transaction((tx) => raiseAlert(tx, alert));
  await world.drain();
  for (const email of told) expect(await world.mails(email)).toEqual(['staff_alert']);
  for (const email of untold) expect(await world.mails(email)).toEqual([]);
  expect(lastTo(told[0] ?? '').text).toMatch(/whm1 does not answer\.[\s\S]*Look at it\./);
});

test('what these mails were given is what their samples name, so that staff can rely on the names', () => {
  const told = new Set(queued.map(({ template }) => template));
  expect([...told].sort()).toEqual([
    'invoice',
    'payment_declined',
    'receipt',
    'staff_alert',
    'suspended',
    'unsuspended',
    'welcome',
  ]);
  for (const { template, data } of queued) {
    const [full] = TEMPLATE_SAMPLES[template].samples;
    expect([template, ...Object.keys(data).sort()]).toEqual([template, ...Object.keys(full).sort()]);
  }
});
