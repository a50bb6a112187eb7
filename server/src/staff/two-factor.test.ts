import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Door, openDoor, PASSWORD, type Person } from '../../test/door.ts';

let door: Door;
let owner: Person;
beforeAll(async () => {
  door = await openDoor();
  owner = await door.owner();
});
afterAll(() => door.close());

/** What an authenticator app shows, by RFC 6238 itself rather than by the library under test. */
function codeOf(secret: string, at: Date): string {
  const bits = [...secret].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const bytes = bits.join('').match(/.{8}/g) ?? [];
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 30_000)));
  const mac = createHmac('sha1', Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2))))
    .update(counter)
    .digest();
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7f_ff_ff_ff;
  return String(number % 1_000_000).padStart(6, '0');
}

const now = (secret: string) => codeOf(secret, door.clock.now());

async function withApp(person: Person): Promise<{ secret: string; backupCodes: string[] }> {
  const { body } = await person.send('POST', '/api/v1/account/two-factor', { password: PASSWORD });
  const confirmed = await person.send('POST', '/api/v1/account/two-factor/confirm', { code: now(body.secret) });
  expect(confirmed.status).toBe(200);
  return { secret: body.secret, backupCodes: confirmed.body.backupCodes };
}

let addresses = 0;
const signIn = (email: string, code?: string) => {
  addresses += 1;
  return door
    .person({ address: `198.18.0.${addresses}` })
    .send('POST', '/api/v1/session', { email, password: PASSWORD, ...(code === undefined ? {} : { code }) });
};

test('an authenticator app reads the name of the shop as it is', async () => {
  const { body: settings } = await owner.get('/api/v1/settings');
  await owner.send('PUT', '/api/v1/settings', { ...settings, shopName: 'Demo + Hosting' });
  const carla = await door.customer();
  const { uri } = (await carla.send('POST', '/api/v1/account/two-factor', { password: PASSWORD })).body;
  await owner.send('PUT', '/api/v1/settings', settings);
  expect(uri).toContain('issuer=Demo%20%2B%20Hosting&');
  expect(decodeURIComponent(new URL(uri).pathname)).toContain(`Demo + Hosting:${carla.email}`);
});

test('a second factor is asked for only after a code came back, and ends the sessions made without one', async () => {
  const carla = await door.customer();
  const elsewhere = door.person();
  await elsewhere.send('POST', '/api/v1/session', { email: carla.email, password: PASSWORD });
  const begun = await carla.send('POST', '/api/v1/account/two-factor', { password: PASSWORD });
  expect(begun.body.uri).toMatch(/^otpauth:\/\/totp\/Shop:.*issuer=Shop/);
  expect((await signIn(carla.email)).status).toBe(200);
  const wrong = await carla.send('POST', '/api/v1/account/two-factor/confirm', { code: '000000' });
  expect([wrong.status, wrong.body.code]).toEqual([422, 'wrong_code']);
  await carla.send('POST', '/api/v1/account/two-factor/confirm', { code: now(begun.body.secret) });
  expect((await elsewhere.get('/api/v1/session')).body.kind).toBe('visitor');
  expect((await carla.get('/api/v1/account/two-factor')).body).toMatchObject({ backupCodesLeft: 10, required: false });
  expect(door.mails.at(-1)).toMatchObject({ template: 'sign_in_changed', to: carla.email });
  const missing = await signIn(carla.email);
  expect([missing.status, missing.body.code, missing.headers.getSetCookie()]).toEqual([401, 'code_required', []]);
  expect((await carla.send('POST', '/api/v1/account/two-factor', { password: PASSWORD })).body.code).toBe(
    'two_factor_is_on',
  );
});

test('a code is good once, also for two at the same time, and neither before nor long after its half minute', async () => {
  const carla = await door.customer();
  const { secret } = await withApp(carla);
  expect((await signIn(carla.email, now(secret))).body.code).toBe('wrong_code');
  door.clock.advance({ seconds: 30 });
  const code = now(secret);
  const both = await Promise.all([signIn(carla.email, code), signIn(carla.email, code)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
  const early = codeOf(secret, new Date(door.clock.now().getTime() + 90_000));
  expect((await signIn(carla.email, early)).body.code).toBe('wrong_code');
  door.clock.advance({ minutes: 2 });
  const late = codeOf(secret, new Date(door.clock.now().getTime() - 60_000));
  expect((await signIn(carla.email, late)).body.code).toBe('wrong_code');
  const slow = codeOf(secret, new Date(door.clock.now().getTime() - 30_000));
  expect((await signIn(carla.email, `${slow.slice(0, 3)} ${slow.slice(3)}`)).status).toBe(200);
});

test('a backup code is good once, and new ones end the old', async () => {
  const carla = await door.customer();
  const { backupCodes } = await withApp(carla);
  const [first = '', second = ''] = backupCodes;
  expect((await signIn(carla.email, first.toUpperCase())).status).toBe(200);
  expect((await signIn(carla.email, first)).body.code).toBe('wrong_code');
  expect((await carla.get('/api/v1/account/two-factor')).body.backupCodesLeft).toBe(9);
  const renewed = await carla.send('POST', '/api/v1/account/two-factor/backup-codes', { password: PASSWORD });
  expect(renewed.body.backupCodes).toHaveLength(10);
  expect((await signIn(carla.email, second)).body.code).toBe('wrong_code');
});

test('neither secret nor backup codes are stored as they are', async () => {
  const carla = await door.customer();
  const { secret, backupCodes } = await withApp(carla);
  const { db } = door.app;
  const stored = JSON.stringify([
    await db.selectFrom('twoFactor').select(['userId', 'sealedSecret']).execute(),
    await db.selectFrom('backupCode').selectAll().execute(),
    await db.selectFrom('audit').select(['before', 'after']).execute(),
  ]);
  for (const plain of [secret, ...backupCodes.flatMap((code) => [code, code.replace('-', '')])])
    expect(stored).not.toContain(plain);
});

test('guessing codes from everywhere is stopped by login, and a new password by mail lets its owner in again', async () => {
  const carla = await door.customer();
  const { secret } = await withApp(carla);
  door.clock.advance({ seconds: 30 });
  for (let guess = 0; guess < 10; guess += 1) expect((await signIn(carla.email, '000000')).status).toBe(401);
  const stopped = await signIn(carla.email, now(secret));
  expect([stopped.status, stopped.body.code, stopped.headers.get('retry-after')]).toEqual([
    429,
    'too_many_codes',
    '900',
  ]);
  await door.person({ address: '198.18.1.1' }).send('POST', '/api/v1/forgot-password', { email: carla.email });
  const token = new URL(String(door.mails.at(-1)?.data.url)).searchParams.get('token');
  await door.person().send('POST', '/api/v1/reset-password', { token, password: PASSWORD });
  expect((await signIn(carla.email)).body.code).toBe('code_required');
  expect((await signIn(carla.email, now(secret))).status).toBe(200);
});

test('who does not know the password cannot lock anybody out of their codes', async () => {
  const carla = await door.customer();
  const { secret } = await withApp(carla);
  for (let guess = 0; guess < 12; guess += 1) {
    const thief = door.person({ address: `198.18.2.${guess}` });
    const body = { email: carla.email, password: 'not the password', code: '000000' };
    expect((await thief.send('POST', '/api/v1/session', body)).body.code).toBe('wrong_credentials');
  }
  door.clock.advance({ seconds: 30 });
  expect((await signIn(carla.email, now(secret))).status).toBe(200);
});

test('turning codes off takes the password and a code', async () => {
  const carla = await door.customer();
  const { backupCodes } = await withApp(carla);
  const remove = (password: string, code: string) =>
    carla.send('POST', '/api/v1/account/two-factor/remove', { password, code });
  expect((await remove('not the password', backupCodes[0] ?? '')).body.code).toBe('wrong_password');
  expect((await remove(PASSWORD, '000000')).body).toMatchObject({ code: 'wrong_code', issues: [{ path: 'code' }] });
  expect((await remove(PASSWORD, backupCodes[0] ?? '')).status).toBe(204);
  expect((await signIn(carla.email)).status).toBe(200);
});

test('a shop that asks it of its staff leaves those without nothing but setting it up', async () => {
  const shop = await openDoor();
  try {
    const first = await shop.owner();
    const support = await shop.staff(first, 'support');
    const { body: settings } = await first.get('/api/v1/settings');
    const required = { ...settings, staffTwoFactor: 'required' };
    expect((await first.send('PUT', '/api/v1/settings', required)).body.code).toBe('set_up_your_own_first');
    const { body } = await first.send('POST', '/api/v1/account/two-factor', { password: PASSWORD });
    const code = (secret: string) => codeOf(secret, shop.clock.now());
    await first.send('POST', '/api/v1/account/two-factor/confirm', { code: code(body.secret) });
    expect((await first.send('PUT', '/api/v1/settings', required)).status).toBe(200);

    expect((await support.get('/api/v1/customers')).body.code).toBe('second_factor_required');
    expect((await support.get('/api/v1/session')).body).toMatchObject({ secondFactorMissing: true, permissions: [] });
    const begun = await support.send('POST', '/api/v1/account/two-factor', { password: PASSWORD });
    await support.send('POST', '/api/v1/account/two-factor/confirm', { code: code(begun.body.secret) });
    expect((await support.get('/api/v1/customers')).status).toBe(200);
    const remove = { password: PASSWORD, code: code(begun.body.secret) };
    expect((await support.send('POST', '/api/v1/account/two-factor/remove', remove)).body.code).toBe(
      'two_factor_is_required',
    );
    const { user } = (await first.get('/api/v1/session')).body;
    expect((await first.send('POST', `/api/v1/staff/${user.id}/reset-two-factor`)).body.code).toBe(
      'cannot_reset_yourself',
    );
    expect((await first.send('POST', `/api/v1/staff/${support.userId}/reset-two-factor`)).status).toBe(204);
    expect(shop.mails.at(-1)).toMatchObject({ template: 'sign_in_changed', to: support.email });
    expect((await support.get('/api/v1/customers')).body.code).toBe('second_factor_required');
  } finally {
    await shop.close();
  }
});

test("staff take a lost second factor off a customer's user, and off nobody else's", async () => {
  const carla = await door.customer();
  await withApp(carla);
  const { body } = await owner.get(`/api/v1/customers/${carla.customerId}/users`);
  expect(body.items).toMatchObject([{ email: carla.email, role: 'owner', twoFactor: true }]);
  const { userId } = body.items[0];
  const other = await door.customer();
  const reset = (customerId: string) =>
    owner.send('POST', `/api/v1/customers/${customerId}/users/${userId}/reset-two-factor`);
  expect((await reset(other.customerId)).status).toBe(404);
  expect((await reset(carla.customerId)).status).toBe(204);
  expect((await signIn(carla.email)).status).toBe(200);
});
