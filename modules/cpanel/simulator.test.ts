/** The simulated WHM, spoken to without our module: what it grants, what it refuses, and how it says so. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { call, type Envelope, post, send, uapi } from './simulator/raw-client.ts';
import { startSimulator, type WhmSimulator } from './simulator.ts';

const PASSWORD = 'Correct-Horse-7-Battery';
const acme = { username: 'acme', domain: 'acme.example', plan: 'starter', password: PASSWORD };

let whm: WhmSimulator;
beforeEach(async () => {
  whm = await startSimulator({ autosslSeconds: 0.05 });
});
afterEach(() => whm.close());

const succeeded = (answer: Envelope) => Number(answer.metadata.result) === 1;
const summary = async (user: string) => {
  const { data } = await call(whm, 'accountsummary', { user });
  return (data?.acct as Record<string, unknown>[] | undefined)?.[0];
};

describe('an account', () => {
  test('lives from createacct to removeacct', async () => {
    const created = await call(whm, 'createacct', { ...acme, username: 'Acme', contactemail: 'ops@acme.example' });
    expect(created.metadata).toMatchObject({ version: 1, command: 'createacct', reason: 'Account Creation Ok' });
    expect(created.metadata.output?.raw).toContain(PASSWORD);
    expect(await summary('acme')).toMatchObject({
      domain: 'acme.example',
      plan: 'starter',
      suspended: 0,
      suspendreason: 'not suspended',
      maxsql: '5',
      disklimit: '10240M',
      email: 'ops@acme.example',
    });

    await call(whm, 'suspendacct', { user: 'acme', reason: 'overdue' });
    expect(succeeded(await call(whm, 'suspendacct', { user: 'acme', reason: 'abuse' }))).toBe(true);
    expect(await summary('acme')).toMatchObject({ suspended: 1, suspendreason: 'abuse' });
    expect((await call(whm, 'listsuspended')).data?.account).toMatchObject([{ user: 'acme', reason: 'abuse' }]);
    await call(whm, 'unsuspendacct', { user: 'acme' });

    await call(whm, 'changepackage', { user: 'acme', pkg: 'business' });
    expect(await summary('acme')).toMatchObject({ plan: 'business', maxsql: '10', suspended: 0 });
    const changed = await call(whm, 'passwd', { user: 'acme', password: 'Another-Horse-8-Staple' });
    expect(changed).toMatchObject({ metadata: { reason: 'Password changed for user “acme”.' } });
    expect(whm.account('acme')?.password).toBe('Another-Horse-8-Staple');

    const removed = await call(whm, 'removeacct', { user: 'acme' });
    expect(removed.metadata.reason).toBe('acme account removed');
    expect(removed.data).toBeUndefined();
    expect(whm.accounts()).toEqual([]);
    expect(await zoneNames()).toEqual([]);
  });

  test('leaves its zone behind when asked to, and that zone then blocks the domain', async () => {
    await call(whm, 'createacct', acme);
    await call(whm, 'removeacct', { user: 'acme', keepdns: '1' });
    expect(await zoneNames()).toEqual(['acme.example']);
    expect(await refusal('createacct', acme)).toContain('A DNS entry for “acme.example” already exists.');
    expect(succeeded(await call(whm, 'createacct', { ...acme, forcedns: '1' }))).toBe(true);
  });

  test('lists by exact name, by expression, by page and by column', async () => {
    for (const user of ['acme', 'acme2', 'other']) {
      await call(whm, 'createacct', { ...acme, username: user, domain: `${user}.example` });
    }
    const users = async (form: Record<string, string>) => {
      const { data } = await call(whm, 'listaccts', form);
      return (data?.acct as { user: string }[]).map(({ user }) => user);
    };
    expect(await users({ search: 'acme', searchtype: 'user' })).toEqual(['acme', 'acme2']);
    expect(await users({ search: 'acme', searchtype: 'user', searchmethod: 'exact' })).toEqual(['acme']);
    expect(await users({ search: 'nobody', searchtype: 'user' })).toEqual([]);
    const paged = await call(whm, 'listaccts', {
      want: 'user,domain',
      'api.chunk.enable': '1',
      'api.chunk.verbose': '1',
      'api.chunk.start': '3',
      'api.chunk.size': '2',
    });
    expect(paged.data?.acct).toEqual([{ user: 'other', domain: 'other.example' }]);
    expect(paged.metadata).toMatchObject({ chunk: { start: 3, size: 2, chunks: 2, records: 3, current: 2 } });
    const filter = { 'api.filter.enable': '1', 'api.filter.a.field': 'user', 'api.filter.a.type': 'eq' };
    expect(await users({ ...filter, 'api.filter.a.arg0': 'acme2' })).toEqual(['acme2']);
  });
});

describe('createacct refuses', () => {
  test.each([
    [{ username: '1acme' }, 'A username cannot start with a number.'],
    [{ username: 'ac-me' }, 'A username must only contain lowercase alphanumeric characters.'],
    [{ username: 'a'.repeat(17) }, 'A username cannot be longer than 16 characters.'],
    [{ username: 'mysql' }, '“mysql” is a reserved username on this system.'],
    [{ username: 'test1' }, '“test1” is a reserved username on this system.'],
    [{ username: '' }, 'No username was provided to create account.'],
    [{ domain: '' }, 'No domain was provided to create account.'],
    [{ domain: 'acme_.example' }, 'Domain “acme_.example” is not valid.'],
    [{ plan: 'gold' }, 'Sorry, “gold” is not a valid package name.'],
    [{ password: 'abcdefgh' }, 'it is too weak'],
    [{ password: 'My-acme-Password-77' }, 'the password may not contain the username'],
    [{ password: 'a1' }, 'passwords must be at least 5 characters'],
    [{ contactemail: 'nobody' }, 'the supplied email address is not valid'],
  ])('%o', async (change, words) => {
    expect(await refusal('createacct', { ...acme, ...change })).toContain(words);
    expect(whm.accounts()).toEqual([]);
  });

  test('names and domains that somebody has', async () => {
    whm.addForeignAccount({ username: 'acme', domain: 'foreign.example' });
    whm.addLeftoverDomain('half.example');
    whm.changeSettings({ peerZones: ['peer.example'], uniqueFirstEight: true });
    await call(whm, 'createacct', { ...acme, username: 'acmeshop1', domain: 'shop.example' });
    const create = (change: Record<string, string>) =>
      refusal('createacct', { ...acme, username: 'fresh', domain: 'fresh.example', ...change });
    expect(await create({ username: 'acme' })).toContain('already has an account named “acme”');
    expect(await create({ username: 'acmeshop2' })).toContain('same initial 8 characters');
    expect(await create({ domain: 'foreign.example' })).toContain('already exists in the userdata for the user “acme”');
    expect(await create({ domain: 'half.example' })).toContain('already exists in the userdata.');
    expect(await create({ domain: 'peer.example' })).toContain('A DNS entry for “peer.example” already exists.');
    expect(await create({ domain: 'a.shop.example' })).toContain('“shop.example” is already owned by another user');
  });

  test('a name is checked alike beforehand', async () => {
    expect(succeeded(await call(whm, 'verify_new_username', { user: 'acme' }))).toBe(true);
    whm.addForeignAccount({ username: 'acme', domain: 'foreign.example' });
    expect(await refusal('verify_new_username', { user: 'acme' })).toContain('already has an account');
  });

  test('one account more than the licence allows', async () => {
    whm.changeSettings({ licenceMaximum: 1 });
    await call(whm, 'createacct', acme);
    const words = await refusal('createacct', { ...acme, username: 'other', domain: 'other.example' });
    expect(words).toContain('Your system’s license allows up to 1 users, but there are already 1 users.');
  });

  test('nothing for want of a plan: the account gets "default", and so it does for a mere pkgname', async () => {
    await call(whm, 'createacct', { username: 'acme', domain: 'acme.example', pkgname: 'starter', password: PASSWORD });
    expect(whm.account('acme')?.package).toBe('default');
  });
});

describe('other refusals', () => {
  test.each([
    ['accountsummary', { user: 'nobody1' }, 'Account does not exist.'],
    ['accountsummary', {}, 'You must specify a user or domain'],
    ['suspendacct', { user: 'nobody1' }, '_suspendacct called for a user that does not exist. (nobody1)'],
    ['unsuspendacct', { user: 'nobody1' }, '_unsuspendacct called for a user that does not exist. (nobody1)'],
    ['removeacct', { user: 'nobody1' }, 'System user nobody1 does not exist!'],
    ['changepackage', { user: 'acme', pkg: 'gold' }, 'The package “gold” does not exist.'],
    ['changepackage', { user: 'nobody1', pkg: 'starter' }, 'the user “nobody1” does not exist'],
    ['passwd', { user: 'acme', password: '12345' }, 'too weak'],
    ['unsuspendacct', { user: 'acme' }, 'is not in a suspended state'],
    ['create_user_session', { user: 'nobody1', service: 'cpaneld' }, 'because they do not exist'],
    ['create_user_session', { user: 'acme', service: 'whostmgrd' }, 'because they are not a reseller'],
    ['create_user_session', { user: 'acme', service: 'ftp' }, 'The “service” parameter is invalid.'],
    ['getpkginfo', { pkg: 'gold' }, 'The package “gold” does not exist.'],
    ['dumpzone', { domain: 'nobody.example' }, 'Zone does not exist.'],
    ['killdns', { domain: 'acme.example' }, 'main domain'],
    ['make_coffee', {}, 'Unknown app (“make_coffee”) requested for this version (1) of the API.'],
  ])('%s %o', async (name, form, words) => {
    await call(whm, 'createacct', acme);
    expect(await refusal(name, form)).toContain(words);
  });

  test('a suspended account gets neither a password nor a session, and a locked one stays locked for resellers', async () => {
    await call(whm, 'createacct', acme);
    await call(whm, 'suspendacct', { user: 'acme', disallowun: '1' });
    expect(await refusal('passwd', { user: 'acme', password: PASSWORD })).toContain('is currently suspended');
    expect(await refusal('create_user_session', { user: 'acme', service: 'cpaneld' })).toContain('currently suspended');
    expect(await summary('acme')).toMatchObject({ is_locked: 1, suspendreason: 'Unknown' });
  });

  test('are told in the language of the server', async () => {
    whm.changeSettings({ locale: 'pl' });
    expect(await refusal('accountsummary', { user: 'acme' })).toContain('Konto nie istnieje.');
    await call(whm, 'createacct', acme);
    const inner = await uapi(whm, 'acme', 'Email::add_pop', { email: 'info' });
    expect(inner.errors).toEqual(['Podaj argument „password”.']);
  });
});

describe('packages, usage and the server itself', () => {
  test('lists packages with limits as text', async () => {
    const { data } = await call(whm, 'listpkgs');
    expect(data?.pkg).toMatchObject([
      { name: 'default', QUOTA: 'unlimited' },
      { name: 'starter', QUOTA: '10240', MAXSQL: '5', IP: 'n' },
      { name: 'business' },
      { name: 'pro' },
    ]);
    expect((await call(whm, 'addpkg', { name: 'gold', quota: '500' })).data).toEqual({ pkg: 'gold' });
    expect(await refusal('addpkg', { name: 'gold' })).toContain('already exists');
  });

  test('a package change drops limits of the account’s own', async () => {
    await call(whm, 'createacct', acme);
    await call(whm, 'editquota', { user: 'acme', quota: '77' });
    expect(await summary('acme')).toMatchObject({ disklimit: '77M' });
    await call(whm, 'changepackage', { user: 'acme', pkg: 'starter' });
    expect(await summary('acme')).toMatchObject({ disklimit: '10240M' });
  });

  test('tells use in KiB and bytes, removed accounts marked', async () => {
    await call(whm, 'createacct', acme);
    const disk = await call(whm, 'get_disk_usage');
    expect(disk.data?.accounts).toMatchObject([{ user: 'acme', blocks_limit: 10_240 * 1024, inodes_limit: null }]);
    await call(whm, 'removeacct', { user: 'acme' });
    const traffic = await call(whm, 'showbw', { search: '^acme$', searchtype: 'user' });
    expect(traffic.data?.acct).toMatchObject([{ user: 'acme', deleted: 1 }]);
  });

  test('says version, nameservers and privileges, and serves an old client that forgot the version', async () => {
    expect((await call(whm, 'version')).data).toEqual({ version: '11.136.0.5' });
    expect((await call(whm, 'get_nameserver_config')).data?.nameservers).toEqual([
      'ns1.host.example',
      'ns2.host.example',
    ]);
    expect((await call(whm, 'myprivs')).data?.privileges).toMatchObject([{ all: 1 }]);
    const query = await send(whm.port, '/json-api/listpkgs?api.version=0', { headers: authorization() });
    expect(Object.keys(JSON.parse(query.text))).toEqual(['package']);
  });

  test('takes parameters from the query, the body winning', async () => {
    await call(whm, 'createacct', acme);
    const answer = await send(whm.port, '/json-api/accountsummary?api.version=1&user=nobody1', {
      method: 'POST',
      headers: { ...authorization(), 'content-type': 'application/json' },
      body: JSON.stringify({ user: 'acme' }),
    });
    expect(JSON.parse(answer.text).data.acct[0].user).toBe('acme');
  });
});

test('a backup runs for a while, then is complete', async () => {
  await call(whm, 'createacct', acme);
  const { data } = await call(whm, 'start_background_pkgacct', { user: 'acme', tarroot: '/backup/final' });
  const state = async () =>
    (await call(whm, 'get_pkgacct_session_state', { session_id: String(data?.session_id) })).data?.state;
  expect([await state(), await state(), await state()]).toEqual(['RUNNING', 'RUNNING', 'COMPLETED']);
});

test('the certificate can be pinned, and a signed one verified', async () => {
  const { fingerprint256 } = whm;
  expect(fingerprint256).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  const signed = await startSimulator({ certificate: 'signed' });
  try {
    expect(signed.ca).toContain('BEGIN CERTIFICATE');
    expect(signed.fingerprint256).not.toBe(fingerprint256);
  } finally {
    await signed.close();
  }
});

const authorization = () => ({ authorization: `whm ${whm.credentials.username}:${whm.credentials.token}` });

/** The reason of a call that must fail. */
async function refusal(name: string, form: Record<string, string>): Promise<string> {
  const answer = await post(whm, name, { 'api.version': '1', ...form });
  expect(answer.status).toBe(200);
  const envelope: Envelope = JSON.parse(answer.text);
  expect(succeeded(envelope)).toBe(false);
  expect(envelope.data ?? null).toBeNull();
  return envelope.metadata.reason;
}

async function zoneNames(): Promise<string[]> {
  const { data } = await call(whm, 'listzones');
  return (data?.zone as { domain: string }[]).map(({ domain }) => domain);
}
