/**
 * A shop with services on every rung of the ladder, whose nights are run by three processes at once: two workers, and the
 * command an operator types. Some are killed in the middle. Counted is what customers, panel and bank saw of it.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { visitCheckout } from '../../gateways/stripe/simulator/customer.ts';
import { type StripeSimulator, startStripeSimulator } from '../../gateways/stripe/simulator.ts';
import { nightlyJob } from '../src/automation/nightly.job.ts';
import { runAutomation } from '../src/automation/run-automation.ts';
import { requestOwnCancellation } from '../src/hosting/request-cancellation.ts';
import { addCycles, addDays } from '../src/kit/calendar.ts';
import { saveMethod } from '../src/payments/save-method.ts';
import { syncSavedMethods } from '../src/payments/sync-saved-methods.ts';
import { writeGateway } from '../src/payments/write-gateway.ts';
import { runningClock } from './running-clock.ts';
import { startWorkerProcess, type WorkerProcess } from './worker-process.ts';
import { createWorld, type World } from './world.ts';

const BIN = path.join(import.meta.dirname, '../bin/hostwright.js');
const SHIFT = path.join(import.meta.dirname, 'shifted-date.ts');
const CARDS = { good: '4242424242424242', bad: '4000000000000341' };
const AT_REST_WITHIN_SECONDS = 240;

/** The first night that is counted. Due days are told from it, so that every rung has somebody on it that night. */
const FIRST = '2026-03-10';
const DAYS_OVERDUE = [-7, -3, 0, 1, 3, 4, 6, 8, 10, 45];
/** What the six services of each due day have. */
const KINDS = ['nothing', 'nothing', 'nothing', 'good card', 'bad card', 'given up'] as const;

interface Owned {
  serviceId: string;
  customerId: string;
  email: string;
  dueOn: string;
  kind: (typeof KINDS)[number];
}

const clock = runningClock(Date.now(), 1);
let stripe: StripeSimulator;
let world: World;
let folder: string;
let owned: Owned[];
let kills = 0;
let workers: WorkerProcess[] = [];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'hostwright-nights-'));
  clock.moveTo('2026-01-10T09:00:00Z');
  stripe = await startStripeSimulator();
  const bare = { withDns: false, withCertificate: false, withMailbox: false, withDatabase: false };
  world = await createWorld({ clock, works: false, servers: [{ concurrency: 6 }], product: bare });
  const settings = { secretKey: stripe.secretKey, webhookSecret: 'whsec_unused', apiUrl: stripe.url };
  await writeGateway(world.ctx, { gatewayId: 'stripe', enabled: true, position: 2, settings });
  owned = await sell();
  await remember();
}, 900_000);
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.kill()));
  await world.close();
  await stripe.close();
  rmSync(folder, { recursive: true });
});

test('three processes climb the ladder at once, some are killed, and everything is done once', async () => {
  await night('2026-03-10');
  await night('2026-03-13', { killOne: true }); // two nights were missed
  await night('2026-03-17', { killOne: true });
  await night('2026-03-17'); // and once more: nothing is left to do
  expect({
    renewals: await renewals(),
    reminders: await reminders(),
    charges: await charges(),
    suspensions: await suspensions(),
    proposals: await proposals(),
    ended: await ended(),
    trouble: await trouble(),
  }).toEqual({
    renewals: [],
    reminders: [],
    charges: [],
    suspensions: [],
    proposals: [],
    ended: [],
    trouble: [],
  });
}, 900_000);

// What is expected of a customer who does nothing is reckoned here from the calendar alone ------------------------

const NIGHTS = ['2026-03-09', '2026-03-10', '2026-03-13', '2026-03-17'];
const last = NIGHTS.at(-1) as string;
const unpaid = () => owned.filter(({ kind }) => kind === 'nothing' || kind === 'bad card');
/** Who pays is renewed month after month. */
const periodsOf = (dueOn: string, until: string) =>
  [0, 1, 2].map((months) => addCycles(dueOn, 'monthly', months)).filter((day) => day <= until);
/** Nights on which at least one of these days after the due day was new. */
const nightsWith = (dueOn: string, days: number[], since = '2026-01-01') =>
  NIGHTS.filter((day, index) => {
    const before = NIGHTS[index - 1] ?? since;
    return days.map((count) => addDays(dueOn, count)).some((on) => on > before && on <= day);
  }).length;

/** One invoice for a service and each of its periods, and none for what was given up. */
async function renewals(): Promise<string[]> {
  const lines = await world.app.db
    .selectFrom('invoiceLine')
    .innerJoin('invoice', 'invoice.id', 'invoiceLine.invoiceId')
    .select(['invoiceLine.causeId', 'invoiceLine.periodFrom', 'invoice.state'])
    .where('invoiceLine.periodFrom', 'is not', null)
    .execute();
  return owned.flatMap(({ serviceId, dueOn, kind }) => {
    const own = lines.filter(({ causeId }) => causeId === serviceId).map(({ periodFrom }) => periodFrom);
    const wanted = kind === 'given up' ? [] : kind === 'good card' ? periodsOf(dueOn, addDays(last, 7)) : [dueOn];
    return own.toSorted().join() === wanted.join() ? [] : [`${kind}, due ${dueOn}: invoiced from ${own.join()}`];
  });
}

/** One reminder for each night on which one was due, written once and delivered. */
async function reminders(): Promise<string[]> {
  const mails = await world.app.db
    .selectFrom('mail')
    .select(['toAddress', 'messageId'])
    .where('template', '=', 'reminder')
    .execute();
  const arrived = new Set(world.mailbox.messages().map(({ messageId }) => messageId));
  const lost = mails
    .filter(({ messageId }) => !arrived.has(messageId ?? ''))
    .map(({ toAddress }) => `${toAddress}: lost`);
  const wrong = owned
    .filter(({ kind }) => kind === 'nothing')
    .flatMap(({ email, dueOn }) => {
      const written = mails.filter(({ toAddress }) => toAddress === email).length;
      const wanted = nightsWith(dueOn, [-3, 1, 4, 8]);
      return written === wanted ? [] : [`due ${dueOn}: ${written} reminders instead of ${wanted}`];
    });
  return [...lost, ...wrong];
}

/** A good card pays once; a bad one is tried once for each night on which that was due. */
async function charges(): Promise<string[]> {
  const payments = await world.app.db
    .selectFrom('payment')
    .select(['customerId', 'state'])
    .where('gatewayId', '=', 'stripe')
    .execute();
  const taken = stripe.charges();
  const succeeded = taken.filter(({ status }) => status === 'succeeded');
  const paying = owned.flatMap(({ kind, dueOn }) => (kind === 'good card' ? periodsOf(dueOn, last) : []));
  const refused = owned.filter(({ kind }) => kind === 'bad card');
  const tries = refused.map(({ customerId, dueOn }) => ({
    dueOn,
    made: payments.filter((payment) => payment.customerId === customerId).length,
    wanted: nightsWith(dueOn, [0, 3, 6]),
  }));
  return [
    ...(succeeded.length === paying.length ? [] : [`${succeeded.length} charges for ${paying.length} renewals`]),
    ...(taken.length === payments.length ? [] : [`${taken.length} charges at Stripe for ${payments.length} payments`]),
    ...tries.flatMap(({ dueOn, made, wanted }) =>
      made === wanted ? [] : [`bad card, due ${dueOn}: charged ${made} times instead of ${wanted}`],
    ),
  ];
}

/** One operation and one request to the panel for whoever is ten days late; a killed worker may have asked before. */
async function suspensions(): Promise<string[]> {
  const late = unpaid().filter(({ dueOn }) => addDays(dueOn, 10) <= last);
  const operations = await world.app.db
    .selectFrom('operation')
    .select(['serviceId', 'state'])
    .where('action', '=', 'suspend')
    .execute();
  const asked = world.panel.journal().filter(({ call, done }) => call === 'suspendacct' && done).length;
  const once = late.filter(
    ({ serviceId }) => operations.filter((each) => each.serviceId === serviceId && each.state === 'done').length === 1,
  );
  const offline = world.panel.accounts().filter(({ suspended }) => suspended).length;
  return [
    ...(once.length === late.length && operations.length === late.length
      ? []
      : [`${operations.length} suspensions of ${late.length} services`]),
    ...(asked >= late.length && asked <= late.length + kills ? [] : [`the panel was asked ${asked} times`]),
    ...(offline === late.length ? [] : [`${offline} accounts are suspended, not ${late.length}`]),
  ];
}

async function proposals(): Promise<string[]> {
  const made = await world.app.db.selectFrom('terminationProposal').select('serviceId').execute();
  const late = unpaid().filter(({ dueOn }) => addDays(dueOn, 45) <= last);
  return made.length === late.length ? [] : [`${made.length} proposals for ${late.length} services`];
}

/** What was given up is gone once its term is over, and nothing else is. */
async function ended(): Promise<string[]> {
  const gone = await world.app.db.selectFrom('service').select('id').where('state', '=', 'terminated').execute();
  const over = owned.filter(({ kind, dueOn }) => kind === 'given up' && dueOn <= last);
  const asked = await world.app.db.selectFrom('operation').select('id').where('action', '=', 'terminate').execute();
  return gone.length === over.length && asked.length === over.length
    ? []
    : [`${gone.length} removed in ${asked.length} operations, ${over.length} were over`];
}

/** Nothing went wrong that nobody was told of, and nothing is left undone. */
async function trouble(): Promise<string[]> {
  const alerts = await world.app.db.selectFrom('alert').select('kind').where('resolvedAt', 'is', null).execute();
  const open = await world.app.db.selectFrom('operation').select('action').where('state', '<>', 'done').execute();
  const unknown = await world.app.db.selectFrom('payment').select('id').where('state', '=', 'unknown').execute();
  const unsent = await world.app.db.selectFrom('mail').select('template').where('state', '<>', 'sent').execute();
  return [
    ...alerts.filter(({ kind }) => kind !== 'termination_proposed').map(({ kind }) => kind),
    ...open.map(({ action }) => `open ${action}`),
    ...unknown.map(() => 'a payment nobody knows the end of'),
    ...unsent.map(({ template }) => `${template} not sent`),
  ];
}

// The shop -------------------------------------------------------------------------------------------------------

/** Sixty services, made by real workers, then set to their due days. */
async function sell(): Promise<Owned[]> {
  await startWorkers();
  const wanted = DAYS_OVERDUE.flatMap((days) => KINDS.map((kind) => ({ kind, dueOn: addDays(FIRST, -days) })));
  const sold: Owned[] = [];
  for (const { kind, dueOn } of wanted) {
    const customer = await world.customer();
    const { serviceId } = await world.order(customer);
    if (kind === 'good card' || kind === 'bad card') {
      const kept = { customerId: customer.customerId, gatewayId: 'stripe' };
      const { url } = await saveMethod(customer.ctx, kept);
      await visitCheckout(url, { number: kind === 'good card' ? CARDS.good : CARDS.bad });
      await syncSavedMethods(world.ctx, { ...kept, signal: AbortSignal.timeout(10_000) });
    }
    sold.push({ serviceId, customerId: customer.customerId, email: customer.email, kind, dueOn });
  }
  await atRest();
  for (const { serviceId, customerId, kind, dueOn } of sold) {
    const term = { nextDueOn: dueOn, billingAnchorOn: dueOn };
    await world.app.db.updateTable('service').set(term).where('id', '=', serviceId).execute();
    if (kind !== 'given up') continue;
    clock.moveTo(`${addDays(dueOn, -20)}T09:00:00Z`);
    const { ctx } = world;
    await requestOwnCancellation(ctx, { serviceId, customerId, timing: 'end_of_term', reason: '' });
  }
  await atRest();
  return sold;
}

/** What ordinary nights before the first one left behind: invoices in their time, and a last night like any other. */
async function remember(): Promise<void> {
  for (const { dueOn } of owned.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1))) {
    const day = addDays(dueOn, -7);
    if (day >= FIRST) continue;
    clock.moveTo(`${day}T09:00:00Z`);
    await runAutomation(world.ctx, { name: 'renewal_invoice' });
  }
  await stopWorkers();
  clock.moveTo('2026-03-09T09:00:00Z');
  await startWorkers();
  await world.ctx.transaction((tx) => world.app.jobs.enqueue(tx, nightlyJob, {}));
  await atRest();
  await stopWorkers();
}

async function night(day: string, { killOne = false } = {}): Promise<void> {
  clock.moveTo(`${day}T09:00:00Z`);
  await startWorkers();
  const before = await count('automationRun');
  const effects = await count('automationStep');
  const typed = runByHand();
  await Promise.race([typed, until(async () => (await count('automationRun')) > before)]);
  for (const _ of workers) await world.ctx.transaction((tx) => world.app.jobs.enqueue(tx, nightlyJob, {}));
  if (killOne) {
    await until(async () => (await count('automationStep')) > effects + 3);
    await workers.shift()?.kill();
    kills += 1;
    workers.push(await start());
  }
  await typed;
  await atRest();
  await stopWorkers();
}

/** `hostwright automation run nightly`, as an operator types it, on the shop's day. */
const runByHand = () =>
  promisify(execFile)(process.execPath, [BIN, 'automation', 'run', 'nightly'], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: world.database.url,
      HOSTWRIGHT_DATA: folder,
      HOSTWRIGHT_KEY: world.app.config.key,
      NODE_OPTIONS: `--import ${SHIFT}`,
      TEST_DATE_SHIFT_MS: String(shiftMs()),
    },
  });

/** How far the shop's clock is ahead of the machine's. */
const shiftMs = () => clock.now().getTime() - Date.now();

const start = () => startWorkerProcess(world, { startedAt: Date.now(), speed: 1, shiftMs: shiftMs() });

async function startWorkers(): Promise<void> {
  workers = await Promise.all([start(), start()]);
}

async function stopWorkers(): Promise<void> {
  await Promise.all(workers.map((worker) => worker.kill()));
  workers = [];
}

const count = async (table: 'automationRun' | 'automationStep') =>
  Number(
    (
      await world.app.db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<bigint>().as('rows'))
        .executeTakeFirstOrThrow()
    ).rows,
  );

/** No job is due, no operation under way and no mail unsent, in any process. */
async function atRest(): Promise<void> {
  const deadline = performance.now() + AT_REST_WITHIN_SECONDS * 1000;
  for (;;) {
    await world.app.jobs.drained({ timeoutSeconds: AT_REST_WITHIN_SECONDS });
    const { db } = world.app;
    const open = await db
      .selectFrom('operation')
      .select(['action', 'state', 'waitReason', 'errorDetail'])
      .where('state', '<>', 'done')
      .execute();
    const mails = await db.selectFrom('mail').select(['template', 'error']).where('state', '=', 'queued').execute();
    if (open.length === 0 && mails.length === 0) return;
    if (performance.now() > deadline) throw new Error(`Not at rest: ${JSON.stringify([...open, ...mails])}`);
    await sleep(50);
  }
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + AT_REST_WITHIN_SECONDS * 1000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error('No process does anything.');
    await sleep(20);
  }
}
