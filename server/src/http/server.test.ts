import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Door, openDoor, PASSWORD, type Person } from '../../test/door.ts';
import { startHttp } from './server.ts';

let door: Door;
let owner: Person;
let webFolder: string;
beforeAll(async () => {
  webFolder = mkdtempSync(path.join(tmpdir(), 'hostwright-web-'));
  mkdirSync(path.join(webFolder, 'assets'));
  writeFileSync(path.join(webFolder, 'index.html'), '<!doctype html><title>Shop</title>');
  writeFileSync(path.join(webFolder, 'assets/index-Bx1.js'), 'export {};');
  door = await openDoor({ webFolder });
  owner = await door.owner();
});
afterAll(async () => {
  await door.close();
  rmSync(webFolder, { recursive: true });
});

test("every answer carries a correlation id: the caller's when it is one", async () => {
  const id = uuidv7();
  expect((await door.person().get('/api/v1/session', { 'x-correlation-id': id })).headers.get('x-correlation-id')).toBe(
    id,
  );
  const other = await door.person().get('/api/v1/nothing', { 'x-correlation-id': 'not one\tof ours' });
  expect(other.headers.get('x-correlation-id')).toBe(other.body.correlationId);
  expect(other.body.correlationId).toMatch(/^[0-9a-f-]{36}$/);
});

test('an unknown address below /api is a problem document, never the page', async () => {
  for (const address of ['/api', '/api/v1/nothing', '/api/provisioning/nothing']) {
    const { status, body, headers } = await owner.get(address);
    expect([status, body.code, headers.get('content-type')]).toEqual([404, 'not_found', 'application/problem+json']);
  }
});

test('wrong input is named value by value, without telling strangers what would be right', async () => {
  const wrong = { email: 'no address', password: 'short', name: '', role: 'king' };
  expect((await door.person().send('POST', '/api/v1/staff', wrong)).body).toMatchObject({
    status: 401,
    code: 'sign_in_required',
  });
  const { status, body } = await owner.send('POST', '/api/v1/staff', wrong);
  expect([status, body.code]).toEqual([422, 'invalid_request']);
  expect(body.issues.map((issue: { path: string }) => issue.path).sort()).toEqual([
    'email',
    'name',
    'password',
    'role',
  ]);
  expect((await owner.get('/api/v1/customers/not-a-uuid')).status).toBe(422);
  expect((await owner.get('/api/v1/customers?sort=password')).body.code).toBe('unknown_sort');
  expect((await owner.get('/api/v1/customers?cursor=nonsense')).body.code).toBe('bad_cursor');
});

test('a body that is no JSON, not said to be JSON, or too large is refused', async () => {
  const malformed = await owner.send('POST', '/api/v1/staff', '{"name":');
  expect([malformed.status, malformed.body.code]).toEqual([400, 'malformed_request']);
  const form = await owner.send('POST', '/api/v1/staff', 'name=x', { 'content-type': 'text/plain' });
  expect([form.status, form.body.code]).toEqual([415, 'unsupported_media_type']);
  const large = await owner.send('POST', '/api/v1/staff', JSON.stringify({ name: 'x'.repeat(1024 * 1024) }));
  expect([large.status, large.body.code]).toEqual([413, 'body_too_large']);
});

test('a page of another origin cannot make a browser act, nor sign it in', async () => {
  const { email } = await door.customer();
  const refused: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: 'http://blog.localhost' },
    { origin: 'https://evil.test' },
    { origin: 'null' },
  ];
  for (const headers of refused) {
    expect((await owner.send('DELETE', '/api/v1/session', undefined, headers)).body.code).toBe('cross_site_request');
    const signIn = await door.person().send('POST', '/api/v1/session', { email, password: PASSWORD }, headers);
    expect(signIn.body.code).toBe('cross_site_request');
  }
  const allowed: Record<string, string>[] = [
    {},
    { 'sec-fetch-site': 'same-origin' },
    { origin: 'http://shop.test:8080', host: 'shop.test:8080' },
  ];
  for (const headers of allowed) {
    expect((await door.person().send('POST', '/api/v1/session', { email, password: PASSWORD }, headers)).status).toBe(
      200,
    );
  }
});

test('a bug is answered without its message and logged with it', async () => {
  const broken = await openDoor();
  const owner = await broken.owner();
  await broken.app.db.schema.dropTable('setting').execute();
  const lines: unknown[] = [];
  broken.app.log = pino({ level: 'error' }, { write: (line: string) => lines.push(JSON.parse(line)) });
  try {
    const { status, body } = await owner.get('/api/v1/settings');
    expect([status, body.code]).toEqual([500, 'internal_error']);
    expect(JSON.stringify(body)).not.toContain('setting');
    expect(lines).toMatchObject([{ correlationId: body.correlationId, path: '/api/v1/settings' }]);
  } finally {
    await broken.close();
  }
});

test('the page comes for every address of the application, its files are kept for ever, a missing file is missing', async () => {
  const page = await door.person().get('/admin/customers');
  expect(page.body).toContain('<title>Shop · Hosting that sets itself up</title>');
  expect(page.headers.get('cache-control')).toBe('no-cache');
  const policy = page.headers.get('content-security-policy');
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  const script = await door.person().get('/assets/index-Bx1.js');
  expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect((await door.person().get('/assets/index-Old.js')).status).toBe(404);
  expect((await door.person().get('/assets/..%2f..%2f..%2fetc/passwd')).body).not.toContain('root:');
  expect((await door.person().send('POST', '/admin/customers', {})).status).toBe(404);
});

test('a server without its web application says how to build it', async () => {
  const bare = await openDoor();
  try {
    const page = await bare.person().get('/');
    expect([page.status, page.body]).toEqual([503, expect.stringContaining('npm run build')]);
  } finally {
    await bare.close();
  }
});

test('the API document and its page are served by ourselves', async () => {
  const document = await door.person().get('/api/openapi.json');
  expect(document.body.openapi).toBe('3.1.0');
  const page = await door.person().get('/api/docs');
  const files = [...page.body.matchAll(/(?:href|src)="(\/api\/docs\/[^"]+)"/g)].map(([, address]) => address);
  expect(files).toHaveLength(2);
  for (const file of files) expect((await door.person().get(file)).status).toBe(200);
  expect(page.body).not.toMatch(/https?:\/\//);
});

test('health follows the database', async () => {
  const sick = await openDoor();
  expect((await sick.person().get('/healthz')).status).toBe(200);
  await sick.close();
  expect((await sick.person().get('/healthz')).status).toBe(503);
});

test('a listening server answers, and closing twice is one closing', async () => {
  const server = await startHttp(door.app, { host: '127.0.0.1', port: 0 });
  const answer = await fetch(`${server.url}/healthz`);
  expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }]);
  await expect(
    startHttp(door.app, { host: '127.0.0.1', port: Number(new URL(server.url).port) }),
  ).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await Promise.all([server.close(), server.close()]);
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
});
