import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Door, openDoor, PASSWORD, type Person } from '../../test/door.ts';

let door: Door;
let owner: Person;
beforeAll(async () => {
  door = await openDoor();
  owner = await door.owner();
});
afterAll(() => door.close());

const add = (email: string, given: object = {}, by = owner) =>
  by.send('POST', '/api/v1/customers', { email, firstName: 'Anna', lastName: 'Berg', ...given });
const mailsTo = (email: string) => door.mails.filter(({ to }) => to === email);
const tokenTo = (email: string) => new URL(String(mailsTo(email).at(-1)?.data.url)).searchParams.get('token');
const accept = (token: string | null) =>
  door.person().send('POST', '/api/v1/invitations/accept', { token, name: 'Anna Berg', password: PASSWORD });
const forget = (email: string, address: string) =>
  door.person({ address }).send('POST', '/api/v1/forgot-password', { email });

test('a customer added by staff is mailed a link, chooses a password and owns the account', async () => {
  const email = 'anna@customer.test';
  const added = await add('Anna@Customer.test', { company: 'Berg KG', city: 'Graz', country: 'AT' });
  expect(added).toMatchObject({
    status: 201,
    body: { email, name: 'Anna Berg', company: 'Berg KG', country: 'AT', currency: 'EUR', emailVerified: false },
  });
  expect(mailsTo(email)).toMatchObject([
    { template: 'invitation', customerId: added.body.id, data: { into: 'your account at Shop' } },
  ]);
  const read = await door.person().send('POST', '/api/v1/invitations/read', { token: tokenTo(email) });
  expect(read.body).toEqual({ email, role: 'owner', customerName: 'Anna Berg', own: true });
  const joined = await accept(tokenTo(email));
  expect(joined.body).toMatchObject({ kind: 'customer', customerId: added.body.id, role: 'owner' });
  expect((await owner.get(`/api/v1/customers/${added.body.id}`)).body.emailVerified).toBe(true);
});

test('the audit log says who added a customer, and whom', async () => {
  const billing = await door.staff(owner, 'billing');
  const { body } = await add('audited@customer.test', {}, billing);
  const audit = await owner.get(`/api/v1/audit?subjectId=${body.id}`);
  expect(audit.body.items).toMatchObject([
    {
      action: 'customer.created',
      actor: { kind: 'staff', userId: billing.userId },
      after: { email: 'audited@customer.test', currency: 'EUR' },
    },
  ]);
});

test('an address that is in use is refused, and nobody is added or written to', async () => {
  const carla = await door.customer();
  const support = await door.staff(owner, 'support');
  await add('known@customer.test');
  const { total } = (await owner.get('/api/v1/customers')).body;
  const mails = door.mails.length;
  for (const email of [carla.email, support.email, 'known@customer.test', 'KNOWN@customer.test'])
    expect(await add(email), email).toMatchObject({ status: 409, body: { code: 'email_taken' } });
  expect(await add('pound@customer.test', { currency: 'GBP' })).toMatchObject({
    status: 422,
    body: { code: 'currency_not_sold', issues: [{ path: 'currency', message: 'must be one of EUR' }] },
  });
  expect((await add('no address')).body.issues).toMatchObject([{ path: 'email' }]);
  expect((await owner.get('/api/v1/customers')).body.total).toBe(total);
  expect(door.mails).toHaveLength(mails);
});

test('of two colleagues who add the same customer at once one succeeds', async () => {
  const both = await Promise.all([1, 2].map(() => add('twice@customer.test')));
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
});

test('who signs up instead of following the link makes no second account, and gets another link by asking', async () => {
  const email = 'late@customer.test';
  const { body: customer } = await add(email);
  const signUp = { email, password: PASSWORD, firstName: 'Anna' };
  const refused = await door.person().send('POST', '/api/v1/sign-up', signUp);
  expect(refused).toMatchObject({ status: 409, body: { code: 'email_taken' } });
  const first = tokenTo(email);
  expect((await forget(email, '203.0.113.30')).status).toBe(204);
  expect((await accept(first)).body.code).toBe('token_invalid');
  expect((await accept(tokenTo(email))).body).toMatchObject({ customerId: customer.id, role: 'owner' });
  await forget(email, '203.0.113.31');
  expect(mailsTo(email).at(-1)?.template).toBe('reset_password');
});

test('the link can be asked for again after it ran out, but no mailbox is flooded', async () => {
  const email = 'asks@customer.test';
  await add(email);
  for (const last of [40, 41, 42, 43]) expect((await forget(email, `203.0.113.${last}`)).status).toBe(204);
  expect(mailsTo(email)).toHaveLength(3);
  door.clock.advance({ days: 8 });
  await forget(email, '203.0.113.44');
  expect((await accept(tokenTo(email))).status).toBe(201);
});
