import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Door, openDoor, PASSWORD, type Person } from '../../test/door.ts';

let door: Door;
let owner: Person;
beforeAll(async () => {
  door = await openDoor();
  owner = await door.owner();
});
afterAll(() => door.close());

const add = async (email: string): Promise<string> =>
  (await owner.send('POST', '/api/v1/customers', { email, firstName: 'Anna' })).body.id;
const correct = (id: string, email: string) => owner.send('PUT', `/api/v1/customers/${id}/email`, { email });
const tokenTo = (email: string) =>
  new URL(String(door.mails.findLast(({ to }) => to === email)?.data.url)).searchParams.get('token');
const accept = (email: string) =>
  door.person().send('POST', '/api/v1/invitations/accept', { token: tokenTo(email), name: 'Anna', password: PASSWORD });

test('a misheard address is put right: the stranger gets in no more, the customer does', async () => {
  const id = await add('ana@customer.test');
  expect(await correct(id, 'Anna@customer.test')).toMatchObject({ status: 200, body: { email: 'anna@customer.test' } });
  expect((await accept('ana@customer.test')).body.code).toBe('token_invalid');
  expect((await accept('anna@customer.test')).body).toMatchObject({ customerId: id, role: 'owner' });
  const { items } = (await owner.get(`/api/v1/audit?subjectId=${id}`)).body;
  expect(items.find(({ action }: { action: string }) => action === 'customer.updated')).toMatchObject({
    before: { email: 'ana@customer.test' },
    after: { email: 'anna@customer.test' },
  });
});

test('the address is its own once somebody signs in, and nobody gets that of another', async () => {
  const carla = await door.customer();
  expect(await correct(carla.customerId, 'new@customer.test')).toMatchObject({
    status: 409,
    body: { code: 'customer_has_users' },
  });
  const id = await add('first@customer.test');
  await add('second@customer.test');
  const support = await door.staff(owner, 'support');
  for (const email of [carla.email, support.email, 'second@customer.test'])
    expect(await correct(id, email), email).toMatchObject({ status: 409, body: { code: 'email_taken' } });
  expect((await correct(carla.email, 'x@customer.test')).status).toBe(422);
  expect((await accept('first@customer.test')).body).toMatchObject({ customerId: id });
});
