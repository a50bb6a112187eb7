import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Door, openDoor, PASSWORD } from '../../test/door.ts';

let door: Door;
beforeAll(async () => {
  door = await openDoor();
  await door.owner();
});
afterAll(() => door.close());

const tokenIn = (to: string) => {
  const mail = door.mails.findLast((sent) => sent.to === to);
  return new URL(String(mail?.data.url)).searchParams.get('token');
};

test('signing up opens an account, signs in and mails a link that confirms the address', async () => {
  const carla = await door.unconfirmed('carla@customer.test');
  const before = await carla.get('/api/v1/session');
  expect(before.body).toMatchObject({ kind: 'customer', role: 'owner', user: { name: 'Carla', emailVerified: false } });
  expect(before.body.permissions).toEqual([]);
  expect(door.mails.at(-1)).toMatchObject({ template: 'confirm_email', to: 'carla@customer.test' });

  const token = tokenIn('carla@customer.test');
  expect((await carla.send('POST', '/api/v1/confirm-email', { token })).body.user.emailVerified).toBe(true);
  expect((await carla.send('POST', '/api/v1/confirm-email', { token })).status).toBe(200);
  expect((await carla.get('/api/v1/portal/profile')).body).toMatchObject({
    currency: 'EUR',
    emailVerified: true,
    credit: [],
  });
});

test('an address has one account, also when two sign up at once', async () => {
  const body = { email: 'twin@customer.test', password: PASSWORD };
  const answers = await Promise.all([1, 2].map(() => door.person().send('POST', '/api/v1/sign-up', body)));
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409]);
  const customers = await door.app.db.selectFrom('customer').select('id').where('email', '=', body.email).execute();
  expect(customers).toHaveLength(1);
});

test('a currency the shop does not sell in is refused', async () => {
  const body = { email: 'yen@customer.test', password: PASSWORD, currency: 'JPY' };
  const { status, body: problem } = await door.person().send('POST', '/api/v1/sign-up', body);
  expect(status).toBe(422);
  expect(problem).toMatchObject({ code: 'currency_not_sold', issues: [{ path: 'currency' }] });
});

test('the session cookie is out of reach of scripts and other sites, and ends with signing out', async () => {
  const { email } = await door.customer();
  const person = door.person();
  const answer = await person.send('POST', '/api/v1/session', { email: email.toUpperCase(), password: PASSWORD });
  expect(answer.headers.getSetCookie()[0]).toMatch(/^hostwright\.session_token=.*HttpOnly.*SameSite=Lax/);
  expect(answer.body.kind).toBe('customer');
  const cookie = person.cookie();
  expect((await person.send('DELETE', '/api/v1/session')).status).toBe(204);
  expect((await person.send('DELETE', '/api/v1/session')).status).toBe(204);
  expect((await door.person().get('/api/v1/session', { cookie })).body.kind).toBe('visitor');
});

test('a shop on https binds its cookies to itself, and itself to https', async () => {
  const secure = await openDoor({ publicUrl: 'https://shop.test' });
  try {
    await secure.owner();
    const { email } = await secure.customer();
    const answer = await secure.person().send('POST', '/api/v1/session', { email, password: PASSWORD });
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-hostwright\.session_token=.*Secure/);
    expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
  } finally {
    await secure.close();
  }
});

test('a forged cookie is nobody', async () => {
  const carla = await door.customer();
  const cookie = carla.cookie();
  const forged = cookie.replace(/=(.)/, (_, first: string) => `=${first === 'a' ? 'b' : 'a'}`);
  expect((await door.person().get('/api/v1/session', { cookie: forged })).body.kind).toBe('visitor');
});

test('a wrong password and an unknown address answer the same', async () => {
  const { email } = await door.customer();
  const wrong = await door.person().send('POST', '/api/v1/session', { email, password: 'not the password' });
  const unknown = await door
    .person()
    .send('POST', '/api/v1/session', { email: 'nobody@customer.test', password: PASSWORD });
  for (const answer of [wrong, unknown]) {
    expect(answer.status).toBe(401);
    expect(answer.body.code).toBe('wrong_credentials');
  }
});

test('guessing is stopped where it comes from, and the owner of the account still gets in', async () => {
  const { email } = await door.customer();
  const thief = door.person({ address: '203.0.113.66' });
  for (let attempt = 0; attempt < 10; attempt += 1) {
    expect((await thief.send('POST', '/api/v1/session', { email, password: 'a guess at it' })).status).toBe(401);
  }
  const stopped = await thief.send('POST', '/api/v1/session', { email, password: PASSWORD });
  expect(stopped.status).toBe(429);
  expect(stopped.body.code).toBe('too_many_attempts');
  expect(Number(stopped.headers.get('retry-after'))).toBe(15 * 60);
  const elsewhere = door.person({ address: '203.0.113.67' });
  expect((await elsewhere.send('POST', '/api/v1/session', { email, password: PASSWORD })).status).toBe(200);
  door.clock.advance({ minutes: 15 });
  expect((await thief.send('POST', '/api/v1/session', { email, password: PASSWORD })).status).toBe(200);
});

test('what a caller writes in front of the proxy does not give it a new address', async () => {
  const { email } = await door.customer();
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 11; attempt += 1) {
    const thief = door.person({ address: `10.0.0.${attempt}, 203.0.113.80` });
    statuses.push((await thief.send('POST', '/api/v1/session', { email, password: 'a guess at it' })).status);
  }
  expect(statuses.at(-1)).toBe(429);
});

test('a forgotten password: one link, one hour, one use, and every session ends', async () => {
  const carla = await door.customer();
  const somebody = door.person({ address: '203.0.113.90' });
  expect((await somebody.send('POST', '/api/v1/forgot-password', { email: 'nobody@customer.test' })).status).toBe(204);
  expect((await somebody.send('POST', '/api/v1/forgot-password', { email: carla.email })).status).toBe(204);
  const mail = door.mails.at(-1);
  expect(mail).toMatchObject({ template: 'reset_password', to: carla.email, data: { hours: 1 } });
  const token = tokenIn(carla.email);
  expect(JSON.stringify(await door.app.db.selectFrom('oneTimeToken').selectAll().execute())).not.toContain(token);

  const password = 'another good password';
  expect((await somebody.send('POST', '/api/v1/reset-password', { token, password: 'short' })).status).toBe(422);
  const both = await Promise.all(
    [1, 2].map(() => somebody.send('POST', '/api/v1/reset-password', { token, password })),
  );
  expect(both.map((answer) => answer.status).sort()).toEqual([204, 422]);
  expect((await carla.get('/api/v1/session')).body.kind).toBe('visitor');
  expect((await somebody.send('POST', '/api/v1/session', { email: carla.email, password: PASSWORD })).status).toBe(401);
  expect((await somebody.send('POST', '/api/v1/session', { email: carla.email, password })).status).toBe(200);
});

test('a reset link is dead after an hour, and a flood of them is not mailed', async () => {
  const { email } = await door.customer();
  const before = door.mails.length;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const somebody = door.person({ address: `203.0.113.${100 + attempt}` });
    expect((await somebody.send('POST', '/api/v1/forgot-password', { email })).status).toBe(204);
  }
  expect(door.mails.length - before).toBe(3);
  door.clock.advance({ hours: 1, seconds: 1 });
  const late = await door
    .person()
    .send('POST', '/api/v1/reset-password', { token: tokenIn(email), password: PASSWORD });
  expect(late.body.code).toBe('token_invalid');
});

test('a token for one purpose does nothing for another', async () => {
  const { email } = await door.unconfirmed();
  const token = tokenIn(email);
  const answer = await door.person().send('POST', '/api/v1/reset-password', { token, password: PASSWORD });
  expect(answer.body.code).toBe('token_invalid');
});

test('a customer changes its own profile, and the audit log says what', async () => {
  const carla = await door.customer();
  const profile = { firstName: 'Carla', lastName: 'Customer', country: 'AT', city: 'Wien' };
  const { body } = await carla.send('PUT', '/api/v1/portal/profile', profile);
  expect(body).toMatchObject({ ...profile, name: 'Carla Customer' });
  expect((await carla.get('/api/v1/session')).body.user.name).toBe('Carla Customer');
  const audit = await door.app.db
    .selectFrom('audit')
    .selectAll()
    .where('subjectId', '=', carla.customerId)
    .where('action', '=', 'customer.updated')
    .executeTakeFirstOrThrow();
  expect(audit.before).toEqual({ lastName: '', country: '', city: '' });
  expect(audit.actor).toMatchObject({ kind: 'customer', customerId: carla.customerId });
});

test('who has not confirmed their address orders and pays, and gets nothing that would last', async () => {
  const carla = await door.unconfirmed();
  const ask = () =>
    Promise.all([
      carla.send('POST', '/api/v1/api-keys', { name: 'key', scopes: ['portal'] }),
      carla.send('POST', '/api/v1/portal/invitations', { email: 'friend@customer.test', role: 'owner' }),
    ]);
  const problem = { code: 'email_unconfirmed', details: { sendAgain: 'POST /api/v1/confirm-email/send' } };
  expect((await ask()).map(({ status, body }) => [status, body])).toMatchObject(Array(2).fill([403, problem]));
  expect((await carla.send('POST', '/api/v1/portal/orders', {})).body.code).toBe('invalid_request');
  expect((await carla.send('POST', '/api/v1/confirm-email/send')).status).toBe(204);
  await carla.send('POST', '/api/v1/confirm-email', { token: tokenIn(carla.email) });
  expect((await ask()).map(({ status }) => status)).toEqual([201, 201]);
});

test('who misspelt their address at sign-up changes it, and signs in with the right one only', async () => {
  const carla = await door.unconfirmed();
  const misspelt = carla.email;
  const email = `right-${carla.email}`;
  expect((await carla.send('POST', '/api/v1/account/email', { email, password: PASSWORD })).status).toBe(204);
  expect((await carla.send('POST', '/api/v1/confirm-email', { token: tokenIn(email) })).status).toBe(200);
  expect((await carla.get('/api/v1/session')).body.user).toMatchObject({ email, emailVerified: true });
  const somebody = await door.person().send('POST', '/api/v1/session', { email: misspelt, password: PASSWORD });
  expect(somebody.body.code).toBe('wrong_credentials');
});
