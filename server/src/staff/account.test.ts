import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Answer, type Door, openDoor, PASSWORD, type Person } from '../../test/door.ts';
import { createSetUpLink } from './create-set-up-link.ts';
import { forgetExpired } from './forget-expired.job.ts';

let door: Door;
let owner: Person;
beforeAll(async () => {
  door = await openDoor();
  owner = await door.owner();
});
afterAll(() => door.close());
// The clock goes on by days.
beforeEach(() => owner.send('POST', '/api/v1/session', { email: 'owner@shop.test', password: PASSWORD }));

const tokenIn = (to: string, template: string) => {
  const mail = door.mails.findLast((sent) => sent.to === to && sent.template === template);
  return mail ? new URL(String(mail.data.url)).searchParams.get('token') : undefined;
};

test('somebody sees where they are signed in and ends it there, and nobody else can', async () => {
  const carla = await door.customer();
  const phone = door.person({ address: '203.0.113.5' });
  await phone.send('POST', '/api/v1/session', { email: carla.email, password: PASSWORD }, { 'user-agent': 'Phone/1' });
  const { items } = (await carla.get('/api/v1/account/sessions')).body;
  expect(items).toMatchObject([
    { current: false, address: '203.0.113.5', browser: 'Phone/1' },
    { current: true, signedInAt: door.clock.now().toISOString(), lastSeenAt: door.clock.now().toISOString() },
  ]);
  const other = await door.customer();
  expect((await other.send('DELETE', `/api/v1/account/sessions/${items[0].id}`)).status).toBe(404);
  expect((await carla.send('DELETE', `/api/v1/account/sessions/${items[0].id}`)).status).toBe(204);
  expect((await phone.get('/api/v1/session')).body.kind).toBe('visitor');

  await phone.send('POST', '/api/v1/session', { email: carla.email, password: PASSWORD });
  expect((await carla.send('DELETE', '/api/v1/account/sessions')).status).toBe(204);
  expect((await phone.get('/api/v1/session')).body.kind).toBe('visitor');
  expect((await carla.get('/api/v1/session')).body.kind).toBe('customer');
});

test('signing in makes a new cookie and ends the session the browser brought along', async () => {
  const carla = await door.customer();
  const before = carla.cookie();
  await carla.send('POST', '/api/v1/session', { email: carla.email, password: PASSWORD });
  expect(carla.cookie()).not.toBe(before);
  expect((await door.person().get('/api/v1/session', { cookie: before })).body.kind).toBe('visitor');
  expect((await carla.get('/api/v1/account/sessions')).body.items).toHaveLength(1);
});

test('a sign-in with a browser that was not used before is told by mail, once', async () => {
  const carla = await door.customer();
  const told = () => door.mails.filter(({ to, template }) => to === carla.email && template === 'new_device');
  const phone = door.person({ address: '203.0.113.6' });
  const body = { email: carla.email, password: PASSWORD };
  expect(told()).toEqual([]);
  await phone.send('POST', '/api/v1/session', body, { 'user-agent': 'Phone/1' });
  expect(told()).toMatchObject([{ data: { address: '203.0.113.6', browser: 'Phone/1' } }]);
  await phone.send('DELETE', '/api/v1/session');
  await phone.send('POST', '/api/v1/session', body);
  await carla.send('POST', '/api/v1/session', body);
  expect(told()).toHaveLength(1);
});

test('changing the password takes the old one, ends the other sessions and every open link, and is told', async () => {
  const carla = await door.customer();
  const phone = door.person();
  await phone.send('POST', '/api/v1/session', { email: carla.email, password: PASSWORD });
  await door.person().send('POST', '/api/v1/forgot-password', { email: carla.email });
  await door.person().send('POST', '/api/v1/sign-in-link', { email: carla.email });
  await phone.send('POST', '/api/v1/account/email', { email: 'thief@customer.test', password: PASSWORD });
  const change = (currentPassword: string, password: string) =>
    carla.send('PUT', '/api/v1/account/password', { currentPassword, password });
  expect((await change('not the password', 'another good password')).body).toMatchObject({
    code: 'wrong_password',
    issues: [{ path: 'currentPassword' }],
  });
  expect((await change(PASSWORD, 'short')).status).toBe(422);
  expect((await change(PASSWORD, 'another good password')).status).toBe(204);
  expect((await carla.get('/api/v1/session')).body.kind).toBe('customer');
  expect((await phone.get('/api/v1/session')).body.kind).toBe('visitor');
  expect(door.mails.at(-1)).toMatchObject({ template: 'sign_in_changed', to: carla.email });
  const move = { token: tokenIn('thief@customer.test', 'confirm_email') };
  expect((await phone.send('POST', '/api/v1/confirm-email', move)).body.code).toBe('token_invalid');
  const reset = { token: tokenIn(carla.email, 'reset_password'), password: PASSWORD };
  expect((await phone.send('POST', '/api/v1/reset-password', reset)).body.code).toBe('token_invalid');
  const link = { token: tokenIn(carla.email, 'sign_in_link') };
  expect((await phone.send('POST', '/api/v1/session/link', link)).body.code).toBe('token_invalid');
  expect((await phone.send('POST', '/api/v1/session', { email: carla.email, password: PASSWORD })).status).toBe(401);
});

test('asking for the password once more is no place to guess it', async () => {
  const carla = await door.customer();
  const body = { currentPassword: 'not the password', password: 'another good password' };
  for (let guess = 0; guess < 10; guess += 1) await carla.send('PUT', '/api/v1/account/password', body);
  const stopped = await carla.send('PUT', '/api/v1/account/password', { ...body, currentPassword: PASSWORD });
  expect([stopped.status, stopped.body.code]).toEqual([429, 'too_many_attempts']);
});

test('a new address is taken when its own mailbox confirms it, and the old one is told', async () => {
  const carla = await door.customer();
  const email = `new-${carla.email}`;
  const ask = (to: string, password = PASSWORD) => carla.send('POST', '/api/v1/account/email', { email: to, password });
  expect((await ask(email, 'not the password')).body.code).toBe('wrong_password');
  expect((await ask(email.toUpperCase())).status).toBe(204);
  expect((await carla.get('/api/v1/session')).body.user.email).toBe(carla.email);
  const token = tokenIn(email, 'confirm_email');
  for (const _ of [1, 2])
    expect((await door.person().send('POST', '/api/v1/confirm-email', { token })).status).toBe(200);
  expect((await carla.get('/api/v1/session')).body.user).toMatchObject({ email, emailVerified: true });
  expect((await carla.get('/api/v1/portal/profile')).body.email).toBe(email);
  expect(door.mails.at(-1)).toMatchObject({ template: 'sign_in_changed', to: carla.email });
  expect((await door.person().send('POST', '/api/v1/session', { email, password: PASSWORD })).status).toBe(200);
});

test('an address that is in use gets no mail, and nothing tells so', async () => {
  const [carla, other] = [await door.customer(), await door.customer()];
  const count = door.mails.length;
  const answer = await carla.send('POST', '/api/v1/account/email', { email: other.email, password: PASSWORD });
  expect([answer.status, door.mails.length]).toEqual([204, count]);
});

test('staff who were away for half a day sign in again, customers do not', async () => {
  const support = await door.staff(owner, 'support');
  const carla = await door.customer();
  for (const person of [support, carla]) expect((await person.get('/api/v1/session')).body.kind).not.toBe('visitor');
  door.clock.advance({ hours: 11 });
  expect((await support.get('/api/v1/session')).body.kind).toBe('staff');
  door.clock.advance({ hours: 12, minutes: 1 });
  expect((await support.get('/api/v1/session')).body.kind).toBe('visitor');
  expect((await carla.get('/api/v1/session')).body.kind).toBe('customer');
});

/** Visits so often that no session is over for want of use. */
async function keepVisiting(person: Person, { days, everyHours }: { days: number; everyHours: number }): Promise<void> {
  for (let hours = everyHours; hours < days * 24; hours += everyHours) {
    door.clock.advance({ hours: everyHours });
    expect((await person.get('/api/v1/session')).body.kind).not.toBe('visitor');
  }
}

test('a session that is used all the time ends a week after signing in for staff, and after 90 days for customers', async () => {
  const lives = [
    { arrive: () => door.staff(owner, 'support'), days: 7, everyHours: 11 },
    { arrive: () => door.customer(), days: 90, everyHours: 13 * 24 },
  ];
  for (const { arrive, ...visits } of lives) {
    const person = await arrive();
    const end = new Date(door.clock.now().getTime() + visits.days * 24 * 3_600_000);
    await keepVisiting(person, visits);
    door.clock.moveTo(new Date(end.getTime() - 1000));
    expect((await person.get('/api/v1/session')).body.kind).not.toBe('visitor');
    door.clock.moveTo(end);
    expect((await person.get('/api/v1/session')).body.kind).toBe('visitor');
    door.clock.moveTo(new Date(end.getTime() - 1000));
    expect((await person.get('/api/v1/session')).body.kind).toBe('visitor');
  }
});

test('sessions and devices that nobody can use are forgotten', async () => {
  const carla = await door.customer();
  await forgetExpired(door.app.db, door.clock.now());
  expect((await carla.get('/api/v1/session')).body.kind).toBe('customer');
  const { id } = (await carla.get('/api/v1/session')).body.user;
  const rows = async () => [
    (await door.app.db.selectFrom('loginSession').select('id').where('userId', '=', id).execute()).length,
    (await door.app.db.selectFrom('loginDevice').select('userId').where('userId', '=', id).execute()).length,
  ];
  const later = (days: number) => new Date(door.clock.now().getTime() + days * 24 * 3_600_000);
  expect(await rows()).toEqual([1, 1]);
  await forgetExpired(door.app.db, later(91));
  expect(await rows()).toEqual([0, 1]);
  await forgetExpired(door.app.db, later(401));
  expect(await rows()).toEqual([0, 0]);
});

test('a new password is neither a common one nor a name, whichever way it comes, and the link stays good', async () => {
  const [carla, rita] = [await door.customer(), await door.customer()];
  const asOwner = { name: 'Olga Owner', email: 'second@shop.test', role: 'admin' };
  await door.person().send('POST', '/api/v1/forgot-password', { email: rita.email });
  const reset = tokenIn(rita.email, 'reset_password');
  await owner.send('POST', '/api/v1/staff/invitations', { email: 'invited@staff.test', role: 'support' });
  const invitation = tokenIn('invited@staff.test', 'invitation');
  const empty = await openDoor();
  try {
    const setUp = { name: 'Olga', email: 'olga@shop.test', shopName: 'Nordic Hosting', currency: 'SEK' };
    const ways: [string, (password: string) => Promise<Answer>][] = [
      [
        'sign-up',
        (password) => door.person().send('POST', '/api/v1/sign-up', { email: 'new@customer.test', password }),
      ],
      ['change', (password) => carla.send('PUT', '/api/v1/account/password', { currentPassword: PASSWORD, password })],
      ['staff', (password) => owner.send('POST', '/api/v1/staff', { ...asOwner, password })],
      ['reset', (password) => door.person().send('POST', '/api/v1/reset-password', { token: reset, password })],
      [
        'invitation',
        (password) =>
          door.person().send('POST', '/api/v1/invitations/accept', { token: invitation, name: 'Sam', password }),
      ],
      [
        'set-up',
        async (password) =>
          empty
            .person()
            .send('POST', '/api/v1/set-up', { ...setUp, token: await createSetUpLink(empty.ctx), password }),
      ],
    ];
    for (const [way, send] of ways) {
      for (const password of ['PassWord123', 'qwertyuiop', 'Hostwright-1234']) {
        const { status, body } = await send(password);
        expect([way, password, status, body.code, body.issues?.[0].path]).toEqual([
          way,
          password,
          422,
          'password_guessable',
          'password',
        ]);
      }
      expect([way, (await send('another good password')).status]).not.toEqual([way, 422]);
    }
    const named = await door.person().send('POST', '/api/v1/sign-up', {
      email: 'carla.customer@mail.test',
      password: 'CarlaCustomer1!',
    });
    expect(named.body.code).toBe('password_guessable');
  } finally {
    await empty.close();
  }
});
