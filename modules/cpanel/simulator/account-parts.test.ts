/** What belongs to an account: zone, certificate, mailboxes, databases, sessions. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSimulator, type WhmSimulator } from '../simulator.ts';
import { call, send, uapi } from './raw-client.ts';

const PASSWORD = 'Correct-Horse-7-Battery';
let whm: WhmSimulator;
beforeEach(async () => {
  whm = await startSimulator({ autosslSeconds: 0.1 });
  const acme = { username: 'acme', domain: 'acme.example', plan: 'starter', password: PASSWORD };
  await call(whm, 'createacct', acme);
});
afterEach(() => whm.close());

interface Line {
  line_index: number;
  type: string;
  record_type?: string;
  dname_b64: string;
  data_b64: string[];
}

const text = (base64 = '') => Buffer.from(base64, 'base64').toString('utf8');
const lines = async () => (await call(whm, 'parse_dns_zone', { zone: 'acme.example' })).data?.payload as Line[];
const serial = async () => text((await lines()).find((line) => line.record_type === 'SOA')?.data_b64[2]);
const records = async () =>
  (await lines())
    .filter((line) => line.type === 'record')
    .map((line) => [text(line.dname_b64), line.record_type, ...line.data_b64.map(text)].join(' '));

describe('DNS', () => {
  test('the first record comes after two comments and $TTL, and names are shown as the panel does', async () => {
    const payload = await lines();
    expect(payload.slice(0, 4).map(({ type }) => type)).toEqual(['comment', 'comment', 'control', 'record']);
    expect(payload[3]).toMatchObject({ line_index: 3, record_type: 'SOA' });
    expect(payload[4]?.line_index).toBeGreaterThan(4);
    expect(await records()).toContain('acme.example. A 203.0.113.20');
    expect(await records()).toContain('www CNAME acme.example.');
  });

  test('an edit needs the current serial and counts whole or not at all', async () => {
    const before = await serial();
    const www = (await lines()).find((line) => text(line.dname_b64) === 'www')?.line_index;
    const add = JSON.stringify({ dname: 'shop', ttl: 300, record_type: 'A', data: ['203.0.113.9'] });
    const form = (given: string, remove: string): [string, string][] => [
      ['zone', 'acme.example'],
      ['serial', given],
      ['add', add],
      ['remove', remove],
    ];
    const stale = await call(whm, 'mass_edit_dns_zone', form('1', String(www)));
    expect(stale.metadata.reason).toContain(`does not match the DNS zone’s serial number (${before})`);
    const wrongLine = await call(whm, 'mass_edit_dns_zone', form(before, '999'));
    expect(wrongLine.metadata.reason).toContain('No record exists at line 999');
    expect(await serial()).toBe(before);

    const edited = await call(whm, 'mass_edit_dns_zone', form(before, String(www)));
    expect(edited.data).toEqual({ new_serial: Number(before) + 1 });
    expect(await records()).toContain('shop A 203.0.113.9');
    expect((await records()).join()).not.toContain('www CNAME');
  });

  test('the older functions work on the same zone', async () => {
    const added = { domain: 'acme.example', name: 'old', type: 'MX', preference: '5', exchange: 'mx.host.example' };
    const answer = await call(whm, 'addzonerecord', added);
    expect(answer.metadata.reason).toContain('Bind reloading on srv1 using rndc zone: [acme.example]');
    expect(await records()).toContain('old MX 5 mx.host.example.');
    const { data } = await call(whm, 'dumpzone', { domain: 'acme.example' });
    const [zone] = data?.zone as { record: { Line: number; name: string }[] }[];
    const line = zone?.record.find(({ name }) => name === 'old.acme.example.')?.Line;
    await call(whm, 'removezonerecord', { zone: 'acme.example', line: String(line) });
    expect((await records()).join()).not.toContain('old MX');
  });
});

test('AutoSSL: self-signed while the first run goes on, then issued; a problem prevents it', async () => {
  const certificate = async () => {
    const { data } = await call(whm, 'fetch_ssl_vhosts', { user: 'acme' });
    return (data?.vhosts as { crt: { is_self_signed: string } }[])[0]?.crt.is_self_signed;
  };
  expect(await certificate()).toBe('1');
  expect((await uapi(whm, 'acme', 'SSL::is_autossl_check_in_progress')).data).toBe(1);
  await expect.poll(certificate).toBe('0');
  whm.changeSettings({ autosslProblems: { 'acme.example': 'DNS does not point here.' } });
  await uapi(whm, 'acme', 'SSL::start_autossl_check');
  await expect.poll(async () => (await uapi(whm, 'acme', 'SSL::is_autossl_check_in_progress')).data).toBe(0);
  expect((await uapi(whm, 'acme', 'SSL::get_autossl_problems')).data).toMatchObject([
    { domain: 'acme.example', problem: 'DNS does not point here.' },
  ]);
});

describe('UAPI', () => {
  test('the outer answer succeeds when the inner one fails', async () => {
    const names = { 'cpanel.user': 'acme', 'cpanel.module': 'Email', 'cpanel.function': 'make_tea' };
    const { metadata, data } = await call(whm, 'uapi_cpanel', names);
    expect(metadata).toMatchObject({ reason: 'OK', result: 1 });
    expect(data?.uapi).toMatchObject({
      status: 0,
      data: null,
      errors: ['The UAPI module “Email” does not have a function named “make_tea”.'],
    });
  });

  test('mailboxes: made once, counted against the package', async () => {
    const add = (email: string) => uapi(whm, 'acme', 'Email::add_pop', { email, password: PASSWORD, quota: '250' });
    expect((await add('info')).data).toBe('info+acme.example');
    expect((await add('info@acme.example')).errors).toEqual(['The account info@acme.example already exists!']);
    for (let n = 1; n < 10; n++) await add(`box${n}`);
    expect((await add('eleventh')).errors).toEqual(['You are using your maximum allotment (10) of email accounts.']);
    const listed = (await uapi(whm, 'acme', 'Email::list_pops_with_disk')).data as Record<string, unknown>[];
    expect(listed).toHaveLength(11);
    expect(listed[1]).toMatchObject({ email: 'info@acme.example', diskquota: 250, _diskquota: '262144000' });
  });

  test('databases: the prefix is checked, never added', async () => {
    const mysql = (name: string, form: Record<string, string>) => uapi(whm, 'acme', `Mysql::${name}`, form);
    expect((await mysql('get_restrictions', {})).data).toMatchObject({ prefix: 'acme_' });
    expect((await mysql('create_database', { name: 'shop' })).errors).toEqual([
      'The name “shop” does not begin with the required prefix “acme_”.',
    ]);
    expect((await mysql('create_database', { name: 'acme_shop' })).status).toBe(1);
    expect((await mysql('create_database', { name: 'acme_shop' })).errors?.[0]).toContain('already exists');
    await mysql('create_user', { name: 'acme_web', password: PASSWORD });
    expect((await mysql('create_user', { name: 'acme_web', password: PASSWORD })).errors?.[0]).toContain(
      '“acme_web” cannot be created because it already exists',
    );
    const grant = { user: 'acme_web', database: 'acme_shop', privileges: 'ALL PRIVILEGES' };
    expect((await mysql('set_privileges_on_database', grant)).status).toBe(1);
    expect((await mysql('list_databases', {})).data).toEqual([
      { database: 'acme_shop', disk_usage: 16_384, users: ['acme_web'] },
    ]);
    expect((await mysql('setup_db_and_user', { prefix: 'wp' })).data).toMatchObject({ hostname: 'localhost' });
    expect((await mysql('list_databases', {})).data).toHaveLength(2);
  });

  test('the older bridge says success and failure at once', async () => {
    const form = (func: string, version: string) => ({
      cpanel_jsonapi_user: 'acme',
      cpanel_jsonapi_module: 'Email',
      cpanel_jsonapi_func: func,
      cpanel_jsonapi_apiversion: version,
      email: 'info',
      password: PASSWORD,
    });
    expect((await call(whm, 'cpanel', form('add_pop', '3'))).data?.result).toMatchObject({ status: 1 });
    expect((await call(whm, 'cpanel', form('addpop', '2'))).data?.cpanelresult).toMatchObject({
      event: { result: 1 },
      error: 'The account info@acme.example already exists!',
      data: [{ result: 0 }],
    });
  });
});

test('a session link opens once and shows who is logged in', async () => {
  const form = { user: 'acme', service: 'cpaneld', app: 'Email_Accounts' };
  const { data, metadata } = await call(whm, 'create_user_session', form);
  expect(metadata.reason).toBe('Created session');
  const url = new URL(String(data?.url));
  expect(url.port).toBe(String(whm.port));
  const entered = await send(whm.port, url.pathname + url.search);
  expect(entered.status).toBe(303);
  const cookie = String(entered.headers['set-cookie']).split(';')[0] ?? '';
  const home = await send(whm.port, String(entered.headers.location), { headers: { cookie } });
  expect(home.status).toBe(200);
  expect(home.text).toContain('logged in to cPanel as <b>acme</b>');
  expect(home.text).toContain('Email_Accounts');
  expect((await send(whm.port, url.pathname + url.search)).status).toBe(401);
  expect((await send(whm.port, String(entered.headers.location))).status).toBe(401);
});
