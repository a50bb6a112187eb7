import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, callersOf } from '../../test/callers.ts';
import { createWorld, type World } from '../../test/world.ts';
import { requestOwnCancellation } from '../hosting/request-cancellation.ts';
import { runNights } from './run-nights.ts';

let world: World;
let staff: Caller;
let bought: Awaited<ReturnType<World['buys']>>;
let kept: Awaited<ReturnType<World['buys']>>;

beforeAll(async () => {
  world = await createWorld({ now: '2026-01-31T09:00:00Z' });
  staff = await callersOf(world.app).staff();
  bought = await world.buys({ domain: 'bakery.test' });
  kept = await world.buys({ domain: 'florist.test' });
});
afterAll(() => world.close());

async function night(days: number): Promise<void> {
  await world.travel({ days });
  await runNights(world.ctx);
  await world.drain();
}

test('the ladder is told with the days of the shop, and follows its settings', async () => {
  const { body: before } = await staff.get('/automation/settings');
  expect(before).toMatchObject({ renewalInvoiceDays: 7, suspendAfterDays: 10, terminateAfterDays: 45 });
  const wanted = { ...before, reminderDays: [5, 1], suspendAfterDays: 12 };
  expect((await staff.send('PUT', '/automation/settings', wanted)).body).toEqual({ ...wanted, reminderDays: [1, 5] });
  const { body: ladder } = await staff.get('/automation/ladder');
  expect(ladder.items.map(({ name, days }: { name: string; days: number[] }) => [name, days])).toEqual([
    ['end_of_term', [0]],
    ['renewal_invoice', [-7]],
    ['collect', [0, 3, 6]],
    ['remind', [1, 5]],
    ['suspend', [12]],
    ['propose_termination', [45]],
  ]);
  const wrong = await staff.send('PUT', '/automation/settings', { ...before, terminateAfterDays: 9 });
  expect(wrong).toMatchObject({ status: 422, body: { code: 'invalid_settings' } });
  expect((await staff.send('PUT', '/automation/settings', before)).status).toBe(200);
});

test('staff look ahead, run a rung, and see what it did', async () => {
  await world.travel({ days: 22 }); // 22 February
  const { body: preview } = await staff.get('/automation/preview?name=renewal_invoice');
  expect(preview).toMatchObject({ day: '2026-02-22', items: [{ rung: 'renewal_invoice', dueOn: '2026-02-28' }, {}] });

  const queued = await staff.send('POST', '/automation/runs', { name: 'renewal_invoice' });
  expect(queued).toMatchObject({ status: 202, body: { name: 'renewal_invoice', finishedAt: null } });
  await world.drain();
  const { body: runs } = await staff.get('/automation/runs?name=renewal_invoice');
  expect(runs.items).toMatchObject([
    { id: queued.body.id, counts: { renewal_invoice: { done: 2, postponed: 0, failed: 0 } }, day: '2026-02-22' },
  ]);
  const { body: run } = await staff.get(`/automation/runs/${queued.body.id}`);
  expect(run).toMatchObject({ state: 'done', effectCount: 2 });
  expect(run.effects).toMatchObject([
    { rung: 'renewal_invoice', days: null, dueOn: '2026-02-28', subject: { kind: 'service' } },
    { rung: 'renewal_invoice', subject: { kind: 'service', customerName: 'Carla Customer' } },
  ]);
  const labels = run.effects.map(({ subject }: { subject: { label: string } }) => subject.label);
  expect(labels.sort()).toEqual(['bakery.test', 'florist.test']);
  expect((await staff.get('/automation/preview?name=renewal_invoice')).body.items).toEqual([]);
  const early = await staff.send('POST', '/automation/runs', { day: '2026-03-01' });
  expect(early).toMatchObject({ status: 422, body: { code: 'day_in_future' } });
});

test('staff see what the next night will do, to whom, and afterwards what it did', async () => {
  expect((await staff.get('/automation/next-night')).body).toEqual({ day: '2026-02-22', fromHour: 3, items: [] });
  await night(0);
  expect((await staff.get('/automation/next-night')).body).toMatchObject({ day: '2026-02-23', items: [] });
  await world.travel({ days: 3 }); // 25 February: three days before the invoices are due
  const { body: next } = await staff.get('/automation/next-night');
  expect(next).toMatchObject({ day: '2026-02-25', items: [{ rung: 'remind' }, { rung: 'remind' }] });
  expect(next.items[0].subjects).toMatchObject([
    { kind: 'invoice', label: expect.stringMatching(/\d/), customerName: 'Carla Customer' },
  ]);
  await night(9); // 6 March: of the reminders that were missed the last goes out
  const { body: runs } = await staff.get('/automation/runs?limit=50');
  const details = await Promise.all(
    runs.items.map(({ id }: { id: string }) => staff.get(`/automation/runs/${id}`).then(({ body }) => body)),
  );
  const reminders = details.flatMap(({ effects }) => effects).filter(({ rung }) => rung === 'remind');
  expect(reminders.map(({ days }) => days)).toEqual([4, 4]);
  expect((await staff.get(`/automation/runs/${bought.serviceId}`)).status).toBe(404);
});

test('a run whose process is gone does not look as if it were still running', async () => {
  const queued = await staff.send('POST', '/automation/runs', { name: 'end_of_term' });
  await world.drain();
  const running = { startedAt: world.clock.now(), finishedAt: null };
  await world.app.db.updateTable('automationRun').set(running).where('id', '=', queued.body.id).execute();
  const state = async () => (await staff.get(`/automation/runs/${queued.body.id}`)).body.state;
  expect(await state()).toBe('running');
  await world.travel({ hours: 2 });
  expect(await state()).toBe('stopped');
});

test('a proposed termination is listed, declined, and not proposed again; another is approved by its domain', async () => {
  await night(8); // 14 March: suspended
  await night(31); // 14 April: 45 days
  const { body: list } = await staff.get('/termination-proposals');
  expect(list.total).toBe(2);
  const idOf = (domain: string) => list.items.find((item: { domain: string }) => item.domain === domain)?.id as string;

  const declined = await staff.send('POST', `/termination-proposals/${idOf('florist.test')}/decline`);
  expect(declined).toMatchObject({ status: 200, body: { state: 'declined', decidedBy: { kind: 'api_key' } } });
  const late = await staff.send('POST', `/termination-proposals/${idOf('florist.test')}/approve`, {
    confirmDomain: 'florist.test',
  });
  expect(late).toMatchObject({ status: 409, body: { code: 'proposal_declined' } });

  const path = `/termination-proposals/${idOf('bakery.test')}/approve`;
  expect((await staff.send('POST', path, { confirmDomain: 'florist.test' })).body.code).toBe('domain_not_confirmed');
  expect((await staff.send('POST', path, { confirmDomain: 'bakery.test' })).body.state).toBe('approved');
  expect((await staff.send('POST', path, { confirmDomain: 'bakery.test' })).status).toBe(200);
  await night(1);
  expect((await world.service(bought.serviceId)).state).toBe('terminated');
  expect((await world.service(kept.serviceId)).state).toBe('suspended');
  expect((await staff.get('/termination-proposals')).body.total).toBe(0);
  expect((await staff.get('/termination-proposals?state=all')).body.total).toBe(2);
  const ofOne = await staff.get(`/termination-proposals?state=all&serviceId=${list.items[0].serviceId}`);
  expect(ofOne.body.items).toMatchObject([{ domain: list.items[0].domain }]);
});

test('a service that is given up, and kept after all, shows it to its owner and to staff', async () => {
  const { serviceId, customer } = await world.buys();
  const { customerId } = customer;
  const own = await callersOf(world.app).customer(customer.ctx);
  const path = `/portal/services/${serviceId}`;
  await requestOwnCancellation(customer.ctx, { serviceId, customerId, timing: 'end_of_term', reason: 'Moving' });
  const cancellation = { timing: 'end_of_term', reason: 'Moving', endsOn: '2026-05-15' };
  expect((await own.get(path)).body).toMatchObject({ cancellation });
  expect((await staff.get(`/services/${serviceId}`)).body).toMatchObject({ cancellation });

  const withdrawn = await staff.send('POST', `/services/${serviceId}/withdraw-cancellation`);
  expect(withdrawn).toMatchObject({ status: 200, body: { cancellation: null } });
  const { body } = await own.get(path);
  expect(body.history.map(({ text }: { text: string }) => text).slice(0, 2)).toEqual([
    'Cancellation withdrawn: the service stays.',
    'Cancellation requested.',
  ]);
});

test("whoever has a service removed at once types its domain, and nobody else's can be given up", async () => {
  const path = `/services/${kept.serviceId}/request-cancellation`;
  const wrong = { timing: 'at_once', reason: '', confirmDomain: 'bakery.test' };
  const own = await callersOf(world.app).customer(kept.customer.ctx);
  for (const asked of [await own.send('POST', `/portal${path}`, wrong), await staff.send('POST', path, wrong)]) {
    expect(asked).toMatchObject({ status: 422, body: { code: 'domain_not_confirmed' } });
  }
  const stranger = await callersOf(world.app).customer(bought.customer.ctx);
  expect((await stranger.send('POST', `/portal${path}`, wrong)).status).toBe(404);
});

test('exemptions are kept as they are given, and only for rungs that spare services', async () => {
  const path = `/services/${kept.serviceId}/exemptions`;
  const items = [{ rung: 'propose_termination', until: '2026-12-31', reason: 'A charity' }];
  const { version } = (await staff.get(path)).body;
  const { body: written } = await staff.send('PUT', path, { items, version });
  expect(written.items).toEqual(items);
  expect((await staff.get(path)).body).toEqual(written);
  const wrong = await staff.send('PUT', path, { items: [{ ...items[0], rung: 'remind' }], version: written.version });
  expect(wrong.status).toBe(422);
});

test('who changes exemptions that somebody else has changed meanwhile is told, and undoes nothing', async () => {
  const path = `/services/${kept.serviceId}/exemptions`;
  const seen = (await staff.get(path)).body;
  const suspend = { rung: 'suspend', until: '2026-11-30', reason: 'Moves house' };
  const first = await staff.send('PUT', path, { items: [...seen.items, suspend], version: seen.version });
  expect(first.body.items).toContainEqual(suspend);
  const second = await staff.send('PUT', path, { items: [], version: seen.version });
  expect(second).toMatchObject({ status: 409, body: { code: 'exemptions_changed' } });
  expect((await staff.get(path)).body).toEqual(first.body);
  expect((await staff.send('PUT', path, { items: [], version: first.body.version })).body.items).toEqual([]);
});
