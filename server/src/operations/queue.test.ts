/** Operations and the operator's queue over HTTP. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, callersOf } from '../../test/callers.ts';
import { createWorld, type World } from '../../test/world.ts';

/** A worker may have begun before the answer is read. */
const LIVE = expect.stringMatching(/^(planned|running)$/);

let world: World;
let staff: Caller;
beforeAll(async () => {
  world = await createWorld({ now: '2026-03-10T12:00:00Z' });
  staff = await callersOf(world.app).staff();
});
afterAll(() => world.close());

/** A paid service whose domain the panel holds already: its creation needs staff. */
async function stuck(domain: string) {
  world.panel.addForeignAccount({ username: domain.replace('.test', ''), domain });
  const bought = await world.buys({ domain });
  const [operation] = await world.operations(bought.serviceId);
  return { ...bought, operationId: operation?.id ?? '' };
}

test('a done operation is shown with its steps, what they gave, and nothing left to do', async () => {
  const { serviceId } = await world.buys({ domain: 'fine.test' });
  const { body: list } = await staff.get(`/operations?serviceId=${serviceId}`);
  expect(list).toMatchObject({ total: 1, items: [{ action: 'create', state: 'done', domain: 'fine.test' }] });
  const { body } = await staff.get(`/operations/${list.items[0].id}`);
  expect(body).toMatchObject({ customerName: 'Carla Customer', whatToDo: null, can: { retry: false, resolve: [] } });
  expect(body.steps[0]).toMatchObject({ name: 'Reserve a place', state: 'done', attempts: 1, seconds: 0 });
  expect(body.steps[0].note).toContain('server: whm1');
  expect(body.steps.every(({ state }: { state: string }) => state === 'done')).toBe(true);
});

test('one that needs staff says what to do, and goes on with another domain', async () => {
  const { operationId, serviceId } = await stuck('taken.test');
  const { body } = await staff.get(`/operations/${operationId}`);
  expect(body).toMatchObject({
    state: 'needs_staff',
    errorCode: 'domain_taken',
    can: { retry: true, resolve: ['mark_done', 'give_up'] },
  });
  expect(body.whatToDo).toContain('Find out whose it is');
  expect(body.steps).toContainEqual(expect.objectContaining({ name: 'Create the account', state: 'failed' }));

  const bad = await staff.send('POST', `/operations/${operationId}/retry`, { domain: '10.0.0.1', username: 'root' });
  expect(bad).toMatchObject({ status: 422, body: { issues: [{ path: 'domain' }, { path: 'username' }] } });
  const retried = await staff.send('POST', `/operations/${operationId}/retry`, { domain: 'Mine.test' });
  expect(retried).toMatchObject({ status: 200, body: { state: LIVE, attempts: 0, can: { retry: false } } });
  await world.drain();
  expect(await world.service(serviceId)).toMatchObject({ state: 'active', domain: 'mine.test' });
  const again = await staff.send('POST', `/operations/${operationId}/retry`, {});
  expect(again).toMatchObject({ status: 409, body: { code: 'operation_done' } });
});

test('one that was given up is over: its service is cancelled and it cannot be tried again', async () => {
  const { operationId, serviceId } = await stuck('gone.test');
  const body = { how: 'give_up', note: 'Customer went elsewhere' };
  const resolved = await staff.send('POST', `/operations/${operationId}/resolve`, body);
  expect(resolved).toMatchObject({
    status: 200,
    body: { state: 'failed', errorKind: 'given_up', whatToDo: null, can: { retry: false, resolve: [] } },
  });
  expect((await world.service(serviceId)).state).toBe('cancelled');
  const retried = await staff.send('POST', `/operations/${operationId}/retry`, {});
  expect(retried).toMatchObject({ status: 409, body: { code: 'operation_given_up' } });
  const twice = await staff.send('POST', `/operations/${operationId}/resolve`, body);
  expect(twice).toMatchObject({ status: 409, body: { code: 'operation_not_waiting' } });
});

test('a step that failed shows as waiting as long as it is tried again by itself', async () => {
  world.panel.addFault({ on: 'create', kind: 'reset_after', times: 1 });
  const { serviceId } = await world.buys({ domain: 'patient.test' });
  const [operation] = await world.operations(serviceId);
  const { body } = await staff.get(`/operations/${operation?.id}`);
  expect(body).toMatchObject({ state: 'waiting', waitReason: 'retry', can: { retry: true } });
  expect(body.steps).toContainEqual(expect.objectContaining({ name: 'Create the account', state: 'waiting' }));
  await world.travel({ minutes: 5 });
  expect((await world.service(serviceId)).state).toBe('active');
});

test('a service is provisioned once it is paid, and asking twice answers the same task', async () => {
  const customer = await world.customer();
  const placed = await world.order(customer, { gateway: 'manual', domain: 'bank.test' });
  const early = await staff.send('POST', '/api/provisioning/provision', { serviceId: placed.serviceId });
  expect(early).toMatchObject({ status: 409, body: { code: 'service_unpaid' } });
  await world.pays(placed.invoiceId);
  const first = await staff.send('POST', '/api/provisioning/provision', { serviceId: placed.serviceId });
  const second = await staff.send('POST', '/api/provisioning/provision', { serviceId: placed.serviceId });
  expect(first).toMatchObject({ status: 202, body: { task: { action: 'create' } } });
  expect(second.body.jobId).toBe(first.body.jobId);
  await world.drain();
  const { body: task } = await staff.get(`/api/provisioning/tasks/${first.body.jobId}`);
  expect(task).toMatchObject({ status: 'done', server: 'whm1', error: null });
  expect(task.steps).toHaveLength(8);
});

test('any act can be queued by hand, with the parameters it asks for', async () => {
  const { serviceId } = await world.buys({ domain: 'manual.test' });
  const manual = (action: string, parameters?: Record<string, unknown>) =>
    staff.send('POST', '/api/provisioning/manual', { serviceId, action, ...(parameters ? { parameters } : {}) });
  const bare = await manual('suspend');
  expect(bare).toMatchObject({
    status: 422,
    body: { code: 'bad_parameters', issues: [{ path: 'parameters.reason' }] },
  });
  const misspelt = await manual('suspend', { reason: 'Spam', couse: 'abuse' });
  expect(misspelt.status).toBe(422);
  const queued = await manual('suspend', { reason: 'Spam', cause: 'abuse' });
  expect(queued).toMatchObject({ status: 202, body: { task: { action: 'suspend', serviceId } } });
  await world.drain();
  expect(await world.service(serviceId)).toMatchObject({ state: 'suspended', suspendCause: 'abuse' });
  const wrong = await manual('terminate', { confirmDomain: 'other.test' });
  expect(wrong).toMatchObject({ status: 422, body: { code: 'domain_not_confirmed' } });
  expect(await manual('create')).toMatchObject({ status: 202, body: { status: 'done' } });
  await manual('unsuspend');
  await world.drain();
  expect((await manual('renew', { paidUntil: '2026-05-10' })).status).toBe(202);
  await world.drain();
  expect((await world.service(serviceId)).nextDueOn).toBe('2026-05-10');
});

test('failed tasks are listed until staff clear them; those that need staff stay', async () => {
  const { operationId } = await stuck('still.test');
  const given = await stuck('over.test');
  await staff.send('POST', `/operations/${given.operationId}/resolve`, { how: 'give_up', note: 'No' });
  const listed = async () =>
    (await staff.get('/api/provisioning/failed?limit=100')).body.items.map(({ id }: { id: string }) => id);
  expect(await listed()).toEqual(expect.arrayContaining([operationId, given.operationId]));
  const cleared = await staff.send('DELETE', '/api/provisioning/failed');
  expect(cleared.body.cleared).toBeGreaterThanOrEqual(1);
  expect(await listed()).toContain(operationId);
  expect(await listed()).not.toContain(given.operationId);
  expect((await staff.send('DELETE', '/api/provisioning/failed')).body).toEqual({ cleared: 0 });

  const retried = await staff.send('POST', `/api/provisioning/retry/${operationId}`);
  expect(retried).toMatchObject({ status: 202, body: { jobId: operationId, status: LIVE } });
  await world.drain();
});

test('the last seven days are those of the shop, and counts are by action and state', async () => {
  const { body } = await staff.get('/api/provisioning/stats');
  expect(body.lastSevenDays.map(({ day }: { day: string }) => day)).toEqual(
    ['04', '05', '06', '07', '08', '09', '10'].map((day) => `2026-03-${day}`),
  );
  const today = body.lastSevenDays[6];
  expect(today.created).toBeGreaterThan(5);
  expect(today).toMatchObject({ medianSeconds: 0 });
  const creates = body.queues.find(({ queue }: { queue: string }) => queue === 'create');
  expect(creates).toMatchObject({ planned: 0, running: 0, failed: 2 });
  expect(creates.done).toBeGreaterThanOrEqual(4);
  const { body: tasks } = await staff.get('/api/provisioning/tasks?status=done&limit=5');
  expect(tasks.items).toHaveLength(5);
});
