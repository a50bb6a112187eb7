/** What browsers and programs are told and held to, whatever they ask for. docs/security-checklist.md names these tests. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Door, openDoor, PASSWORD } from '../../test/door.ts';

let door: Door;
beforeAll(async () => {
  door = await openDoor();
  await door.owner();
});
afterAll(() => door.close());

test('every answer forbids foreign scripts, frames, guessing of types and passing on of addresses', async () => {
  for (const address of ['/', '/api/v1/session', '/api/v1/nothing', '/api/docs', '/healthz']) {
    const { headers } = await door.person().get(address);
    const policy = Object.fromEntries(
      (headers.get('content-security-policy') ?? '').split(/; ?/).map((part) => {
        const [name = '', ...values] = part.split(' ');
        return [name, values.join(' ')];
      }),
    );
    expect(policy).toMatchObject({
      'default-src': "'self'",
      'script-src': "'self'",
      'object-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'self'",
      'frame-ancestors': "'none'",
    });
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('access-control-allow-origin')).toBeNull();
  }
});

test('nothing of the API is kept by browsers or proxies on the way', async () => {
  const carla = await door.customer();
  for (const address of ['/api/v1/session', '/api/v1/portal/profile', '/api/v1/nothing'])
    expect((await carla.get(address)).headers.get('cache-control')).toBe('no-store');
});

test('every cookie is out of reach of scripts and other sites, and over https bound to this host', async () => {
  const secure = await openDoor({ publicUrl: 'https://shop.test' });
  try {
    await secure.owner();
    const { email } = await secure.customer();
    const answer = await secure.person().send('POST', '/api/v1/session', { email, password: PASSWORD });
    const cookies = answer.headers.getSetCookie();
    expect(cookies.map((cookie) => cookie.split('=')[0]).sort()).toEqual([
      '__Host-hostwright.device',
      '__Host-hostwright.session_token',
    ]);
    for (const cookie of cookies) {
      for (const part of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(part);
      expect(cookie).not.toMatch(/domain=/i);
    }
  } finally {
    await secure.close();
  }
});

test('one caller cannot keep the API from the others, and is told when to come back', async () => {
  const greedy = door.person({ address: '203.0.113.30' });
  const statuses = new Set<number>();
  for (let call = 0; call < 600; call += 1) statuses.add(await greedy.status('GET', '/api/v1/nothing'));
  expect([...statuses]).toEqual([404]);
  const stopped = await greedy.get('/api/v1/session');
  expect([stopped.status, stopped.body.code, stopped.headers.get('retry-after')]).toEqual([
    429,
    'too_many_requests',
    '60',
  ]);
  expect((await door.person({ address: '203.0.113.31' }).get('/api/v1/session')).status).toBe(200);
  door.clock.advance({ minutes: 1 });
  expect((await greedy.get('/api/v1/session')).status).toBe(200);
});

test('keys are counted one by one, and keys that do not work by where they come from', async () => {
  const carla = await door.customer();
  const make = async (name: string) =>
    door.person({
      address: '203.0.113.33',
      key: (await carla.send('POST', '/api/v1/api-keys', { name, scopes: ['portal'] })).body.token,
    });
  const [greedy, modest] = [await make('greedy'), await make('modest')];
  for (let call = 0; call < 1_200; call += 1) expect(await greedy.status('GET', '/api/v1/nothing')).toBe(404);
  expect((await greedy.get('/api/v1/session')).body.code).toBe('too_many_requests');
  const guesser = door.person({ address: '203.0.113.33', key: 'hw_a-guess' });
  for (let call = 0; call < 600; call += 1) expect(await guesser.status('GET', '/api/v1/session')).toBe(401);
  expect((await guesser.get('/api/v1/session')).body.code).toBe('too_many_requests');
  expect((await modest.get('/api/v1/session')).status).toBe(200);
});

test('a body of another kind does nothing, whatever a form of another page could send', async () => {
  const carla = await door.customer();
  const json = JSON.stringify({ currentPassword: PASSWORD, password: 'another good password' });
  for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded', '']) {
    const { status } = await carla.send('PUT', '/api/v1/account/password', json, { 'content-type': type });
    expect([type, status >= 400]).toEqual([type, true]);
  }
  expect((await door.person().send('POST', '/api/v1/session', { email: carla.email, password: PASSWORD })).status).toBe(
    200,
  );
});

test('what a link is asked for takes as long for nobody as for somebody', async () => {
  const carla = await door.customer();
  const tookMs = async (path: string, email: string) => {
    const startedAt = performance.now();
    await door.person({ address: '203.0.113.45' }).send('POST', path, { email });
    return performance.now() - startedAt;
  };
  // A timer may be a millisecond early.
  for (const path of ['/api/v1/forgot-password', '/api/v1/sign-in-link'])
    for (const email of [carla.email, 'nobody@customer.test'])
      expect(await tookMs(path, email)).toBeGreaterThanOrEqual(399);
});

test('mailed links lead to the shop, whatever a request calls it', async () => {
  const { email } = await door.customer();
  const lie = { host: 'thief.test', 'x-forwarded-host': 'thief.test', forwarded: 'host=thief.test' };
  await door.person().send('POST', '/api/v1/forgot-password', { email }, lie);
  expect(String(door.mails.findLast(({ to }) => to === email)?.data.url)).toMatch(/^http:\/\/127\.0\.0\.1:8080\//);
});

test('cards cannot be tried one after the other at the checkout', async () => {
  const carla = await door.customer();
  const order = () => carla.send('POST', '/api/v1/portal/orders', {});
  for (let attempt = 0; attempt < 30; attempt += 1) expect((await order()).status).toBe(422);
  const stopped = await order();
  expect([stopped.status, stopped.body.code, stopped.headers.get('retry-after')]).toEqual([
    429,
    'too_many_requests',
    '900',
  ]);
  expect((await carla.get('/api/v1/portal/orders')).status).toBe(200);
  expect((await (await door.customer()).send('POST', '/api/v1/portal/orders', {})).status).toBe(422);
});

test('a reset is mailed a few times and then refused where it is asked for', async () => {
  const { email } = await door.customer();
  const somebody = door.person({ address: '203.0.113.40' });
  const ask = () => somebody.send('POST', '/api/v1/forgot-password', { email });
  for (let attempt = 0; attempt < 5; attempt += 1) expect((await ask()).status).toBe(204);
  expect((await ask()).body).toMatchObject({ code: 'too_many_attempts', details: { retryAfterSeconds: 900 } });
});

test('the security checklist names tests that exist', () => {
  const root = path.join(import.meta.dirname, '../../..');
  const files = globSync('{server,sdk,modules,gateways}/**/*.test.ts', {
    cwd: root,
    exclude: (file) => file.includes('node_modules'),
  });
  const tests = files.map((file) => readFileSync(path.join(root, file), 'utf8')).join('\n');
  const isTitle = (text: string) => [`'${text}'`, `"${text}"`].some((quoted) => tests.includes(quoted));
  const rows = readFileSync(path.join(root, 'docs/security-checklist.md'), 'utf8').matchAll(/^\| \d.* \| (.+) \|$/gm);
  const named = [...rows].map(([, cell = '']) => cell).filter((cell) => !cell.startsWith('`'));
  expect(named.length).toBeGreaterThan(30);
  // A title may itself hold what stands between two.
  const unknown = named.map((cell) =>
    cell.split('; ').reduce((open, part) => {
      const title = open ? `${open}; ${part}` : part;
      return isTitle(title) ? '' : title;
    }, ''),
  );
  expect(unknown.filter((title) => title !== '')).toEqual([]);
});
