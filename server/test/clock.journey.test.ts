/** What the nights of a shop do, dated like a calendar. */
import { afterEach, expect, test } from 'vitest';
import { approveTermination } from '../src/automation/decide-termination.ts';
import { type Exemption, exemptService, readExemptions } from '../src/automation/exempt-service.ts';
import { previewRun } from '../src/automation/preview-run.ts';
import { runAutomation } from '../src/automation/run-automation.ts';
import { runNights } from '../src/automation/run-nights.ts';
import { addCredit } from '../src/billing/add-credit.ts';
import { voidInvoice } from '../src/billing/void-invoice.ts';
import { requestCancellation, requestOwnCancellation } from '../src/hosting/request-cancellation.ts';
import { suspendService } from '../src/hosting/suspend-service.ts';
import { terminateService } from '../src/hosting/terminate-service.ts';
import { withdrawCancellation, withdrawOwnCancellation } from '../src/hosting/withdraw-cancellation.ts';
import { resolveOperation } from '../src/operations/resolve-operation.ts';
import { createWorld, type World } from './world.ts';

let world: World;
afterEach(() => world.close());

/** Bought on 31 January, monthly: due on 28 February, then on 31 March. */
const open = async (now = '2026-01-31T09:00:00Z') => {
  world = await createWorld({ now });
};

/** The nights up to that day's, each in its own time. */
async function until(day: string): Promise<void> {
  while (world.clock.now().toISOString().slice(0, 10) < day) {
    await world.travel({ days: 1 });
    await runNights(world.ctx);
    await world.drain();
  }
}

const invoicesOf = (customerId: string) =>
  world.app.db
    .selectFrom('invoice')
    .select(['id', 'number', 'state', 'dueOn', 'issuedOn', 'totalMinor'])
    .where('customerId', '=', customerId)
    .orderBy('id')
    .execute();

async function renewalOf(customerId: string) {
  const invoice = (await invoicesOf(customerId)).at(-1);
  if (!invoice) throw new Error('no invoice');
  return invoice;
}

const alerts = () =>
  world.app.db.selectFrom('alert').select(['kind', 'subjectId']).where('resolvedAt', 'is', null).execute();

/** Staff look at what a service is spared, and change it. */
const spare = async (change: { serviceId: string; exemptions: Exemption[] }) => {
  const { version } = await readExemptions(world.ctx, change.serviceId);
  return exemptService(world.ctx, { ...change, version });
};

test('a renewal is invoiced seven days ahead, and once paid the service is due a month later without drifting', async () => {
  await open();
  const { customer, serviceId, domain } = await world.buys();
  expect((await world.service(serviceId)).nextDueOn).toBe('2026-02-28');
  await until('2026-02-20');
  expect(await invoicesOf(customer.customerId)).toHaveLength(1);

  await until('2026-02-21');
  const february = await renewalOf(customer.customerId);
  expect(february).toMatchObject({ state: 'unpaid', dueOn: '2026-02-28', issuedOn: '2026-02-21', totalMinor: 500n });
  const lines = await world.app.db.selectFrom('invoiceLine').selectAll().where('invoiceId', '=', february.id).execute();
  expect(lines).toMatchObject([
    {
      kind: 'recurring',
      causeKind: 'service',
      causeId: serviceId,
      description: `starter: ${domain}`,
      periodFrom: '2026-02-28',
      periodTo: '2026-03-30',
    },
  ]);
  await world.pays(february.id);
  await world.drain();
  expect(await world.service(serviceId)).toMatchObject({ state: 'active', nextDueOn: '2026-03-31' });

  await until('2026-03-24');
  const march = await renewalOf(customer.customerId);
  expect(march).toMatchObject({ dueOn: '2026-03-31' });
  await world.pays(march.id);
  expect((await world.service(serviceId)).nextDueOn).toBe('2026-04-30');
  expect(await world.operations(serviceId)).toHaveLength(1);
});

test('unpaid, it is reminded of, suspended on day 10, and back as soon as it is paid', async () => {
  await open();
  const { customer, serviceId, domain } = await world.buys();
  await until('2026-03-09');
  expect((await world.service(serviceId)).state).toBe('active');
  await until('2026-03-10');
  const service = await world.service(serviceId);
  expect(service).toMatchObject({ state: 'suspended', suspendCause: 'overdue' });
  expect(world.panel.account(service.username ?? '')?.suspended).toBe(true);

  const renewal = await renewalOf(customer.customerId);
  await world.pays(renewal.id);
  await world.drain(); // the clock stands still: no time goes by
  expect(await world.service(serviceId)).toMatchObject({ state: 'active', nextDueOn: '2026-03-31' });
  expect(world.panel.account(service.username ?? '')?.suspended).toBe(false);
  expect(await world.mails(customer.email)).toEqual([
    'receipt',
    'welcome',
    'invoice',
    'reminder',
    'reminder',
    'reminder',
    'reminder',
    'suspended',
    'receipt',
    'unsuspended',
  ]);
  const warnings = world.mailbox.messages().filter(({ subject }) => subject.includes('Reminder: invoice'));
  expect(warnings).toHaveLength(1);
  expect(JSON.stringify(warnings)).toContain('March 10, 2026');
  await until('2026-03-12');
  expect((await world.service(serviceId)).state).toBe('active');
  expect(domain).toMatch(/\.test$/);
});

test('an overdue service that staff make a case of abuse stays suspended when it is paid', async () => {
  await open();
  const { customer, serviceId } = await world.buys();
  await until('2026-03-10');
  const { suspendedAt } = await world.service(serviceId);
  await world.travel({ hours: 1 });
  await suspendService(world.ctx, { serviceId, cause: 'abuse', reason: 'Sends spam' });
  // Paid before the panel has confirmed it.
  await world.pays((await renewalOf(customer.customerId)).id);
  await world.drain();
  const service = await world.service(serviceId);
  const abuse = { state: 'suspended', suspendCause: 'abuse', suspendReason: 'Sends spam', nextDueOn: '2026-03-31' };
  expect(service).toMatchObject({ ...abuse, suspendedAt });
  expect(world.panel.account(service.username ?? '')?.suspended).toBe(true);
  const [, told] = world.mailbox.messages().filter(({ subject }) => subject.includes('was suspended'));
  expect(told?.text).toContain('Sends spam');
  expect(told?.text).toContain('Please get in touch with us');
  const audited = await world.app.db
    .selectFrom('audit')
    .select('after')
    .where('action', '=', 'service.suspended')
    .where('subjectId', '=', serviceId)
    .orderBy('id')
    .execute();
  expect(audited.at(-1)?.after).toMatchObject({ suspendCause: 'abuse', suspendReason: 'Sends spam' });
  for (const cause of ['overdue', 'staff'] as const) {
    await expect(suspendService(world.ctx, { serviceId, cause, reason: 'No' })).rejects.toMatchObject({
      code: 'service_suspended',
    });
  }
});

test('while it is being suspended for being overdue, it is not made a case of abuse unnoticed', async () => {
  await open();
  const { serviceId } = await world.buys();
  world.panel.addFault({ on: 'suspend', kind: 'slow', delayMs: 5000, times: 1 });
  const wanted = { serviceId, cause: 'overdue', reason: 'Unpaid' } as const;
  const overdue = await suspendService(world.ctx, wanted);
  await expect(suspendService(world.ctx, { serviceId, cause: 'abuse', reason: 'Spam' })).rejects.toMatchObject({
    code: 'operation_unfinished',
  });
  expect((await suspendService(world.ctx, wanted)).id).toBe(overdue.id);
  await world.drain();
});

test('never paid, its termination is proposed on day 45, and nothing is removed before staff approve', async () => {
  await open();
  const { customer, serviceId, domain } = await world.buys();
  await until('2026-04-13');
  expect(await alerts()).toEqual([]);
  await until('2026-04-14');
  expect(await alerts()).toEqual([{ kind: 'termination_proposed', subjectId: serviceId }]);
  await until('2026-04-20');
  expect((await world.service(serviceId)).state).toBe('suspended');
  const [proposal] = await world.app.db.selectFrom('terminationProposal').select(['id', 'state']).execute();
  expect(proposal?.state).toBe('proposed');

  await approveTermination(world.ctx, { proposalId: proposal?.id ?? '', confirmDomain: domain });
  await world.drain();
  expect((await world.service(serviceId)).state).toBe('terminated');
  expect(world.panel.accounts()).toEqual([]);
  expect((await renewalOf(customer.customerId)).state).toBe('void');
  expect(await alerts()).toEqual([]);
});

test('paying makes a proposed termination pointless', async () => {
  await open();
  const { customer, serviceId, domain } = await world.buys();
  await until('2026-04-14');
  const [proposal] = await world.app.db.selectFrom('terminationProposal').select('id').execute();
  await world.pays((await renewalOf(customer.customerId)).id);
  await expect(
    approveTermination(world.ctx, { proposalId: proposal?.id ?? '', confirmDomain: domain }),
  ).rejects.toMatchObject({ code: 'service_not_overdue' });
  await world.drain();
  expect((await world.service(serviceId)).state).toBe('active');
  expect(await world.app.db.selectFrom('terminationProposal').select('state').execute()).toEqual([
    { state: 'withdrawn' },
  ]);
  expect(await alerts()).toEqual([]);
});

test('what staff suspended for abuse stays suspended when it is paid', async () => {
  await open();
  const { customer, serviceId } = await world.buys();
  await until('2026-02-25');
  await suspendService(world.ctx, { serviceId, cause: 'abuse', reason: 'Sends spam' });
  await until('2026-03-15');
  await world.pays((await renewalOf(customer.customerId)).id);
  await world.drain();
  expect(await world.service(serviceId)).toMatchObject({
    state: 'suspended',
    suspendCause: 'abuse',
    nextDueOn: '2026-03-31',
  });
});

test('money that comes while the panel is being asked to suspend brings the site back', async () => {
  await open();
  const { customer, serviceId } = await world.buys();
  await until('2026-03-09');
  world.panel.addFault({ on: 'suspend', kind: 'error_before', times: 1 });
  await until('2026-03-10');
  expect((await world.service(serviceId)).state).toBe('active');
  await world.pays((await renewalOf(customer.customerId)).id);
  await world.travel({ minutes: 10 });
  await world.travel({ minutes: 10 });
  expect((await world.operations(serviceId)).map(({ action, state }) => `${action} ${state}`)).toEqual([
    'create done',
    'suspend done',
    'unsuspend done',
  ]);
  expect((await world.service(serviceId)).state).toBe('active');
});

test('given up for the end of the term, it works until then, is not invoiced, and goes', async () => {
  await open();
  const { customer, serviceId } = await world.buys();
  const { customerId } = customer;
  await until('2026-02-22');
  await requestOwnCancellation(customer.ctx, { serviceId, customerId, timing: 'end_of_term', reason: 'Moving' });
  await world.drain();
  expect((await renewalOf(customerId)).state).toBe('void');
  await until('2026-02-27');
  expect((await world.service(serviceId)).state).toBe('active');
  await until('2026-02-28');
  expect((await world.service(serviceId)).state).toBe('terminated');
  expect(await invoicesOf(customerId)).toHaveLength(2);
  expect((await world.mails(customer.email)).slice(-2)).toEqual(['cancellation_confirmed', 'terminated']);
});

test('kept after all, it is invoiced again and goes on', async () => {
  await open();
  const { customer, serviceId } = await world.buys();
  const { customerId } = customer;
  await until('2026-02-22');
  await requestOwnCancellation(customer.ctx, { serviceId, customerId, timing: 'end_of_term', reason: '' });
  await world.drain();
  await withdrawOwnCancellation(customer.ctx, { serviceId, customerId });
  await until('2026-02-23');
  const renewal = await renewalOf(customerId);
  expect(renewal).toMatchObject({ state: 'unpaid', dueOn: '2026-02-28' });
  await world.pays(renewal.id);
  await until('2026-03-02');
  expect(await world.service(serviceId)).toMatchObject({ state: 'active', nextDueOn: '2026-03-31' });
});

test('given up at once, the account goes now; a foreign one, or a wrong domain, is refused', async () => {
  await open();
  const { customer, serviceId, domain } = await world.buys();
  const other = await world.customer();
  const wanted = { serviceId, timing: 'at_once', reason: '', confirmDomain: domain } as const;
  await expect(requestOwnCancellation(other.ctx, { ...wanted, customerId: other.customerId })).rejects.toMatchObject({
    code: 'service_not_found',
  });
  await expect(requestCancellation(world.ctx, { ...wanted, confirmDomain: 'other.test' })).rejects.toMatchObject({
    code: 'domain_not_confirmed',
  });
  await requestOwnCancellation(customer.ctx, { ...wanted, customerId: customer.customerId });
  await world.drain();
  expect((await world.service(serviceId)).state).toBe('terminated');
  const requests = await world.app.db.selectFrom('cancellationRequest').select('state').execute();
  expect(requests).toEqual([{ state: 'done' }]);
});

test('given up, and removing it given up by staff, it waits for their decision', async () => {
  await open();
  const { customer, serviceId, domain } = await world.buys();
  const { customerId } = customer;
  const giveUpRemoval = async () => {
    await world.drain();
    const operation = (await world.operations(serviceId)).at(-1);
    expect(operation).toMatchObject({ action: 'terminate', state: 'needs_staff' });
    await resolveOperation(world.ctx, { operationId: operation?.id ?? '', how: 'give_up', note: 'Not now' });
    expect(await alerts()).toEqual([{ kind: 'cancellation_unserved', subjectId: serviceId }]);
  };
  world.panel.addFault({ on: 'terminate', kind: 'refuse', times: 1 });
  await requestOwnCancellation(customer.ctx, {
    serviceId,
    customerId,
    timing: 'at_once',
    reason: '',
    confirmDomain: domain,
  });
  await giveUpRemoval();
  await withdrawCancellation(world.ctx, { serviceId });
  expect(await alerts()).toEqual([]);
  await until('2026-02-21');
  expect(await renewalOf(customerId)).toMatchObject({ state: 'unpaid', dueOn: '2026-02-28' });

  await requestOwnCancellation(customer.ctx, { serviceId, customerId, timing: 'end_of_term', reason: '' });
  await until('2026-02-27');
  world.panel.addFault({ on: 'terminate', kind: 'refuse', times: 1 });
  await until('2026-02-28');
  await giveUpRemoval();
  await terminateService(world.ctx, { serviceId, confirmDomain: domain });
  await world.drain();
  expect((await world.service(serviceId)).state).toBe('terminated');
  expect(await alerts()).toEqual([]);
  const requests = await world.app.db.selectFrom('cancellationRequest').select('state').orderBy('id').execute();
  expect(requests).toEqual([{ state: 'withdrawn' }, { state: 'done' }]);
});

test('a term that is over cannot be waited for', async () => {
  await open();
  const { serviceId } = await world.buys();
  await until('2026-03-01');
  const wanted = { serviceId, timing: 'end_of_term', reason: '' } as const;
  await expect(requestCancellation(world.ctx, wanted)).rejects.toMatchObject({ code: 'term_over' });
});

test('three missed nights are made up for in order, with one reminder instead of several', async () => {
  await open();
  const { customer, serviceId } = await world.buys();
  await until('2026-02-27');
  await world.travel({ days: 11 }); // 10 March: the shop was down since the day before the due day
  await runNights(world.ctx);
  await world.drain();
  const runs = await world.app.db.selectFrom('automationRun').select('day').orderBy('id').execute();
  expect(runs.slice(-11).map(({ day }) => day)).toEqual([
    '2026-02-28',
    ...Array.from({ length: 10 }, (_, index) => `2026-03-${String(index + 1).padStart(2, '0')}`),
  ]);
  expect(await world.mails(customer.email)).toEqual([
    'receipt',
    'welcome',
    'invoice',
    'reminder',
    'reminder',
    'suspended',
  ]);
  expect((await world.service(serviceId)).state).toBe('suspended');
  await runNights(world.ctx);
  expect(await world.app.db.selectFrom('automationRun').select('id').execute()).toHaveLength(runs.length);
});

test('an invoice that is late because nights were missed is not overdue when it comes', async () => {
  await open();
  const { customer } = await world.buys();
  await world.travel({ days: 40 }); // 12 March
  await runNights(world.ctx);
  await world.drain();
  expect(await renewalOf(customer.customerId)).toMatchObject({ dueOn: '2026-03-12', state: 'unpaid' });
  await until('2026-03-21');
  expect(await world.mails(customer.email)).not.toContain('suspended');
});

test('two runs at the same time do everything once', async () => {
  await open();
  const bought = await Promise.all(Array.from({ length: 8 }, () => world.buys()));
  const night = async (days: number) => {
    await world.travel({ days });
    const runs = await Promise.all([1, 2].map(() => runAutomation(world.ctx, { name: 'nightly' })));
    await world.drain();
    return runs.map(({ counts }) => counts as Record<string, { done: number; failed: number }>);
  };
  const invoiced = await night(21);
  expect(invoiced.reduce((sum, { renewal_invoice }) => sum + (renewal_invoice?.done ?? 0), 0)).toBe(8);
  await night(17); // 10 March
  for (const { customer, serviceId } of bought) {
    expect(await invoicesOf(customer.customerId)).toHaveLength(2);
    expect((await world.operations(serviceId)).map(({ action }) => action)).toEqual(['create', 'suspend']);
    expect((await world.mails(customer.email)).filter((template) => template === 'reminder')).toHaveLength(1);
  }
});

test('a renewal that staff void is invoiced again, unless the service is exempted', async () => {
  await open();
  const { customer, serviceId } = await world.buys();
  await until('2026-02-22');
  await voidInvoice(world.ctx, { invoiceId: (await renewalOf(customer.customerId)).id });
  await until('2026-02-24');
  const [, first, again, ...more] = await invoicesOf(customer.customerId);
  expect(first?.state).toBe('void');
  expect(again).toMatchObject({ state: 'unpaid', dueOn: '2026-02-28', issuedOn: '2026-02-23' });
  expect(more).toEqual([]);

  await spare({
    serviceId,
    exemptions: [{ rung: 'renewal_invoice', until: '2026-03-01', reason: 'A gift' }],
  });
  await voidInvoice(world.ctx, { invoiceId: again?.id ?? '' });
  await until('2026-03-01');
  expect(await invoicesOf(customer.customerId)).toHaveLength(3);
});

test('what cannot be done is told to staff once, harms nothing else, and is done when its cause is mended', async () => {
  await open();
  const [broken, well] = [await world.buys(), await world.buys()];
  const price = (recurringMinor: bigint) =>
    world.app.db.updateTable('service').set({ recurringMinor }).where('id', '=', broken.serviceId).execute();
  await price(-500n);
  await until('2026-02-22');
  expect(await invoicesOf(well.customer.customerId)).toHaveLength(2);
  expect(await invoicesOf(broken.customer.customerId)).toHaveLength(1);
  expect(await alerts()).toEqual([{ kind: 'automation_failed', subjectId: broken.serviceId }]);

  await price(500n);
  await until('2026-02-23');
  expect(await invoicesOf(broken.customer.customerId)).toHaveLength(2);
  expect(await alerts()).toEqual([]);
});

test('what a night could not do is no trouble any more once it is not due', async () => {
  await open();
  const { serviceId } = await world.buys();
  await world.app.db.updateTable('service').set({ recurringMinor: -500n }).where('id', '=', serviceId).execute();
  await until('2026-02-22');
  expect(await alerts()).toEqual([{ kind: 'automation_failed', subjectId: serviceId }]);
  await spare({ serviceId, exemptions: [{ rung: 'renewal_invoice', until: '2026-02-27', reason: 'A gift' }] });
  await until('2026-02-23');
  expect(await alerts()).toEqual([]);
});

test('services of a customer due on the same day are one invoice, and the rest of it stands when one ends', async () => {
  await open();
  const customer = await world.customer();
  const orders = [await world.order(customer), await world.order(customer, { product: 'business' })];
  await world.drain();
  await until('2026-02-21');
  expect(await renewalOf(customer.customerId)).toMatchObject({ totalMinor: 2000n });

  const [first, second] = orders.map(({ serviceId }) => serviceId) as [string, string];
  await requestCancellation(world.ctx, { serviceId: first, timing: 'end_of_term', reason: '' });
  await world.drain();
  const [, joint, rest] = (await invoicesOf(customer.customerId)).slice(-3);
  expect(joint).toMatchObject({ state: 'void', totalMinor: 2000n });
  expect(rest).toMatchObject({ state: 'unpaid', totalMinor: 1500n, dueOn: '2026-02-28' });
  await until('2026-02-25');
  expect(await invoicesOf(customer.customerId)).toHaveLength(4);
  await world.pays(rest?.id ?? '');
  await until('2026-02-28');
  expect((await world.service(first)).state).toBe('terminated');
  expect(await world.service(second)).toMatchObject({ state: 'active', nextDueOn: '2026-03-31' });
});

test('credit pays a renewal on the day it is invoiced', async () => {
  await open();
  const { customer, serviceId } = await world.buys();
  await addCredit(world.ctx, { customerId: customer.customerId, currency: 'USD', amountMinor: 700n, reason: 'Sorry' });
  await until('2026-02-21');
  expect((await renewalOf(customer.customerId)).state).toBe('paid');
  expect(await world.credit(customer.customerId)).toBe(200n);
  expect((await world.service(serviceId)).nextDueOn).toBe('2026-03-31');
});

test('an exempted service is not suspended until its exemption ends', async () => {
  await open();
  const { serviceId } = await world.buys();
  await spare({
    serviceId,
    exemptions: [{ rung: 'suspend', until: '2026-03-12', reason: 'Pays by cheque' }],
  });
  await until('2026-03-12');
  expect((await world.service(serviceId)).state).toBe('active');
  await until('2026-03-13');
  expect((await world.service(serviceId)).state).toBe('suspended');
});

test('a preview says what would be done, on any day, and changes nothing', async () => {
  await open();
  const { serviceId, domain, customer } = await world.buys();
  expect((await previewRun(world.ctx, { name: 'nightly' })).items).toEqual([]);
  const preview = await previewRun(world.ctx, { name: 'nightly', day: '2026-02-21' });
  expect(preview.items).toEqual([
    {
      rung: 'renewal_invoice',
      dueOn: '2026-02-28',
      subjects: [
        {
          kind: 'service',
          id: serviceId,
          label: domain,
          customerId: customer.customerId,
          customerName: 'Carla Customer',
        },
      ],
      text: 'Invoice the period from 28 Feb 2026',
    },
  ]);
  expect(await world.app.db.selectFrom('automationRun').select('id').execute()).toEqual([]);
  expect(await world.app.db.selectFrom('automationStep').select('rung').execute()).toEqual([]);
  await expect(runAutomation(world.ctx, { name: 'nightly', day: '2026-02-21' })).rejects.toMatchObject({
    code: 'day_in_future',
  });
});

test('what is free is never renewed', async () => {
  await open();
  const { customer } = await world.buys({ product: 'free' });
  await until('2026-03-05');
  expect(await invoicesOf(customer.customerId)).toHaveLength(1);
});
