import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Door, openDoor, PASSWORD, type Person } from '../../test/door.ts';
import { createSetUpLink } from './create-set-up-link.ts';
import { readShopSettings, storeShopSettings } from './settings.ts';

let door: Door;
let owner: Person;
beforeAll(async () => {
  door = await openDoor();
  owner = await door.owner();
});
afterAll(() => door.close());

test('an empty shop gets exactly one owner, however many links are used at once', async () => {
  const empty = await openDoor();
  try {
    expect((await empty.person().get('/api/v1/session')).body.shop.setUpNeeded).toBe(true);
    const early = await empty
      .person()
      .send('POST', '/api/v1/sign-up', { email: 'early@customer.test', password: PASSWORD });
    expect(early.body.code).toBe('shop_not_open');
    const links = await Promise.all([1, 2, 3].map(() => createSetUpLink(empty.ctx)));
    const answers = await Promise.all(
      links.map((token, index) =>
        empty.person().send('POST', '/api/v1/set-up', {
          token,
          name: 'Owner',
          email: `owner${index}@shop.test`,
          password: PASSWORD,
          shopName: 'Nordic Hosting',
          currency: 'SEK',
        }),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409]);
    expect(await readShopSettings(empty.app.db)).toMatchObject({
      shopName: 'Nordic Hosting',
      currencies: ['SEK'],
      timeZone: 'UTC',
    });
    await expect(createSetUpLink(empty.ctx)).rejects.toMatchObject({ code: 'already_set_up' });
  } finally {
    await empty.close();
  }
});

test('a set-up link that was guessed or has run out makes nobody an owner', async () => {
  const empty = await openDoor();
  try {
    const body = { name: 'Owner', email: 'owner@shop.test', password: PASSWORD, shopName: 'Shop', currency: 'EUR' };
    const token = await createSetUpLink(empty.ctx);
    empty.clock.advance({ hours: 24, seconds: 1 });
    for (const wrong of [token, 'a-guess']) {
      expect((await empty.person().send('POST', '/api/v1/set-up', { ...body, token: wrong })).body.code).toBe(
        'token_invalid',
      );
    }
    expect((await empty.person().get('/api/v1/session')).body.shop.setUpNeeded).toBe(true);
  } finally {
    await empty.close();
  }
});

test('staff are shut out at once: session and keys', async () => {
  const support = await door.staff(owner, 'support');
  const { token } = (await support.send('POST', '/api/v1/api-keys', { name: 'script', scopes: ['customers:read'] }))
    .body;
  const key = door.person({ key: token });
  expect((await key.get('/api/v1/customers')).status).toBe(200);
  expect((await owner.send('PATCH', `/api/v1/staff/${support.userId}`, { disabled: true })).body.permissions).toEqual(
    [],
  );
  expect((await support.get('/api/v1/customers')).status).toBe(401);
  expect((await key.get('/api/v1/customers')).status).toBe(401);
  const revoked = { revokedAt: door.clock.now(), revokedReason: 'staff_disabled' };
  expect(
    await door.app.db
      .selectFrom('apiKey')
      .select(['revokedAt', 'revokedReason'])
      .where('staffUserId', '=', support.userId)
      .execute(),
  ).toEqual([revoked]);
  const again = await door
    .person({ address: '192.0.2.7' })
    .send('POST', '/api/v1/session', { email: support.email, password: PASSWORD });
  expect([again.status, again.body.code]).toEqual([403, 'login_disabled']);
  expect(again.headers.getSetCookie()).toEqual([]);
});

test('a changed role holds from the next request, for keys as well', async () => {
  const admin = await door.staff(owner, 'admin');
  const { token } = (await admin.send('POST', '/api/v1/api-keys', { name: 'script', scopes: ['settings:read'] })).body;
  const key = door.person({ key: token });
  expect((await key.get('/api/v1/settings')).status).toBe(200);
  await owner.send('PATCH', `/api/v1/staff/${admin.userId}`, { role: 'support' });
  expect((await admin.get('/api/v1/settings')).status).toBe(403);
  expect((await key.get('/api/v1/settings')).status).toBe(403);
});

test('staff who are let in again make new keys: the old ones stay dead, and say why', async () => {
  const support = await door.staff(owner, 'support');
  const { token } = (await support.send('POST', '/api/v1/api-keys', { name: 'script', scopes: ['customers:read'] }))
    .body;
  for (const disabled of [true, false])
    expect((await owner.send('PATCH', `/api/v1/staff/${support.userId}`, { disabled })).status).toBe(200);
  await support.send('POST', '/api/v1/session', { email: support.email, password: PASSWORD });
  expect((await door.person({ key: token }).get('/api/v1/customers')).body.code).toBe('bad_api_key');
  expect((await support.get('/api/v1/api-keys')).body.items).toMatchObject([{ revokedReason: 'staff_disabled' }]);
});

test('a key may nothing while its maker must set up a second factor first', async () => {
  const support = await door.staff(owner, 'support');
  const { token } = (await support.send('POST', '/api/v1/api-keys', { name: 'script', scopes: ['customers:read'] }))
    .body;
  const key = door.person({ key: token });
  const settings = await readShopSettings(door.app.db);
  await storeShopSettings(door.app.db, { ...settings, staffTwoFactor: 'required' }, door.clock.now());
  expect((await key.get('/api/v1/customers')).body.code).toBe('second_factor_required');
  await storeShopSettings(door.app.db, settings, door.clock.now());
  expect((await key.get('/api/v1/customers')).status).toBe(200);
});

test('an owner cannot leave a shop without one, and nobody shuts themselves out', async () => {
  const { userId } = (await owner.get('/api/v1/staff')).body.items.find(
    (row: { role: string }) => row.role === 'owner',
  );
  const disable = await owner.send('PATCH', `/api/v1/staff/${userId}`, { disabled: true });
  expect(disable.body.code).toBe('cannot_disable_yourself');
  expect((await owner.send('PATCH', `/api/v1/staff/${userId}`, { role: 'admin' })).body.code).toBe('last_owner');
});

test('two owners who demote each other at once leave one', async () => {
  const shop = await openDoor();
  try {
    const first = await shop.owner();
    const { userId } = (await first.get('/api/v1/staff')).body.items[0];
    const second = await shop.staff(first, 'owner');
    const answers = await Promise.all([
      first.send('PATCH', `/api/v1/staff/${second.userId}`, { role: 'admin' }),
      second.send('PATCH', `/api/v1/staff/${userId}`, { role: 'admin' }),
    ]);
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    const owners = await shop.app.db.selectFrom('staffMember').select('userId').where('role', '=', 'owner').execute();
    expect(owners).toHaveLength(1);
  } finally {
    await shop.close();
  }
});

test('somebody who is a customer cannot be added as staff', async () => {
  const { email } = await door.customer();
  const body = { name: 'Both', email, password: PASSWORD, role: 'support' };
  expect((await owner.send('POST', '/api/v1/staff', body)).body.code).toBe('email_taken');
});

test('a key is shown once, stored as a hash, and never wider than its owner', async () => {
  const billing = await door.staff(owner, 'billing');
  const wide = await billing.send('POST', '/api/v1/api-keys', {
    name: 'wide',
    scopes: ['billing:read', 'servers:write'],
  });
  expect(wide.body).toMatchObject({ code: 'scope_not_yours', details: { scopes: ['servers:write'] } });
  const { token, apiKey } = (
    await billing.send(
      'POST',
      '/api/v1/api-keys',
      { name: 'books', scopes: ['customers:read'] },
      { 'idempotency-key': 'once' },
    )
  ).body;
  expect(token.startsWith(apiKey.prefix)).toBe(true);
  const stored = await door.app.db.selectFrom('apiKey').selectAll().execute();
  const remembered = await door.app.db.selectFrom('idempotencyKey').selectAll().execute();
  expect(JSON.stringify([stored, remembered])).not.toContain(token);

  const key = door.person({ key: token });
  expect((await key.get('/api/v1/session')).body).toMatchObject({ kind: 'staff', permissions: ['customers:read'] });
  expect((await key.get('/api/v1/api-keys')).body.code).toBe('session_required');
  expect((await billing.get('/api/v1/api-keys')).body.items[0]).toMatchObject({
    name: 'books',
    lastUsedAt: door.clock.now().toISOString(),
  });

  const other = await door.staff(owner, 'billing');
  expect((await other.send('DELETE', `/api/v1/api-keys/${apiKey.id}`)).status).toBe(404);
  expect((await billing.send('DELETE', `/api/v1/api-keys/${apiKey.id}`)).status).toBe(204);
  expect((await billing.send('DELETE', `/api/v1/api-keys/${apiKey.id}`)).status).toBe(204);
  expect((await key.get('/api/v1/customers')).body.code).toBe('bad_api_key');
});

test('a key works through its last day', async () => {
  const customer = await door.customer();
  const make = (expiresOn: string) =>
    customer.send('POST', '/api/v1/api-keys', { name: 'k', scopes: ['portal'], expiresOn });
  const today = door.clock.now().toISOString().slice(0, 10);
  expect((await make('2020-01-01')).body.issues).toEqual([{ path: 'expiresOn', message: 'must not be in the past' }]);
  const { token } = (await make(today)).body;
  const key = door.person({ key: token });
  expect((await key.get('/api/v1/portal/profile')).body.id).toBe(customer.customerId);
  door.clock.moveTo(new Date(Date.parse(today) + 24 * 3_600_000));
  expect((await key.get('/api/v1/portal/profile')).status).toBe(401);
});

test('a key that may manage staff makes nobody an owner, and takes no second factor off', async () => {
  const { token } = (await owner.send('POST', '/api/v1/api-keys', { name: 'key', scopes: ['staff:write'] })).body;
  const key = door.person({ key: token });
  const support = await door.staff(owner, 'support');
  const asked: [string, string, unknown?][] = [
    ['POST', '/staff', { name: 'Thief', email: 'thief@staff.test', password: PASSWORD, role: 'owner' }],
    ['POST', '/staff/invitations', { email: 'thief@staff.test', role: 'owner' }],
    ['PATCH', `/staff/${support.userId}`, { role: 'owner' }],
    ['POST', `/staff/${support.userId}/reset-two-factor`],
  ];
  for (const [method, path, body] of asked)
    expect([path, (await key.send(method, `/api/v1${path}`, body)).body.code]).toEqual([path, 'session_required']);
  expect((await key.send('DELETE', `/api/v1/staff/${support.userId}/sessions`)).status).toBe(204);
});

test('staff see where a colleague is signed in and end it there, and only who manages staff does', async () => {
  const support = await door.staff(owner, 'support');
  const admin = await door.staff(owner, 'admin');
  const path = `/api/v1/staff/${support.userId}/sessions`;
  expect((await admin.get(path)).body.items).toEqual([
    {
      id: expect.any(String),
      signedInAt: door.clock.now().toISOString(),
      lastSeenAt: null,
      address: expect.any(String),
      browser: '',
    },
  ]);
  expect((await support.get(path)).status).toBe(403);
  expect((await admin.send('DELETE', path)).status).toBe(403);
  for (const _ of [1, 2]) expect((await owner.send('DELETE', path)).status).toBe(204);
  expect((await support.get('/api/v1/session')).body.kind).toBe('visitor');
  const { body: audit } = await owner.get(`/api/v1/audit?subjectId=${support.userId}`);
  expect(audit.items[0]).toMatchObject({ action: 'login.sessions_ended', actorName: 'Olga Owner' });
  expect((await support.send('POST', '/api/v1/session', { email: support.email, password: PASSWORD })).status).toBe(
    200,
  );
  const carla = await door.customer();
  const { user } = (await carla.get('/api/v1/session')).body;
  expect((await owner.send('DELETE', `/api/v1/staff/${user.id}/sessions`)).status).toBe(404);
  expect((await carla.get('/api/v1/session')).body.kind).toBe('customer');
});

test('who is shut out or may less takes no way back in by an invitation they sent', async () => {
  for (const change of [{ disabled: true }, { role: 'admin' }]) {
    const second = await door.staff(owner, 'owner');
    const email = `way-back-${second.userId}@staff.test`;
    await second.send('POST', '/api/v1/staff/invitations', { email, role: 'owner' });
    const token = new URL(String(door.mails.findLast(({ to }) => to === email)?.data.url)).searchParams.get('token');
    await owner.send('PATCH', `/api/v1/staff/${second.userId}`, change);
    const accept = { token, name: 'Back', password: PASSWORD };
    expect((await door.person().send('POST', '/api/v1/invitations/accept', accept)).body.code).toBe('token_invalid');
    const { items } = (await owner.get('/api/v1/staff/invitations')).body;
    expect(items.filter((row: { email: string }) => row.email === email)).toEqual([]);
  }
});

test('settings are replaced as a whole, and wrong ones are named', async () => {
  const { body: settings } = await owner.get('/api/v1/settings');
  const wrong = await owner.send('PUT', '/api/v1/settings', {
    ...settings,
    currencies: ['EUR', 'EUR', 'QQQ'],
    timeZone: 'Europe/Atlantis',
  });
  expect(wrong.status).toBe(422);
  expect(wrong.body.issues.map((issue: { path: string }) => issue.path)).toEqual([
    'currencies.1',
    'currencies.2',
    'timeZone',
  ]);
  const wanted = { ...settings, shopName: 'Alpine Hosting', timeZone: 'Europe/Vienna' };
  expect((await owner.send('PUT', '/api/v1/settings', wanted)).body).toEqual(wanted);
  expect((await owner.get('/api/v1/settings')).body).toEqual(wanted);
  const { body: audit } = await owner.get('/api/v1/audit?search=settings.changed');
  expect(audit.items[0]).toMatchObject({ actorName: 'Olga Owner', after: { shopName: 'Alpine Hosting' } });
});

test('the audit log pages to its end without repeating a row', async () => {
  const seen: string[] = [];
  let cursor: string | null = null;
  let total = 0;
  do {
    const { body }: { body: { items: { id: string }[]; nextCursor: string | null; total: number } } = await owner.get(
      `/api/v1/audit?limit=2${cursor ? `&cursor=${cursor}` : ''}`,
    );
    seen.push(...body.items.map((item) => item.id));
    ({ nextCursor: cursor, total } = body);
  } while (cursor);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toHaveLength(total);
});
