/** Servers, modules and the panel log over HTTP, with a simulated WHM behind them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type Callers, callersOf } from '../../test/callers.ts';
import { createWorld, type World } from '../../test/world.ts';
import { readConfig } from '../config.ts';
import { MASK } from '../kit/declared-fields.ts';
import { toJson } from '../kit/endpoint.ts';

let world: World;
let callers: Callers;
let staff: Caller;
let serverId: string;
const modulesDir = mkdtempSync(path.join(tmpdir(), 'modules-'));

beforeAll(async () => {
  const { moduleFolders } = readConfig({ MODULES_DIR: modulesDir });
  world = await createWorld({ config: { moduleFolders } });
  callers = callersOf(world.app);
  staff = await callers.staff();
  serverId = world.serverIds[0] as string;
});
afterAll(async () => {
  await world.close();
  rmSync(modulesDir, { recursive: true });
});

/** The form of a server that reaches the simulator. */
const form = (change: Record<string, unknown> = {}) => ({
  moduleId: 'cpanel',
  serverGroupId: world.serverGroupId,
  name: 'alpha',
  hostname: world.panel.hostname,
  port: world.panel.port,
  tlsMode: 'pin',
  tlsFingerprint: world.panel.fingerprint256,
  settings: { ...world.panel.credentials },
  ...change,
});
const token = () => world.panel.credentials.token as string;
const storedServer = (id: string) =>
  world.app.db.selectFrom('server').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

test('a group is made, changed and listed with what it holds', async () => {
  const made = await staff.send('POST', '/server-groups', { name: 'Fast' });
  expect(made).toMatchObject({ status: 201, body: { name: 'Fast', strategy: 'least_loaded', servers: 0 } });
  const taken = await staff.send('POST', '/server-groups', { name: 'Fast' });
  expect(taken).toMatchObject({ status: 422, body: { code: 'name_taken', issues: [{ path: 'name' }] } });
  const changed = await staff.send('PUT', `/server-groups/${made.body.id}`, { name: 'Faster', strategy: 'weighted' });
  expect(changed.body).toMatchObject({ name: 'Faster', strategy: 'weighted' });
  const { body } = await staff.get('/server-groups');
  expect(body.items.find(({ id }: { id: string }) => id === world.serverGroupId)).toMatchObject({
    servers: 1,
    maxAccounts: null,
    waiting: 0,
  });
});

test('a server shows its secrets masked, and a blank or masked one keeps what is stored', async () => {
  const made = await staff.send('POST', '/servers', form());
  expect(made).toMatchObject({ status: 201, body: { health: 'unknown', settings: { token: MASK } } });
  const before = await storedServer(made.body.id);
  expect(JSON.stringify(before)).not.toContain(token());

  for (const kept of ['', MASK]) {
    const settings = { ...made.body.settings, token: kept };
    const written = await staff.send('PUT', `/servers/${made.body.id}`, form({ name: 'beta', settings }));
    expect(written).toMatchObject({ status: 200, body: { name: 'beta', settings: { token: MASK } } });
  }
  const report = await staff.send('POST', `/servers/${made.body.id}/test`);
  expect(report.body).toMatchObject({ ok: true, packages: ['default', 'starter', 'business'] });

  const audited = await world.app.db.selectFrom('audit').selectAll().where('subjectId', '=', made.body.id).execute();
  expect(audited.map(({ action }) => action)).toEqual(['server.changed', 'server.changed', 'server.changed']);
  expect(JSON.stringify(toJson(audited))).not.toContain(token());
});

test('a form that does not fit says where', async () => {
  const unpinned = await staff.send('POST', '/servers', form({ name: 'gamma', tlsFingerprint: null }));
  expect(unpinned).toMatchObject({ status: 422, body: { code: 'bad_server', issues: [{ path: 'tlsFingerprint' }] } });
  const strange = await staff.send('POST', '/servers', form({ name: 'gamma', moduleId: 'nowhere' }));
  expect(strange).toMatchObject({ status: 422, body: { issues: [{ path: 'moduleId' }] } });
  const tokenless = await staff.send('POST', '/servers', form({ name: 'gamma', settings: { username: 'root' } }));
  expect(tokenless).toMatchObject({ status: 422, body: { code: 'bad_fields', issues: [{ path: 'settings.token' }] } });
});

test('new credentials and "try again" close the breaker, another weight does not', async () => {
  const { body: made } = await staff.send('POST', '/servers', form({ name: 'delta' }));
  const open = async () => {
    const columns = { breakerFailures: 6, breakerOpenUntil: new Date('2026-01-01T13:00:00Z'), breakerReason: 'gone' };
    await world.app.db.updateTable('server').set(columns).where('id', '=', made.id).execute();
  };
  await open();
  expect((await staff.get(`/servers/${made.id}`)).body).toMatchObject({ health: 'open', breakerReason: 'gone' });
  const heavier = { name: 'delta', weight: 3, settings: made.settings };
  expect((await staff.send('PUT', `/servers/${made.id}`, form(heavier))).body.health).toBe('open');
  expect((await staff.send('PUT', `/servers/${made.id}`, form({ name: 'delta' }))).body.health).toBe('unknown');
  await open();
  expect((await staff.send('POST', `/servers/${made.id}/close-breaker`)).body).toMatchObject({
    health: 'unknown',
    breakerOpenUntil: null,
    breakerReason: null,
  });
});

test('a server is retired only without accounts, and left out of the list then', async () => {
  const bought = await world.buys({ domain: 'tenant.test' });
  const { serverId: used } = await world.service(bought.serviceId);
  const refused = await staff.send('POST', `/servers/${used}/archive`);
  expect(refused).toMatchObject({ status: 409, body: { code: 'server_has_accounts', details: { accounts: 1 } } });

  const { body: empty } = await staff.send('POST', '/servers', form({ name: 'epsilon' }));
  expect((await staff.send('POST', `/servers/${empty.id}/archive`)).body.archivedAt).not.toBeNull();
  const names = async (query: string) =>
    (await staff.get(`/servers?${query}`)).body.items.map(({ name }: { name: string }) => name);
  expect(await names('limit=100')).not.toContain('epsilon');
  expect(await names('archived=true')).toEqual(['epsilon']);
  const written = await staff.send('PUT', `/servers/${empty.id}`, form({ name: 'epsilon' }));
  expect(written).toMatchObject({ status: 409, body: { code: 'server_archived' } });
});

test('a connection is tested before it is saved, and a panel that says no is a report, not an error', async () => {
  const { serverGroupId: _, name: __, ...values } = form();
  const good = await staff.send('POST', '/servers/test', values);
  expect(good.body).toMatchObject({ ok: true, fingerprint256: world.panel.fingerprint256 });
  expect(good.body.message).toContain('Connected to cPanel & WHM');

  const blank = { ...values, serverId, settings: { username: 'root', token: '' } };
  expect((await staff.send('POST', '/servers/test', blank)).body.ok).toBe(true);

  const wrong = { ...values, settings: { username: 'root', token: 'WRONGWRONGWRONGWRONGWRONGWRONG12' } };
  const refused = await staff.send('POST', '/servers/test', wrong);
  expect(refused).toMatchObject({ status: 200, body: { ok: false, fingerprint256: world.panel.fingerprint256 } });
  expect(refused.body.message).toContain('Check user name and token.');

  const otherPin = { ...values, tlsFingerprint: Array.from({ length: 32 }, () => 'AB').join(':') };
  const pinned = await staff.send('POST', '/servers/test', otherPin);
  expect(pinned.body).toMatchObject({ ok: false, fingerprint256: world.panel.fingerprint256 });

  const nobody = await staff.send('POST', '/servers/test', { ...values, port: 1 });
  expect(nobody.body).toMatchObject({ ok: false, fingerprint256: null });
  expect(nobody.body.message).toContain('Check host name and port');
});

test('packages and accounts come from the panel, accounts beside our services', async () => {
  const bought = await world.buys({ domain: 'beside.test' });
  world.panel.addForeignAccount({ username: 'legacy', domain: 'legacy.test' });
  const packages = await staff.get(`/server-groups/${world.serverGroupId}/packages?moduleId=cpanel`);
  expect(packages.body.items).toContainEqual({ name: 'business', label: 'business' });
  const { serverId: used } = await world.service(bought.serviceId);
  const { body } = await staff.get(`/servers/${used}/accounts`);
  const found = (domain: string) => body.items.find((item: { domain: string }) => item.domain === domain);
  expect(found('beside.test')).toMatchObject({ serviceId: bought.serviceId, package: 'starter', suspended: false });
  expect(found('legacy.test')).toMatchObject({ serviceId: null });

  const { body: group } = await staff.send('POST', '/server-groups', { name: 'Empty' });
  const none = await staff.get(`/server-groups/${group.id}/packages?moduleId=cpanel`);
  expect(none).toMatchObject({ status: 409, body: { code: 'no_server' } });
});

test('every call is in the panel log, found by what it was for, with no secret in it', async () => {
  const bought = await world.buys({ domain: 'logged.test' });
  const { body } = await staff.get(`/panel-log?serviceId=${bought.serviceId}&limit=100`);
  expect(body.items.map(({ label }: { label: string }) => label)).toContain('createacct');
  const made = body.items.find(({ label }: { label: string }) => label === 'createacct');
  const { body: call } = await staff.get(`/panel-log/${made.id}`);
  expect(call.request).toContain('logged.test');
  const { username } = await world.service(bought.serviceId);
  expect(JSON.stringify(call)).not.toContain(world.panel.account(username ?? '')?.password);
  expect(JSON.stringify(call)).not.toContain(token());
  const first = await staff.get(`/panel-log?limit=2`);
  const second = await staff.get(`/panel-log?limit=2&cursor=${first.body.nextCursor}`);
  expect(second.body.items[0].id < first.body.items[1].id).toBe(true);
});

test('a module dropped into the folder appears after a rescan, and a broken one says why', async () => {
  const source = (id: string) => `
    import { defineModule, secret } from '@hostwright/sdk';
    export default defineModule({
      sdk: 1, id: '${id}', name: 'Demo Panel', defaultPort: 8443,
      server: { key: secret('Key') }, product: {},
      usernames: { maxLength: 8, reserved: [], pattern: '[a-z]+' },
      testConnection: async () => ({ version: '1', ok: true, privileges: [], packages: [], warnings: [] }),
      find: async () => 'absent',
      create: async () => { throw new Error('not today'); },
    });`;
  for (const folder of ['demo-panel', 'broken-panel']) mkdirSync(path.join(modulesDir, folder));
  writeFileSync(path.join(modulesDir, 'demo-panel/index.ts'), source('demo-panel'));
  writeFileSync(path.join(modulesDir, 'broken-panel/index.ts'), source('another-name'));
  const before = await staff.get('/modules');
  expect(before.body.items.map(({ id }: { id: string }) => id)).not.toContain('demo-panel');
  const { body } = await staff.send('POST', '/modules/rescan');
  expect(body.items.find(({ id }: { id: string }) => id === 'demo-panel')).toMatchObject({
    functions: ['testConnection', 'find', 'create'],
    serverFields: [{ name: 'key', kind: 'secret' }],
    servers: 0,
  });
  expect(body.notLoaded).toMatchObject([{ folder: 'broken-panel', reason: expect.stringContaining('another-name') }]);
  expect((await world.app.db.selectFrom('audit').select('action').execute()).map(({ action }) => action)).toContain(
    'modules.rescanned',
  );
});

test('support reads servers and changes none', async () => {
  const support = await callers.staff('support');
  expect((await support.get('/servers')).status).toBe(200);
  expect((await support.send('POST', '/servers', form({ name: 'zeta' }))).status).toBe(403);
});
