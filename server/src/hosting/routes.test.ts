/** Services over HTTP, for staff and for their owners, with a simulated WHM behind them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type Callers, callersOf } from '../../test/callers.ts';
import { createWorld, type World } from '../../test/world.ts';
import { toJson } from '../kit/endpoint.ts';

let world: World;
let callers: Callers;
let staff: Caller;
let owner: Caller;
let stranger: Caller;
let serviceId: string;

beforeAll(async () => {
  world = await createWorld({
    product: {
      options: [
        {
          code: 'support',
          name: 'Support',
          help: '',
          kind: 'choice',
          minQuantity: 0,
          maxQuantity: 1,
          values: [{ value: 'phone', label: 'By telephone', isDefault: true, prices: [] }],
        },
      ],
    },
  });
  callers = callersOf(world.app);
  staff = await callers.staff();
  const bought = await world.buys({ domain: 'bakery.test' });
  serviceId = bought.serviceId;
  owner = await callers.customer(bought.customer.ctx);
  stranger = await callers.customer((await world.customer()).ctx);
});
afterAll(() => world.close());

const username = async () => (await world.service(serviceId)).username ?? '';
const audited = async (action: string) =>
  world.app.db.selectFrom('audit').selectAll().where('action', '=', action).execute();
const panelLog = () => world.app.db.selectFrom('provisioningLog').selectAll().execute();

describe('reading', () => {
  test('staff find a service and see everything about it', async () => {
    const { body: list } = await staff.get('/services?search=bakery&state=active');
    expect(list).toMatchObject({
      total: 1,
      items: [{ id: serviceId, serverName: 'whm1', customerName: 'Carla Customer' }],
    });
    const { body } = await staff.get(`/services/${serviceId}`);
    expect(body).toMatchObject({
      moduleId: 'cpanel',
      username: await username(),
      nameservers: ['ns1.shop.test', 'ns2.shop.test'],
      options: [{ code: 'support', name: 'Support', value: 'phone', label: 'By telephone' }],
      operations: [{ action: 'create', state: 'done' }],
      refusals: { suspend: null, changePackage: null, renew: null, signOn: null },
    });
    expect(body.refusals.create).toContain('cannot be made');
    expect(body.refusals.unsuspend).toContain('cannot be brought back');
    expect(JSON.stringify(body)).not.toContain('ealedPassword');
  });

  test('an owner sees its own with a story in plain words, and nobody else does', async () => {
    expect((await owner.get('/portal/services')).body).toMatchObject({ total: 1, items: [{ id: serviceId }] });
    const { body } = await owner.get(`/portal/services/${serviceId}`);
    expect(body).toMatchObject({
      hasPassword: true,
      canSignOn: true,
      openOperation: null,
      serverHostname: '127.0.0.1',
    });
    expect(body.history.map(({ text }: { text: string }) => text)).toEqual(['Set up and ready to use.', 'Ordered.']);

    expect((await stranger.get('/portal/services')).body.total).toBe(0);
    const paths = ['', '/usage'].map((tail) => stranger.get(`/portal/services/${serviceId}${tail}`));
    const verbs = ['reveal-login', 'sign-on', 'change-password'].map((verb) =>
      stranger.send('POST', `/portal/services/${serviceId}/${verb}`, {}),
    );
    for (const { status, body: problem } of await Promise.all([...paths, ...verbs]))
      expect({ status, code: problem.code }).toEqual({ status: 404, code: 'service_not_found' });
  });

  test('usage is asked once for all accounts of a server', async () => {
    const asked = () => world.panel.journal().filter(({ call }) => call === 'get_disk_usage').length;
    const { body } = await owner.get(`/portal/services/${serviceId}/usage`);
    expect(body).toMatchObject({ diskUsedMb: expect.any(Number) });
    const before = asked();
    expect((await staff.get(`/services/${serviceId}/usage`)).body).toEqual(body);
    expect(asked()).toBe(before);

    const customer = await world.customer();
    const pending = await world.order(customer, { gateway: 'manual', domain: 'later.test' });
    const none = { diskUsedMb: null, diskLimitMb: null, bandwidthUsedMb: null, bandwidthLimitMb: null };
    expect((await staff.get(`/services/${pending.serviceId}/usage`)).body).toEqual(none);
  });
});

describe('secrets shown on demand', () => {
  test('login details are shown to the owner, and that is audited', async () => {
    const { body } = await owner.send('POST', `/portal/services/${serviceId}/reveal-login`);
    expect(body).toEqual({
      username: await username(),
      password: world.panel.account(await username())?.password,
      panelUrl: 'https://127.0.0.1:2083',
    });
    const [entry] = await audited('service.login_revealed');
    expect(entry).toMatchObject({ subjectId: serviceId });
    expect(JSON.stringify(toJson(entry))).not.toContain(body.password);

    const customer = await world.customer();
    const pending = await world.order(customer, { gateway: 'manual', domain: 'unpaid.test' });
    const early = await (await callers.customer(customer.ctx)).send(
      'POST',
      `/portal/services/${pending.serviceId}/reveal-login`,
    );
    expect(early).toMatchObject({ status: 409, body: { code: 'service_without_account' } });
  });

  test('a sign-on link opens the account and is kept nowhere', async () => {
    for (const { caller, path } of [
      { caller: owner, path: `/portal/services/${serviceId}/sign-on` },
      { caller: staff, path: `/services/${serviceId}/sign-on` },
    ]) {
      const { status, body } = await caller.send('POST', path, path.startsWith('/portal') ? {} : undefined);
      expect(status).toBe(200);
      const link = new URL(body.url);
      const secrets = [body.url, ...link.pathname.split('/'), ...link.searchParams.values()].filter(
        (part) => part.length >= 10,
      );
      expect(secrets.length).toBeGreaterThan(1);
      const log = JSON.stringify(await panelLog());
      expect(log).toContain('create_user_session');
      for (const secret of secrets) expect(log).not.toContain(secret);
      const kept = JSON.stringify(await world.app.db.selectFrom('idempotencyKey').selectAll().execute());
      expect(kept).not.toContain(body.url);
    }
    expect(await audited('service.signed_on')).toHaveLength(2);
  });

  test('a link stays out of the log even when its module marks nothing as secret', async () => {
    const careless = {
      ...world.app.modules.get('cpanel'),
      signOn: async (call: { http: (request: unknown) => Promise<{ body: string }> }) => {
        const answer = await call.http({
          method: 'GET',
          path: '/json-api/create_user_session',
          query: { 'api.version': '1', user: await username(), service: 'cpaneld' },
          headers: { authorization: `whm root:${world.panel.credentials.token}` },
          writes: false,
          timeoutSeconds: 10,
          label: 'careless',
        });
        return { url: JSON.parse(answer.body).data.url };
      },
    };
    const { modules } = world.app;
    world.app.modules = { ...modules, get: () => careless as never };
    const { body } = await owner.send('POST', `/portal/services/${serviceId}/sign-on`, {});
    world.app.modules = modules;
    const entries = (await panelLog()).filter(({ label }) => label === 'careless');
    expect(entries).toHaveLength(1);
    for (const part of new URL(body.url).pathname.split('/').filter(({ length }) => length >= 10))
      expect(JSON.stringify(entries)).not.toContain(part);
    expect(JSON.stringify(entries)).not.toContain(new URL(body.url).searchParams.get('session'));
  });

  test('a new password is set by the owner and is in no answer and no log', async () => {
    world.panel.addFault({ on: 'changePassword', kind: 'slow', delayMs: 1000, times: 1 });
    const password = 'Kuchen-und-Brot-4711';
    const { status, body } = await owner.send('POST', `/portal/services/${serviceId}/change-password`, { password });
    expect(status).toBe(202);
    expect(body).toMatchObject({ openOperation: { action: 'changePassword' } });
    expect(body.refusals.changePassword).toBe('Another operation of this service is not over yet.');
    await world.drain();
    expect(world.panel.account(await username())?.password).toBe(password);
    expect(JSON.stringify([body, await panelLog()])).not.toContain(password);
    const operations = await world.operations(serviceId);
    expect(JSON.stringify(toJson(operations))).not.toContain(password);
  });
});

describe('verbs', () => {
  test('staff suspend, bring back, move and renew, and the buttons follow', async () => {
    const act = async (verb: string, body: unknown = {}) => {
      const queued = await staff.send('POST', `/services/${serviceId}/${verb}`, body);
      expect(queued).toMatchObject({ status: 202, body: { operation: { serviceId } } });
      expect(queued.body.jobId).toBe(queued.body.operation.id);
      await world.drain();
    };
    await act('suspend', { reason: 'Bill' });
    const suspended = await staff.get(`/services/${serviceId}`);
    expect(suspended.body).toMatchObject({ state: 'suspended', suspendCause: 'staff', suspendReason: 'Bill' });
    expect(suspended.body.refusals).toMatchObject({
      suspend: 'A service that is suspended cannot be suspended.',
      unsuspend: null,
      signOn: 'A service that is suspended cannot be signed on to.',
    });
    const closed = await owner.send('POST', `/portal/services/${serviceId}/sign-on`, {});
    expect(closed).toMatchObject({ status: 409, body: { code: 'sign_on_refused' } });
    await act('unsuspend');
    await act('change-package', { productId: world.products.business });
    await act('renew', { paidUntil: '2026-04-01' });
    expect((await staff.get(`/services/${serviceId}`)).body).toMatchObject({
      productName: 'business',
      recurringMinor: 1500,
      nextDueOn: '2026-04-01',
    });
    const story = (await owner.get(`/portal/services/${serviceId}`)).body.history;
    expect(story[0].text).toBe('Renewed for another period.');
  });

  test('a pending service is made by hand, asked twice or not, and terminated only by its domain', async () => {
    const customer = await world.customer();
    const placed = await world.order(customer, { gateway: 'manual', domain: 'gift.test' });
    const [first, second] = [
      await staff.send('POST', `/services/${placed.serviceId}/create`, {}),
      await staff.send('POST', `/services/${placed.serviceId}/create`, {}),
    ];
    expect(first.body.jobId).toBe(second.body.jobId);
    await world.drain();
    const wrong = await staff.send('POST', `/services/${placed.serviceId}/terminate`, { confirmDomain: 'gift' });
    expect(wrong).toMatchObject({ status: 422, body: { code: 'domain_not_confirmed' } });
    await staff.send('POST', `/services/${placed.serviceId}/terminate`, { confirmDomain: 'gift.test' });
    await world.drain();
    expect((await world.service(placed.serviceId)).state).toBe('terminated');
    const ended = await staff.send('POST', `/services/${placed.serviceId}/suspend`, { reason: 'x' });
    expect(ended).toMatchObject({ status: 409, body: { code: 'service_terminated' } });
  });

  test('a panel that does not answer is told to staff in detail and to customers in words', async () => {
    await world.travel({ minutes: 2 });
    world.panel.addFault({ on: 'any', kind: 'reset_before' });
    const forOwner = await owner.send('POST', `/portal/services/${serviceId}/sign-on`, {});
    expect(forOwner).toMatchObject({
      status: 409,
      body: { code: 'panel_failed', details: { message: 'The panel could not be reached.' } },
    });
    expect(forOwner.body.details.detail).toBeUndefined();
    const forStaff = await staff.send('POST', `/services/${serviceId}/sign-on`);
    expect(forStaff.body.details.detail).toEqual(expect.any(String));
    for (let asked = 0; asked < 3; asked++) await staff.send('POST', `/services/${serviceId}/sign-on`);
    const open = await owner.send('POST', `/portal/services/${serviceId}/sign-on`, {});
    expect(open).toMatchObject({ status: 409, body: { code: 'server_unavailable' } });
    world.panel.clearFaults();
  });
});
