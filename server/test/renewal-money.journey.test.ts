/** What an auditor of a hosting company asks of renewals: that nothing is paid for twice, given away or lost. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { approveTermination } from '../src/automation/decide-termination.ts';
import { exemptService, readExemptions } from '../src/automation/exempt-service.ts';
import { followNewPrice } from '../src/automation/follow-new-price.ts';
import { runAutomation } from '../src/automation/run-automation.ts';
import { runNights } from '../src/automation/run-nights.ts';
import { addCredit } from '../src/billing/add-credit.ts';
import { archiveProduct } from '../src/catalogue/archive-product.ts';
import { askOwnPackageChange } from '../src/hosting/ask-package-change.ts';
import { requestOwnCancellation } from '../src/hosting/request-cancellation.ts';
import { withdrawOwnCancellation } from '../src/hosting/withdraw-cancellation.ts';
import { addDays } from '../src/kit/calendar.ts';
import { resolveOperation } from '../src/operations/resolve-operation.ts';
import { payInvoice } from '../src/payments/pay-invoice.ts';
import { ANSWER_LOST, createWorld, type World } from './world.ts';

let world: World;
let bought: Awaited<ReturnType<World['buys']>>;

/** Bought on 15 January, monthly, 5.00: due on 15 February, invoiced on the 8th. */
beforeEach(async () => {
  world = await createWorld({ now: '2026-01-15T09:00:00Z' });
  bought = await world.buys();
});
afterEach(() => world.close());

async function until(day: string): Promise<void> {
  while (world.clock.now().toISOString().slice(0, 10) < day) {
    await world.travel({ days: 1 });
    await runNights(world.ctx);
    await world.drain();
  }
}

const own = () => ({ serviceId: bought.serviceId, customerId: bought.customer.customerId });
const service = () => world.service(bought.serviceId);
const credit = () => world.credit(bought.customer.customerId);

const invoices = () =>
  world.app.db
    .selectFrom('invoice')
    .select(['id', 'state', 'dueOn', 'totalMinor'])
    .where('customerId', '=', bought.customer.customerId)
    .orderBy('id')
    .execute();

async function renewal() {
  const invoice = (await invoices()).at(-1);
  if (!invoice) throw new Error('no invoice');
  return invoice;
}

const upgrade = () =>
  askOwnPackageChange(bought.customer.ctx, {
    ...own(),
    productId: world.products.business,
    options: {},
    useCredit: false,
  });

test('a renewal invoiced while an upgrade waited for its money costs what the larger package costs', async () => {
  await until('2026-02-05');
  const asked = await upgrade();
  await until('2026-02-09');
  const stale = await renewal();
  expect(stale).toMatchObject({ state: 'unpaid', totalMinor: 500n, dueOn: '2026-02-15' });
  await world.pays(asked.invoiceId ?? '');
  await world.drain();
  expect((await invoices()).slice(1)).toMatchObject([
    { id: asked.invoiceId, state: 'paid' },
    { id: stale.id, state: 'void' },
    { state: 'unpaid', totalMinor: 1500n, dueOn: '2026-02-15' },
  ]);
  await until('2026-02-11');
  expect(await invoices()).toHaveLength(4);
  await world.pays((await renewal()).id);
  expect(await service()).toMatchObject({ nextDueOn: '2026-03-15', recurringMinor: 1500n });
});

test('paid at the old price before the upgrade was, its difference is asked for once', async () => {
  await until('2026-02-05');
  const asked = await upgrade();
  await until('2026-02-09');
  await world.pays((await renewal()).id);
  await world.pays(asked.invoiceId ?? '');
  await world.drain();
  await followNewPrice(world.ctx, own());
  const all = await invoices();
  expect(all).toHaveLength(4);
  expect(all[3]).toMatchObject({ state: 'unpaid', totalMinor: 1000n });
  expect(await service()).toMatchObject({ nextDueOn: '2026-03-15' });

  // What was paid in parts is known in whole when the customer goes back on the first day of that period.
  await world.pays(all[3]?.id ?? '');
  await followNewPrice(world.ctx, own());
  await until('2026-02-15');
  const back = { ...own(), productId: world.products.starter, options: {}, useCredit: false };
  expect(await askOwnPackageChange(bought.customer.ctx, back)).toMatchObject({ dueMinor: -1000n });
});

test('a renewal paid at the old price while a downgrade waited for the panel is given back in part, once', async () => {
  await until('2026-01-16');
  const asked = await upgrade();
  await world.pays(asked.invoiceId ?? '');
  await world.drain();
  await until('2026-02-06');
  world.panel.addFault({ on: 'changePackage', kind: 'refuse', times: 1 });
  const back = { ...own(), productId: world.products.starter, options: {}, useCredit: false };
  const { dueMinor } = await askOwnPackageChange(bought.customer.ctx, back);
  await until('2026-02-08');
  expect(await renewal()).toMatchObject({ totalMinor: 1500n });
  await world.pays((await renewal()).id);
  const operation = (await world.operations(bought.serviceId)).at(-1);
  world.panel.clearFaults();
  await resolveOperation(world.ctx, { operationId: operation?.id ?? '', how: 'mark_done', note: 'Done by hand' });
  await world.drain();
  await followNewPrice(world.ctx, own());
  expect(await credit()).toBe(1000n - dueMinor);
});

test('a payment that was under way when the service was given up becomes credit, and it ends when it was told to', async () => {
  await until('2026-02-10');
  await requestOwnCancellation(bought.customer.ctx, { ...own(), timing: 'end_of_term', reason: '' });
  await world.pays((await renewal()).id); // before the invoice is taken back
  await world.drain();
  expect(await credit()).toBe(500n);
  expect((await service()).nextDueOn).toBe('2026-02-15');
  await until('2026-02-15');
  expect((await service()).state).toBe('terminated');
  expect(await credit()).toBe(500n);
});

test('kept after all, what was credited pays the period that is invoiced again', async () => {
  await until('2026-02-10');
  await requestOwnCancellation(bought.customer.ctx, { ...own(), timing: 'end_of_term', reason: '' });
  await world.pays((await renewal()).id);
  await withdrawOwnCancellation(bought.customer.ctx, own());
  await until('2026-02-11');
  expect(await renewal()).toMatchObject({ state: 'paid', dueOn: '2026-02-15' });
  expect(await credit()).toBe(0n);
  expect((await service()).nextDueOn).toBe('2026-03-15');
});

test('withdrawn on the last day before the night, it goes on', async () => {
  await until('2026-02-10');
  await requestOwnCancellation(bought.customer.ctx, { ...own(), timing: 'end_of_term', reason: '' });
  await until('2026-02-14');
  await world.travel({ hours: 16 }); // 15 February, one in the morning
  await withdrawOwnCancellation(bought.customer.ctx, own());
  await world.travel({ hours: 8 });
  await runNights(world.ctx);
  await world.drain();
  expect((await service()).state).toBe('active');
  expect(await renewal()).toMatchObject({ state: 'unpaid', dueOn: '2026-02-15', totalMinor: 500n });
});

const proposalId = async () =>
  (await world.app.db.selectFrom('terminationProposal').select('id').executeTakeFirstOrThrow()).id;

test('while money may be under way nobody approves a termination', async () => {
  await until('2026-04-01');
  const { id: invoiceId } = await renewal();
  const paying = { ...own(), invoiceId, gatewayId: 'test-card', payment: ANSWER_LOST };
  expect((await payInvoice(bought.customer.ctx, paying)).outcome).toBe('unknown');
  const approval = { proposalId: await proposalId(), confirmDomain: bought.domain };
  await expect(approveTermination(world.ctx, approval)).rejects.toMatchObject({ code: 'payment_in_progress' });
  await world.travel({ hours: 1 });
  expect(await renewal()).toMatchObject({ state: 'paid' });
  expect((await service()).state).toBe('active');
});

test('money that comes between the approval of a termination and the removal is not lost', async () => {
  await until('2026-04-01');
  world.panel.addFault({ on: 'terminate', kind: 'error_before' });
  await approveTermination(world.ctx, { proposalId: await proposalId(), confirmDomain: bought.domain });
  await world.drain();
  await world.pays((await renewal()).id);
  expect(await credit()).toBe(500n);
  world.panel.clearFaults();
  await world.travel({ hours: 1 });
  await world.travel({ hours: 1 });
  expect((await service()).state).toBe('terminated');
  expect(await credit()).toBe(500n);
});

test('a service is free for the periods that begin while it is spared their invoice, and no longer', async () => {
  const { version } = await readExemptions(world.ctx, bought.serviceId);
  await exemptService(world.ctx, {
    version,
    serviceId: bought.serviceId,
    exemptions: [{ rung: 'renewal_invoice', until: '2026-03-20', reason: 'A gift' }],
  });
  await until('2026-02-15');
  expect(await service()).toMatchObject({ nextDueOn: '2026-03-15', state: 'active' });
  await until('2026-03-30');
  expect((await service()).nextDueOn).toBe('2026-04-15');
  expect(await invoices()).toHaveLength(1);
  await until('2026-04-08');
  expect(await renewal()).toMatchObject({ dueOn: '2026-04-15', totalMinor: 500n });
});

test('credit that comes after the invoice pays it on its due day, and nobody is chased for it', async () => {
  await until('2026-02-13');
  const gift = { customerId: bought.customer.customerId, currency: 'USD', reason: 'Sorry' };
  await addCredit(world.ctx, { ...gift, amountMinor: 700n });
  await until('2026-02-15');
  expect(await renewal()).toMatchObject({ state: 'paid' });
  expect(await credit()).toBe(200n);
  await until('2026-02-28');
  expect((await service()).state).toBe('active');
  expect(await world.mails(bought.customer.email)).toEqual(['receipt', 'welcome', 'invoice', 'reminder']);
});

test('a package that is sold no longer is renewed at the price it was sold for', async () => {
  await archiveProduct(world.ctx, { productId: world.products.starter });
  await world.app.db.deleteFrom('productPrice').where('productId', '=', world.products.starter).execute();
  await until('2026-02-08');
  expect(await renewal()).toMatchObject({ totalMinor: 500n });
});

test('what costs nothing any more is renewed without a word', async () => {
  await world.app.db.updateTable('service').set({ recurringMinor: 0n }).where('id', '=', bought.serviceId).execute();
  await until('2026-02-16');
  expect(await renewal()).toMatchObject({ state: 'paid', totalMinor: 0n });
  expect((await service()).nextDueOn).toBe('2026-03-15');
  expect(await world.mails(bought.customer.email)).toEqual(['receipt', 'welcome']);
});

test('begun on 31 January it is due on the last day of every month for two years, the leap day among them', async () => {
  await world.clock.moveTo('2026-01-31T09:00:00Z');
  const { customer, serviceId } = await world.buys();
  await addCredit(world.ctx, {
    customerId: customer.customerId,
    currency: 'USD',
    amountMinor: 99_000n,
    reason: 'Ahead',
  });
  const dues: string[] = [];
  for (let month = 0; month < 25; month += 1) {
    const due = (await world.service(serviceId)).nextDueOn ?? '';
    dues.push(due);
    world.clock.moveTo(`${addDays(due, -7)}T09:00:00Z`);
    await runAutomation(world.ctx, { name: 'renewal_invoice' });
  }
  expect(dues.map((day) => day.slice(2))).toEqual([
    '26-02-28',
    '26-03-31',
    '26-04-30',
    '26-05-31',
    '26-06-30',
    '26-07-31',
    '26-08-31',
    '26-09-30',
    '26-10-31',
    '26-11-30',
    '26-12-31',
    '27-01-31',
    '27-02-28',
    '27-03-31',
    '27-04-30',
    '27-05-31',
    '27-06-30',
    '27-07-31',
    '27-08-31',
    '27-09-30',
    '27-10-31',
    '27-11-30',
    '27-12-31',
    '28-01-31',
    '28-02-29',
  ]);
  expect(await world.credit(customer.customerId)).toBe(99_000n - 25n * 500n);
});
