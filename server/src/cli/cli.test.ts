import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEmptyDatabase } from '../../test/database.ts';
import { createWorld, type World } from '../../test/world.ts';
import { MIGRATIONS_FOLDER, readMigrations } from '../kit/migrate.ts';

const BIN = path.join(import.meta.dirname, '../../bin/hostwright.js');

let world: World;
let folder: string;
let bought: Awaited<ReturnType<World['buys']>>;
let serviceNumber: number;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'hostwright-cli-'));
  world = await createWorld({ now: new Date().toISOString() });
  bought = await world.buys({ domain: 'bakery.test' });
  serviceNumber = Number((await world.service(bought.serviceId)).number);
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

interface Ran {
  code: number;
  out: string;
  err: string;
}

/** The command as an operator runs it: a process of its own, on the world's database and with its key. */
async function run(
  words: string[],
  options: { input?: string; environment?: Record<string, string> } = {},
): Promise<Ran> {
  const { key, smtpUrl } = world.app.config;
  const child = spawn(process.execPath, [BIN, ...words], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: world.database.url,
      HOSTWRIGHT_DATA: folder,
      HOSTWRIGHT_KEY: key,
      SMTP_URL: smtpUrl,
      ...options.environment,
    },
  });
  child.stdin.end(options.input ?? '');
  const [out, err, code] = await Promise.all([
    readAll(child.stdout),
    readAll(child.stderr),
    new Promise<number>((resolve) => child.once('close', (exit) => resolve(exit ?? -1))),
  ]);
  return { code, out, err };
}

async function json<T = Record<string, unknown>>(words: string[], options?: Parameters<typeof run>[1]) {
  const { code, out, err } = await run([...words, '--json'], options);
  expect(err).toBe('');
  return { code, value: JSON.parse(out) as T };
}

test('lists and shows name a service by its number, for people and for programs', async () => {
  const { out } = await run(['service', 'list']);
  expect(out).toMatch(new RegExp(`^NUMBER .*\n${serviceNumber} +bakery\\.test +active `));
  const list = await json<{ items: unknown[]; total: number }>(['service', 'list', '--state', 'active']);
  expect(list.value).toMatchObject({ total: 1, items: [{ number: serviceNumber, domain: 'bakery.test' }] });

  const shown = await json(['service', 'show', String(serviceNumber)]);
  expect(shown.value).toMatchObject({ id: bought.serviceId, operations: [{ action: 'create', state: 'done' }] });
  expect((await run(['service', 'show', bought.serviceId])).out).toContain('whm1');
});

test('an order is shown with its services, steps and trace', async () => {
  const { out, code } = await run(['order', 'show', '1001']);
  expect(code).toBe(0);
  expect(out).toContain('bakery.test');
  expect(out).toMatch(/done +Create the account/);
});

test('an act is planned for a worker to run, and --wait tells its steps until it is over', async () => {
  const waiting = run([
    'service',
    'suspend',
    String(serviceNumber),
    '--reason',
    'Spam',
    '--cause',
    'abuse',
    '--wait',
    '60',
  ]);
  let over = false;
  waiting.finally(() => {
    over = true;
  });
  // The world's clock stands still: what was planned just now is due when it is moved.
  while (!over) {
    await world.travel({ seconds: 30 });
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const { code, out } = await waiting;
  expect(out).toMatch(/State +done/);
  expect(code).toBe(0);
  expect(await world.service(bought.serviceId)).toMatchObject({ state: 'suspended', suspendCause: 'abuse' });

  const refused = await json(['service', 'suspend', bought.serviceId, '--reason', 'Again']);
  expect(refused).toMatchObject({ code: 1, value: { error: { code: 'service_suspended' } } });
});

test('a termination wants the domain typed out', async () => {
  const { code, value } = await json(['service', 'terminate', String(serviceNumber), '--confirm-domain', 'other.test']);
  expect(code).toBe(1);
  expect(value).toEqual({ error: { code: 'domain_not_confirmed', message: expect.stringContaining('bakery.test') } });
});

test('operations are listed by service and shown with their steps', async () => {
  const { value } = await json<{ items: { id: string }[] }>(['operation', 'list', '--service', String(serviceNumber)]);
  const created = value.items.at(-1)?.id ?? '';
  expect((await run(['operation', 'show', created])).out).toMatch(/done +Reserve a place/);
  expect(await json(['operation', 'retry', created])).toMatchObject({
    code: 1,
    value: { error: { code: 'operation_done' } },
  });
});

test('wrong usage ends with 2 and what is wrong', async () => {
  expect(await run(['serve'])).toMatchObject({ code: 2, err: expect.stringContaining("unknown command 'serve'") });
  expect(await run(['service', 'suspend', '1001'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('--reason'),
  });
  const { code, out } = await run(['service', 'frobnicate', '--json']);
  expect({ code, error: JSON.parse(out).error.code }).toEqual({ code: 2, error: 'wrong_usage' });
  expect(await run(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('Keeping it safe:') });
});

test('what is not there, or cannot be reached, is one line without a stack or a password', async () => {
  const missing = await run(['service', 'show', '99']);
  expect(missing).toEqual({ code: 1, out: '', err: 'Service not found (number 99) [service_not_found]\n' });
  expect(await json(['service', 'show', 'bakery'])).toMatchObject({ value: { error: { code: 'wrong_id' } } });

  const nowhere = { DATABASE_URL: 'postgres://shop:hunter2@127.0.0.1:1/shop' };
  const { code, err } = await run(['jobs'], { environment: nowhere });
  expect(code).toBe(1);
  expect(err).toContain('The database at 127.0.0.1:1/shop cannot be used');
  expect(err).not.toContain('hunter2');
  expect(await json(['jobs'], { environment: { PORT: 'x' } })).toMatchObject({
    value: { error: { code: 'config_wrong' } },
  });
});

test('a panel is tested, and the doctor finds the whole shop well', async () => {
  const { value: servers } = await json<{ items: { id: string }[] }>(['server', 'list']);
  expect(servers.items).toHaveLength(1);
  const tested = await json(['server', 'test', servers.items[0]?.id ?? '']);
  expect(tested).toMatchObject({ code: 0, value: { ok: true } });

  const { value } = await json<{ ok: boolean; findings: { state: string; subject: string }[] }>(['doctor']);
  expect(value.findings.filter(({ state }) => state === 'fail')).toEqual([]);
  const well = value.findings.filter(({ state }) => state === 'ok').map(({ subject }) => subject);
  expect(well).toEqual(
    expect.arrayContaining(['Database', 'Schema', 'Clock', 'Secrets', 'Mail', 'Server whm1', 'Workers']),
  );
});

test('the doctor fails for a key, a mail server and a database that are not there', async () => {
  const stranger = { HOSTWRIGHT_KEY: `stranger:${Buffer.alloc(32, 1).toString('base64')}` };
  const lost = await run(['doctor'], { environment: stranger });
  expect(lost).toMatchObject({ code: 1, out: expect.stringMatching(/fail +Secrets: .*"test"/) });
  const silent = await run(['doctor'], { environment: { SMTP_URL: 'smtp://127.0.0.1:1' } });
  expect(silent).toMatchObject({ code: 1, out: expect.stringMatching(/fail +Mail: /) });
  const nowhere = await run(['doctor'], { environment: { DATABASE_URL: 'postgres://127.0.0.1:1/shop' } });
  expect(nowhere).toMatchObject({ code: 1, out: expect.stringMatching(/ok +Node\.js[\s\S]*fail +Database: /) });
});

test('staff are added with a password from a pipe, or one that is printed once', async () => {
  const words = (email: string) => ['staff', 'add', '--email', email, '--name', 'Anna', '--role', 'support'];
  const piped = await json(words('Anna@shop.test'), { input: 'correct horse battery\n' });
  expect(piped.value).toEqual({ userId: expect.any(String), email: 'anna@shop.test', name: 'Anna', role: 'support' });
  const made = await json<{ password: string }>(words('bert@shop.test'));
  expect(made.value.password).toMatch(/^[\w-]{20}$/);
  const short = await json(words('carl@shop.test'), { input: 'short' });
  expect(short).toMatchObject({ code: 1, value: { error: { code: 'bad_input' } } });
  expect(JSON.stringify(short.value)).not.toContain('"short"');
  const common = await json(words('dora@shop.test'), { input: 'password123' });
  expect(common).toMatchObject({ code: 1, value: { error: { code: 'password_guessable' } } });
  const link = await json<{ url: string }>(['staff', 'set-up-link']);
  expect(link.value.url).toMatch(/\/set-up\?token=/);
});

test('a second factor that was lost is taken off, which is noted and told by mail', async () => {
  const { db, keyring } = world.app;
  const words = ['staff', 'add', '--email', 'olga@shop.test', '--name', 'Olga', '--role', 'owner'];
  const { userId } = (await json<{ userId: string }>(words, { input: 'correct horse battery' })).value;
  const now = new Date();
  await db
    .insertInto('twoFactor')
    .values({ userId, sealedSecret: keyring.seal('secret', `two_factor:${userId}`), confirmedAt: now, createdAt: now })
    .execute();
  const reset = (email: string) => json(['staff', 'reset-two-factor', email]);
  expect(await reset('Olga@shop.test')).toEqual({
    code: 0,
    value: { email: 'olga@shop.test', name: 'Olga', wasOn: true },
  });
  expect(await db.selectFrom('twoFactor').select('userId').where('userId', '=', userId).execute()).toEqual([]);
  const noted = await db.selectFrom('audit').select(['action', 'actor']).where('subjectId', '=', userId).execute();
  expect(noted.at(-1)).toEqual({ action: 'login.two_factor_reset', actor: { kind: 'system', name: 'cli' } });
  const mail = await db.selectFrom('mail').select('template').where('toAddress', '=', 'olga@shop.test').execute();
  expect(mail).toEqual([{ template: 'sign_in_changed' }]);
  expect((await reset('olga@shop.test')).value).toMatchObject({ wasOn: false });
  expect(await reset(bought.customer.email)).toMatchObject({ code: 1, value: { error: { code: 'staff_not_found' } } });
});

test('a backup goes into an empty database, and tells which secrets the keys at hand do not open', async () => {
  const file = path.join(folder, 'shop.backup');
  const { length: migration } = readMigrations(MIGRATIONS_FOLDER);
  expect(await json(['backup', file])).toMatchObject({ code: 0, value: { keyIds: ['test'], migration } });
  expect(await json(['backup', file])).toMatchObject({ code: 1, value: { error: { code: 'backup_failed' } } });
  expect(await json(['restore', file])).toMatchObject({ code: 1, value: { error: { code: 'shop_is_running' } } });

  const empty = await createEmptyDatabase();
  try {
    const there = { DATABASE_URL: empty.url };
    expect(await json(['jobs'], { environment: there })).toMatchObject({
      value: { error: { code: 'migrations_missing' } },
    });
    expect(await json(['restore', file], { environment: there })).toMatchObject({
      code: 0,
      value: { closedSecrets: [] },
    });
    expect(await json(['restore', file], { environment: there })).toMatchObject({
      value: { error: { code: 'backup_failed' } },
    });
    expect(await json(['migrate'], { environment: there })).toMatchObject({ value: { applied: [] } });
    expect(await json(['service', 'list'], { environment: there })).toMatchObject({ value: { total: 1 } });
  } finally {
    await empty.close();
  }
});

test('keys from the environment are rotated to the newest one given, beside the working shop', async () => {
  const rotated = await json(['secrets', 'rotate']);
  expect(rotated).toMatchObject({ code: 0, value: { keyId: 'test', added: false, keyIdsInUse: ['test'] } });
});

test('a module folder is checked without a database', async () => {
  const environment = { DATABASE_URL: 'postgres://127.0.0.1:1/shop' };
  const modules = path.join(import.meta.dirname, '../../../modules');
  const good = await json(['module', 'check', path.join(modules, 'cpanel')], { environment });
  expect(good).toMatchObject({ code: 0, value: { id: 'cpanel', warnings: [] } });
  const broken = mkdtempSync(path.join(folder, 'broken-'));
  writeFileSync(path.join(broken, 'index.ts'), 'export default { sdk: 99 };');
  expect(await json(['module', 'check', broken], { environment })).toMatchObject({
    code: 1,
    value: { error: { code: 'module_not_loaded', message: expect.stringContaining('SDK version 99') } },
  });
  expect((await run(['module', 'list'], { environment })).out).toMatch(/cpanel +cPanel & WHM +loaded/);
});
