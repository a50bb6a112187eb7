import type { Call, ModuleFailure, PanelExchange } from '@hostwright/sdk';
import { callFor, type HarnessOptions } from '@hostwright/sdk/testing';
import { contractSuite } from '@hostwright/sdk/testing/contract-suite';
import { describe, expect, test } from 'vitest';
import { whm } from './api.ts';
import cpanel from './index.ts';
import { startSimulator, type WhmSimulator } from './simulator.ts';
import { asText } from './wire.ts';

const PACKAGES = ['starter', 'business'];

contractSuite({
  module: cpanel,
  start: (options) => startSimulator({ packages: PACKAGES, ...options }),
  product: { package: 'starter' },
  changedProduct: { package: 'business' },
});

const NO_EXTRAS = { extraDiskGb: 0, extraDomains: 0, extraMailboxes: 0, extraDatabases: 0 };
const PRODUCT = { package: 'starter', dedicatedIp: false, mailAuthentication: true, keepDns: false, ...NO_EXTRAS };
type Server = Call<typeof cpanel.server>;

const wanted = {
  reference: '0198c0de-0000-7000-8000-000000000001',
  username: 'acme',
  domain: 'acme.example',
  password: 'Kp7-Zr4_Wm2.Tx9-Lq51',
  owner: { email: 'ops@acme.example', firstName: 'Ada', lastName: '', company: '', locale: 'en' },
  intendedAt: new Date(),
};
const account = { reference: wanted.reference, remoteId: 'acme', username: 'acme', domain: 'acme.example' };

/** A panel with the account on it, and a way to call the module as the engine does. */
async function shop(
  run: (panel: WhmSimulator, call: (options?: HarnessOptions) => Server) => Promise<void>,
  created = true,
) {
  const panel = await startSimulator({ packages: PACKAGES });
  const call = (options?: HarnessOptions) => callFor(cpanel, panel, options);
  try {
    if (created) await cpanel.create({ ...call(), product: PRODUCT, order: {}, wanted });
    await run(panel, call);
  } finally {
    await panel.close();
  }
}

const create = (call: Server, changes: Partial<typeof wanted> = {}) =>
  cpanel.create({ ...call, product: PRODUCT, order: {}, wanted: { ...wanted, ...changes } });

/** Values of the server fields with a token that may only do `privileges`. */
async function tokenWith(call: Server, privileges: string[]): Promise<HarnessOptions> {
  const made = await whm(call).write('api_token_create', { token_name: 'small', acl: privileges });
  return { serverValues: { token: asText(made.token) } };
}

const CORE = [
  'basic-whm-functions',
  'basic-system-info',
  'list-accts',
  'acct-summary',
  'list-pkgs',
  'create-acct',
  'suspend-acct',
  'kill-acct',
  'upgrade-account',
  'passwd',
];

describe('the connection test', () => {
  test('names the privileges that a small token lacks', () =>
    shop(async (_panel, call) => {
      const small = await tokenWith(
        call(),
        CORE.filter((name) => name !== 'kill-acct'),
      );
      const report = await cpanel.testConnection(call(small));
      const missing = report.privileges.filter(({ allowed }) => !allowed).map(({ name }) => name);
      expect(report).toMatchObject({
        ok: false,
        version: 'cPanel & WHM 11.136.0.5',
        packages: expect.arrayContaining(PACKAGES),
      });
      expect(missing).toEqual([
        'kill-acct',
        'edit-account',
        'create-user-session',
        'cpanel-api',
        'manage-dns-records',
        'edit-dns',
        'ssl-info',
        'show-bandwidth',
        'ns-config',
      ]);
    }));

  test('is content with the core privileges', () =>
    shop(async (_panel, call) => {
      const small = await tokenWith(call(), CORE);
      await expect(cpanel.testConnection(call(small))).resolves.toMatchObject({ ok: true });
    }));

  test('a token pasted with line breaks works', () =>
    shop(async (panel, call) => {
      const token = `${panel.credentials.token}\r\n`;
      await expect(cpanel.testConnection(call({ serverValues: { token } }))).resolves.toMatchObject({ ok: true });
    }));
});

describe('creating', () => {
  test.for([
    'mysql',
    'test1',
    '1acme',
    'Acme',
    'acme-shop',
    '',
    'sosassword',
  ])('%s is refused before WHM is asked', (username) =>
    shop(async (panel, call) => {
      await expect(create(call(), { username })).rejects.toMatchObject({ kind: 'refused', code: 'username_invalid' });
      expect(panel.journal()).toEqual([]);
    }, false));

  test('a password with the username in it is refused before WHM is asked', () =>
    shop(async (panel, call) => {
      await expect(create(call(), { password: 'my-acme-password-1' })).rejects.toMatchObject({
        code: 'password_rejected',
      });
      expect(panel.journal()).toEqual([]);
    }, false));

  test('tells the nameservers that WHM set', () =>
    shop(async (_panel, call) => {
      await expect(create(call())).resolves.toMatchObject({ nameservers: ['ns1.host.example', 'ns2.host.example'] });
    }, false));

  test('an account with another package than ordered is for staff to judge', () =>
    shop(async (panel, call) => {
      panel.addForeignAccount({ username: 'acme', domain: 'acme.example', package: 'business' });
      await expect(create(call())).rejects.toMatchObject({ kind: 'needs_staff', code: 'ownership_unclear' });
    }, false));

  test('a domain that a broken-off removal left behind is taken, in any language', () =>
    shop(async (panel, call) => {
      panel.addLeftoverDomain('acme.example');
      await expect(create(call())).rejects.toMatchObject({ code: 'domain_taken' });
      panel.changeSettings({ locale: 'pl' });
      const failure: ModuleFailure = await create(call()).then(
        () => expect.fail('created'),
        (error) => error,
      );
      expect(failure.kind).not.toBe('unknown');
      expect(panel.accounts()).toEqual([]);
    }, false));

  test('a missing privilege is told in any language', () =>
    shop(async (panel, call) => {
      const small = await tokenWith(
        call(),
        CORE.filter((name) => name !== 'create-acct'),
      );
      panel.changeSettings({ locale: 'pl' });
      await expect(create(call(small))).rejects.toMatchObject({ kind: 'needs_staff', code: 'permission' });
    }, false));

  test('answers whose numbers are text, sent as text/plain, are understood', () =>
    shop(async (panel, call) => {
      panel.changeSettings({ stringResults: 'random', contentType: 'text/plain' });
      await expect(create(call())).resolves.toMatchObject({ username: 'acme', package: 'starter' });
    }, false));
});

describe('an account that stands', () => {
  test('one that root locked cannot be unsuspended by a reseller, and staff are told', () =>
    shop(async (panel, call) => {
      await whm(call()).write('suspendacct', { user: 'acme', disallowun: '1' });
      panel.addFault({ on: 'unsuspend', kind: 'refuse' });
      for (const locale of ['en', 'pl'] as const) {
        panel.changeSettings({ locale });
        const attempt = cpanel.unsuspend?.({ ...call(), account });
        await expect(attempt).rejects.toMatchObject({ kind: 'needs_staff', code: 'locked' });
      }
    }));

  test.for(['en', 'pl'] as const)('while suspended, sign-on and passwords are closed (%s)', (locale) =>
    shop(async (panel, call) => {
      panel.changeSettings({ locale });
      await cpanel.suspend?.({ ...call(), account, reason: 'Overdue' });
      const closed = { kind: 'refused', code: 'suspended' };
      await expect(cpanel.changePassword?.({ ...call(), account, password: 'Vn8-Hd3_Bq6.Ys2' })).rejects.toMatchObject(
        closed,
      );
      await expect(cpanel.signOn?.({ ...call(), account })).rejects.toMatchObject(closed);
    }));

  test('one that serves another domain now is not removed', () =>
    shop(async (panel, call) => {
      const sold = { ...account, domain: 'sold.example' };
      const attempt = cpanel.terminate?.({ ...call(), account: sold, product: PRODUCT });
      await expect(attempt).rejects.toMatchObject({ kind: 'needs_staff', code: 'account_changed' });
      expect(panel.accounts()).toHaveLength(1);
    }));

  test('a reseller who owns accounts is not removed', () =>
    shop(async (panel, call) => {
      await whm(call()).write('setupreseller', { user: 'acme' });
      await whm(call()).write('createacct', {
        username: 'owned',
        domain: 'owned.example',
        plan: 'starter',
        password: 'Vn8-Hd3_Bq6.Ys2',
        owner: 'acme',
      });
      const attempt = cpanel.terminate?.({ ...call(), account, product: PRODUCT });
      await expect(attempt).rejects.toMatchObject({ kind: 'needs_staff', code: 'owns_accounts' });
      expect(panel.accounts()).toHaveLength(2);
    }));

  test.for([true, false])('termination keeps the zone as the product says: %s', (keepDns) =>
    shop(async (_panel, call) => {
      await cpanel.terminate?.({ ...call(), account, product: { ...PRODUCT, keepDns } });
      const { zone } = await whm(call()).read('listzones');
      expect(JSON.stringify(zone).includes('acme.example')).toBe(keepDns);
    }));

  test('signing on can be switched off for a server, and its link is never recorded', () =>
    shop(async (panel, call) => {
      const off = cpanel.signOn?.({ ...call({ serverValues: { singleSignOn: false } }), account });
      await expect(off).rejects.toMatchObject({ code: 'sign_on_off' });
      const exchanges: PanelExchange[] = [];
      const options = {
        serverValues: { signOnHost: 'panel.host.example' },
        record: (one: PanelExchange) => void exchanges.push(one),
      };
      const link = await cpanel.signOn?.({ ...call(options), account, app: 'Email_Accounts' });
      expect(link?.url).toContain('https://panel.host.example');
      expect(exchanges.flatMap(({ secrets }) => secrets)).toContain(link?.url);
      expect(panel.journal().at(-1)?.parameters).toContain('app');
    }));

  test('what AutoSSL complains about is told while the certificate is pending', () =>
    shop(async (panel, call) => {
      const problem = 'DNS DCV: no TXT record';
      panel.changeSettings({ autosslSeconds: 0, autosslProblems: { 'acme.example': problem } });
      await create(call());
      const asked = cpanel.installCertificate?.({ ...call(), account });
      await expect(asked).resolves.toEqual({ state: 'pending', detail: problem });
    }, false));

  test('a database and its user get the prefix that cPanel demands', () =>
    shop(async (_panel, call) => {
      const database = { name: 'shop', password: 'Cs4-Ln8_Ug2.Dk7-Hv9j' };
      await expect(cpanel.createDatabase?.({ ...call(), account, database })).resolves.toEqual({
        database: 'acme_shop',
        user: 'acme_shop',
        host: 'localhost',
        port: 3306,
      });
    }));

  test('a list without the privilege for bandwidth still tells the disk', () =>
    shop(async (_panel, call) => {
      const small = await tokenWith(call(), CORE);
      const [usage] = (await cpanel.usage?.(call(small))) ?? [];
      expect(usage).toEqual({ username: 'acme', diskUsedMb: expect.any(Number), diskLimitMb: expect.anything() });
    }));
});

describe('extras on top of a package', () => {
  const EXTRAS = { extraDiskGb: 5, extraDomains: 2, extraMailboxes: 3, extraDatabases: 1 };
  const limits = async (call: Server) => {
    const { acct } = await whm(call).read('listaccts');
    const [row] = acct as Record<string, string>[];
    return { disk: row?.disklimit, domains: row?.maxaddons, mailboxes: row?.maxpop, databases: row?.maxsql };
  };
  const STARTER = { disk: '10240M', domains: '0', mailboxes: '10', databases: '5' };

  test('are given when the account is made, and the same once more when it is asked for again', () =>
    shop(async (_panel, call) => {
      for (const _attempt of ['first', 'second']) {
        await cpanel.create({ ...call(), product: { ...PRODUCT, ...EXTRAS }, order: {}, wanted });
        await expect(limits(call())).resolves.toEqual({
          disk: '15360M',
          domains: '2',
          mailboxes: '13',
          databases: '6',
        });
      }
    }, false));

  test('follow a change of the package, and go with it', () =>
    shop(async (_panel, call) => {
      const business = { ...PRODUCT, package: 'business' };
      await cpanel.changePackage?.({ ...call(), account, product: { ...business, extraMailboxes: 5 } });
      const BUSINESS = { disk: '20480M', domains: '1', mailboxes: '20', databases: '10' };
      await expect(limits(call())).resolves.toEqual({ ...BUSINESS, mailboxes: '25' });
      await cpanel.changePackage?.({ ...call(), account, product: business });
      await expect(limits(call())).resolves.toEqual(BUSINESS);
    }));

  test('change nothing where the package has no limit', () =>
    shop(async (panel, call) => {
      await cpanel.changePackage?.({ ...call(), account, product: { ...PRODUCT, package: 'default', extraDiskGb: 5 } });
      await expect(limits(call())).resolves.toMatchObject({ disk: 'unlimited' });
      expect(panel.journal().map((entry) => entry.call)).not.toContain('modifyacct');
    }));

  test('that the token may not give are for staff, while the account stands', () =>
    shop(async (panel, call) => {
      const small = await tokenWith(call(), CORE);
      const attempt = cpanel.create({ ...call(small), product: { ...PRODUCT, ...EXTRAS }, order: {}, wanted });
      await expect(attempt).rejects.toMatchObject({ kind: 'needs_staff', code: 'extras_refused' });
      expect(panel.accounts()).toHaveLength(1);
      await expect(limits(call())).resolves.toEqual(STARTER);
    }, false));
});
