import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Door, openDoor, PASSWORD, type Person } from '../../test/door.ts';

let door: Door;
let owner: Person;
beforeAll(async () => {
  door = await openDoor();
  owner = await door.owner();
});
afterAll(() => door.close());
// The clock goes on by days.
beforeEach(() => owner.send('POST', '/api/v1/session', { email: 'owner@shop.test', password: PASSWORD }));

const tokenTo = (email: string) =>
  new URL(String(door.mails.findLast(({ to }) => to === email)?.data.url)).searchParams.get('token');

async function join(carla: Person, email: string, role: string): Promise<Person> {
  expect((await carla.send('POST', '/api/v1/portal/invitations', { email, role })).status).toBe(201);
  const person = door.person();
  const accept = { token: tokenTo(email), name: 'Tina', password: PASSWORD };
  expect((await person.send('POST', '/api/v1/invitations/accept', accept)).status).toBe(201);
  return person;
}

test('an owner invites somebody, who chooses a name and a password and has the rights of the role', async () => {
  const carla = await door.customer();
  const email = 'tina@customer.test';
  await carla.send('POST', '/api/v1/portal/invitations', { email, role: 'technical' });
  expect(door.mails.at(-1)).toMatchObject({
    template: 'invitation',
    to: email,
    data: { into: 'the account of Carla at Shop' },
  });
  const token = tokenTo(email);
  const tina = door.person();
  expect((await tina.send('POST', '/api/v1/invitations/read', { token })).body).toEqual({
    email,
    role: 'technical',
    customerName: 'Carla',
    own: false,
  });
  const accept = { token, name: 'Tina', password: PASSWORD };
  const both = await Promise.all([1, 2].map(() => tina.send('POST', '/api/v1/invitations/accept', accept)));
  expect(both.map(({ status }) => status).sort()).toEqual([201, 422]);
  expect((await tina.get('/api/v1/session')).body).toMatchObject({
    kind: 'customer',
    customerId: carla.customerId,
    role: 'technical',
    customerRights: ['technical'],
    user: { name: 'Tina', emailVerified: true },
  });
  expect((await tina.get('/api/v1/portal/services')).status).toBe(200);
  const refused = await tina.get('/api/v1/portal/invoices');
  expect(refused.body).toMatchObject({ code: 'right_missing', details: { right: 'billing' } });
  expect((await carla.get('/api/v1/portal/invitations')).body.items).toEqual([]);
});

test('the same address again gets another link and the new role; a withdrawn or old one opens nothing', async () => {
  const carla = await door.customer();
  const email = 'twice@customer.test';
  const invite = (role: string) => carla.send('POST', '/api/v1/portal/invitations', { email, role });
  const accept = (token: string | null) =>
    door.person().send('POST', '/api/v1/invitations/accept', { token, name: 'T', password: PASSWORD });
  await invite('billing');
  const first = tokenTo(email);
  const { id } = (await invite('technical')).body;
  expect((await carla.get('/api/v1/portal/invitations')).body.items).toMatchObject([{ id, email, role: 'technical' }]);
  expect((await accept(first)).body.code).toBe('token_invalid');
  expect((await carla.send('DELETE', `/api/v1/portal/invitations/${id}`)).status).toBe(204);
  expect((await accept(tokenTo(email))).body.code).toBe('token_invalid');
  await invite('billing');
  door.clock.advance({ days: 7, seconds: 1 });
  expect((await accept(tokenTo(email))).body.code).toBe('token_invalid');
  expect(
    (await carla.send('POST', '/api/v1/portal/invitations', { email: carla.email, role: 'billing' })).body.code,
  ).toBe('email_taken');
});

test('a role holds from the next request on, a removed user is out at once, and an owner always stays', async () => {
  const carla = await door.customer();
  const email = `${carla.customerId}@other.test`;
  const bill = await join(carla, email, 'billing');
  const { items } = (await carla.get('/api/v1/portal/users')).body;
  expect(items).toMatchObject([{ role: 'owner' }, { email, role: 'billing' }]);
  const [{ userId: ownerId }, { userId }] = items;
  const change = (id: string, role: string) => carla.send('PATCH', `/api/v1/portal/users/${id}`, { role });
  expect((await bill.get('/api/v1/portal/invoices')).status).toBe(200);
  expect((await change(userId, 'technical')).body.role).toBe('technical');
  expect((await bill.get('/api/v1/portal/invoices')).status).toBe(403);
  expect((await change(ownerId, 'billing')).body.code).toBe('last_owner');
  expect((await carla.send('DELETE', `/api/v1/portal/users/${ownerId}`)).body.code).toBe('last_owner');
  expect((await carla.send('DELETE', `/api/v1/portal/users/${userId}`)).status).toBe(204);
  expect((await bill.get('/api/v1/session')).body.kind).toBe('visitor');
  expect((await join(carla, email, 'technical')).cookie()).not.toBe('');
});

test('two owners who demote each other at once leave one', async () => {
  const carla = await door.customer();
  const second = await join(carla, `second-${carla.customerId}@other.test`, 'owner');
  const [first, other] = (await carla.get('/api/v1/portal/users')).body.items;
  const answers = await Promise.all([
    carla.send('PATCH', `/api/v1/portal/users/${other.userId}`, { role: 'billing' }),
    second.send('PATCH', `/api/v1/portal/users/${first.userId}`, { role: 'billing' }),
  ]);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
});

test('an invitation that is accepted and taken back at once is one of the two', async () => {
  const carla = await door.customer();
  for (const round of [1, 2, 3]) {
    const email = `at-once-${round}@other.test`;
    const { id } = (await carla.send('POST', '/api/v1/portal/invitations', { email, role: 'billing' })).body;
    const accept = { token: tokenTo(email), name: 'Tina', password: PASSWORD };
    const [accepted, withdrawn] = await Promise.all([
      door.person().send('POST', '/api/v1/invitations/accept', accept),
      carla.send('DELETE', `/api/v1/portal/invitations/${id}`),
    ]);
    expect([`${accepted.status} ${withdrawn.status}`]).toEqual([accepted.status === 201 ? '201 404' : '422 204']);
  }
});

test("a profile names the customer's own login and leaves other owners their names", async () => {
  const carla = await door.customer();
  await join(carla, `tina-${carla.customerId}@other.test`, 'owner');
  await carla.send('PUT', '/api/v1/portal/profile', { firstName: 'Carla', lastName: 'Customer' });
  const names = (await carla.get('/api/v1/portal/users')).body.items.map((user: { name: string }) => user.name);
  expect(names).toEqual(['Carla Customer', 'Tina']);
});

test('staff are invited into a role, and only by who manages staff', async () => {
  const email = 'new@staff.test';
  const admin = await door.staff(owner, 'admin');
  const invite = { email, role: 'support' };
  expect((await admin.send('POST', '/api/v1/staff/invitations', invite)).status).toBe(403);
  expect((await owner.send('POST', '/api/v1/staff/invitations', invite)).status).toBe(201);
  expect((await owner.get('/api/v1/staff/invitations')).body.items).toMatchObject([invite]);
  const person = door.person();
  const accept = { token: tokenTo(email), name: 'Sam', password: PASSWORD };
  const joined = await person.send('POST', '/api/v1/invitations/accept', accept);
  expect(joined.body).toMatchObject({ kind: 'staff', role: 'support', customerId: null });
});

test('a link signs a customer in once, for ten minutes; staff get none', async () => {
  const carla = await door.customer();
  const support = await door.staff(owner, 'support');
  const ask = (email: string) =>
    door.person({ address: '203.0.113.20' }).send('POST', '/api/v1/sign-in-link', { email });
  const count = door.mails.length;
  for (const email of ['nobody@customer.test', support.email]) expect((await ask(email)).status).toBe(204);
  expect(door.mails).toHaveLength(count);
  await ask(carla.email);
  const token = tokenTo(carla.email);
  const use = () => door.person({ address: '203.0.113.21' }).send('POST', '/api/v1/session/link', { token });
  const both = await Promise.all([use(), use()]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 422]);
  expect(both.find(({ status }) => status === 200)?.body).toMatchObject({
    kind: 'customer',
    user: { emailVerified: true },
  });
  const neighbour = door.person({ address: '203.0.113.22' });
  for (let guess = 0; guess < 12; guess += 1)
    await neighbour.send('POST', '/api/v1/session/link', { token: `guess ${guess}` });
  await ask(carla.email);
  const good = { token: tokenTo(carla.email) };
  expect((await neighbour.send('POST', '/api/v1/session/link', good)).status).toBe(200);
  await ask(carla.email);
  const late = tokenTo(carla.email);
  door.clock.advance({ minutes: 10, seconds: 1 });
  expect((await door.person().send('POST', '/api/v1/session/link', { token: late })).body.code).toBe('token_invalid');
});

test('users who are no owner make no keys, and a key is no wider than its scope', async () => {
  const carla = await door.customer();
  const technical = await join(carla, `keys-${carla.customerId}@other.test`, 'technical');
  const body = { name: 'key', scopes: ['portal:technical'] };
  expect((await technical.send('POST', '/api/v1/api-keys', body)).body.code).toBe('right_missing');
  const { token } = (await carla.send('POST', '/api/v1/api-keys', body)).body;
  const key = door.person({ key: token });
  expect((await key.get('/api/v1/portal/services')).status).toBe(200);
  expect((await key.get('/api/v1/portal/invoices')).body.code).toBe('right_missing');
  expect((await key.get('/api/v1/portal/users')).body.code).toBe('session_required');
});

test('the keys of a removed user are dead at once, revoked, and say why', async () => {
  const carla = await door.customer();
  const second = await join(carla, `second-${carla.customerId}@other.test`, 'owner');
  const make = (person: Person) => person.send('POST', '/api/v1/api-keys', { name: 'key', scopes: ['portal'] });
  const [hers, theirs] = [await make(carla), await make(second)];
  const key = door.person({ key: theirs.body.token });
  expect((await key.get('/api/v1/portal/services')).status).toBe(200);
  const { user } = (await second.get('/api/v1/session')).body;
  expect((await carla.send('DELETE', `/api/v1/portal/users/${user.id}`)).status).toBe(204);
  expect((await key.get('/api/v1/portal/services')).body.code).toBe('bad_api_key');
  const revokedAt = door.clock.now().toISOString();
  expect((await carla.get('/api/v1/api-keys')).body.items).toMatchObject([
    { id: theirs.body.apiKey.id, revokedAt, revokedReason: 'user_removed', maker: null },
    { id: hers.body.apiKey.id, revokedAt: null, revokedReason: null, maker: { name: 'Carla', role: 'owner' } },
  ]);
  expect((await door.person({ key: hers.body.token }).get('/api/v1/portal/services')).status).toBe(200);
  const { body: audit } = await owner.get(`/api/v1/audit?subjectId=${theirs.body.apiKey.id}`);
  expect(audit.items[0]).toMatchObject({ action: 'api_key.revoked', actorName: 'Carla' });
});

test('a key may no more than its maker may now, and nobody else decides what it may', async () => {
  const carla = await door.customer();
  const second = await join(carla, `second-${carla.customerId}@other.test`, 'owner');
  const { token } = (await second.send('POST', '/api/v1/api-keys', { name: 'key', scopes: ['portal'] })).body;
  const key = door.person({ key: token });
  const { user } = (await second.get('/api/v1/session')).body;
  const rights = async (role: string) => {
    await carla.send('PATCH', `/api/v1/portal/users/${user.id}`, { role });
    const read = async (path: string) => (await key.get(`/api/v1${path}`)).status;
    return [
      (await key.get('/api/v1/session')).body.customerRights,
      await read('/portal/invoices'),
      await read('/portal/services'),
    ];
  };
  expect(await rights('technical')).toEqual([['technical'], 403, 200]);
  expect(await rights('billing')).toEqual([['billing'], 200, 200]);
  expect((await carla.get('/api/v1/api-keys')).body.items).toMatchObject([
    { maker: { name: 'Tina', role: 'billing' } },
  ]);
  expect(await rights('owner')).toEqual([['billing', 'technical'], 200, 200]);
});

test('a key that is made while its maker is removed does not outlive them', async () => {
  const carla = await door.customer();
  for (const round of [1, 2, 3]) {
    const second = await join(carla, `second-${round}-${carla.customerId}@other.test`, 'owner');
    const { user } = (await second.get('/api/v1/session')).body;
    const [made, removed] = await Promise.all([
      second.send('POST', '/api/v1/api-keys', { name: 'late', scopes: ['portal'] }),
      carla.send('DELETE', `/api/v1/portal/users/${user.id}`),
    ]);
    expect([removed.status, [201, 401].includes(made.status)]).toEqual([204, true]);
    const { items } = (await carla.get('/api/v1/api-keys')).body;
    expect(items.filter(({ revokedAt }: { revokedAt: string | null }) => revokedAt === null)).toEqual([]);
  }
});

test('a removed owner takes no way back in by an invitation they sent', async () => {
  const carla = await door.customer();
  const second = await join(carla, `second-${carla.customerId}@other.test`, 'owner');
  const email = `way-back-${carla.customerId}@other.test`;
  await second.send('POST', '/api/v1/portal/invitations', { email, role: 'owner' });
  const token = tokenTo(email);
  const { user } = (await second.get('/api/v1/session')).body;
  expect((await carla.send('DELETE', `/api/v1/portal/users/${user.id}`)).status).toBe(204);
  const accept = { token, name: 'Back', password: PASSWORD };
  expect((await door.person().send('POST', '/api/v1/invitations/accept', accept)).body.code).toBe('token_invalid');
});

test("staff see where a customer's user is signed in and end it there, and nobody else's", async () => {
  const [carla, other] = [await door.customer(), await door.customer()];
  const { user } = (await carla.get('/api/v1/session')).body;
  const path = (customerId: string) => `/api/v1/customers/${customerId}/users/${user.id}/sessions`;
  const support = await door.staff(owner, 'support');
  expect((await support.get(path(carla.customerId))).body.items).toMatchObject([
    { lastSeenAt: door.clock.now().toISOString(), browser: '' },
  ]);
  expect((await support.send('DELETE', path(carla.customerId))).status).toBe(403);
  for (const method of ['GET', 'DELETE']) expect((await owner.send(method, path(other.customerId))).status).toBe(404);
  expect((await owner.send('DELETE', path(carla.customerId))).status).toBe(204);
  expect((await carla.get('/api/v1/session')).body.kind).toBe('visitor');
  expect((await other.get('/api/v1/session')).body.kind).toBe('customer');
  const { body: audit } = await owner.get(`/api/v1/audit?subjectId=${user.id}`);
  expect(audit.items[0]).toMatchObject({ action: 'login.sessions_ended', actorName: 'Olga Owner' });
});
