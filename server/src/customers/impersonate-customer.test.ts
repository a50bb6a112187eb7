import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Door, openDoor, PASSWORD, type Person } from '../../test/door.ts';

let door: Door;
let owner: Person;
beforeAll(async () => {
  door = await openDoor();
  owner = await door.owner();
});
afterAll(() => door.close());

const actAs = (staff: Person, customerId: string) => staff.send('POST', `/api/v1/customers/${customerId}/impersonate`);

test('staff see the shop as a customer does, everybody can see it, and a button ends it', async () => {
  const carla = await door.customer();
  const support = await door.staff(owner, 'support');
  const acting = await actAs(support, carla.customerId);
  expect(acting.body).toMatchObject({
    kind: 'customer',
    customerId: carla.customerId,
    permissions: [],
    impersonator: { userId: support.userId, name: 'The support' },
  });
  expect((await support.get('/api/v1/portal/profile')).body.id).toBe(carla.customerId);
  expect((await support.get('/api/v1/customers')).status).toBe(403);
  expect((await carla.get('/api/v1/account/sessions')).body.items).toHaveLength(1);
  for (const _ of [1, 2]) expect((await support.send('DELETE', '/api/v1/impersonation')).status).toBe(204);
  expect((await support.get('/api/v1/session')).body).toMatchObject({ kind: 'staff', impersonator: null });
});

test('what staff write as a customer is signed by both', async () => {
  const carla = await door.customer();
  const support = await door.staff(owner, 'support');
  await actAs(support, carla.customerId);
  await support.send('PUT', '/api/v1/portal/profile', { firstName: 'Carla', city: 'Wien' });
  const { body } = await owner.get(`/api/v1/audit?subjectId=${carla.customerId}`);
  expect(body.items.slice(0, 2)).toMatchObject([
    {
      action: 'customer.updated',
      actor: { kind: 'customer', customerId: carla.customerId, impersonatedBy: support.userId },
      actorName: 'The support as Carla',
    },
    { action: 'customer.impersonated', actor: { kind: 'staff', userId: support.userId } },
  ]);
});

test('no money, no passwords, no keys, no invitations, no login details while acting as a customer', async () => {
  const carla = await door.customer();
  const support = await door.staff(owner, 'support');
  await actAs(support, carla.customerId);
  const id = carla.customerId;
  const refused: [string, string, unknown?][] = [
    ['POST', '/portal/orders', {}],
    ['POST', `/portal/invoices/${id}/pay`, {}],
    ['POST', `/portal/invoices/${id}/apply-credit`, {}],
    ['GET', '/portal/saved-methods'],
    ['POST', '/portal/saved-methods', {}],
    ['PUT', '/account/password', { currentPassword: PASSWORD, password: 'another good password' }],
    ['POST', '/account/email', { email: 'thief@staff.test', password: PASSWORD }],
    ['POST', '/account/two-factor', { password: PASSWORD }],
    ['GET', '/account/sessions'],
    ['GET', '/api-keys'],
    ['POST', '/api-keys', { name: 'key', scopes: ['portal'] }],
    ['POST', '/portal/invitations', { email: 'thief@staff.test', role: 'owner' }],
    ['POST', `/portal/services/${id}/reveal-login`, {}],
    ['POST', `/portal/services/${id}/sign-on`, {}],
    ['POST', `/portal/services/${id}/change-password`, {}],
  ];
  for (const [method, path, body] of refused) {
    const answer = await support.send(method, `/api/v1${path}`, body);
    expect([path, answer.status, answer.body.code]).toEqual([path, 403, 'not_while_impersonating']);
  }
});

test('it ends by itself after an hour, and at once with the role that allows it', async () => {
  const carla = await door.customer();
  const support = await door.staff(owner, 'support');
  await actAs(support, carla.customerId);
  door.clock.advance({ minutes: 59 });
  expect((await support.get('/api/v1/session')).body.kind).toBe('customer');
  door.clock.advance({ minutes: 1 });
  expect((await support.get('/api/v1/session')).body.kind).toBe('staff');
  await actAs(support, carla.customerId);
  await owner.send('PATCH', `/api/v1/staff/${support.userId}`, { role: 'billing' });
  expect((await support.get('/api/v1/session')).body.kind).toBe('staff');
  expect((await actAs(support, carla.customerId)).body.code).toBe('permission_missing');
  await owner.send('PATCH', `/api/v1/staff/${support.userId}`, { disabled: true });
  expect((await support.get('/api/v1/session')).body.kind).toBe('visitor');
});

test('a key cannot act as a customer', async () => {
  const carla = await door.customer();
  const scopes = ['customers:impersonate'];
  const { token } = (await owner.send('POST', '/api/v1/api-keys', { name: 'key', scopes })).body;
  expect((await actAs(door.person({ key: token }), carla.customerId)).body.code).toBe('session_required');
});
