/** The connection test: what WHM is it, what may the token do, and what can be sold with it. */
import { type ConnectionReport, ModuleFailure } from '@hostwright/sdk';
import type { Whm, WhmLogin } from './api.ts';
import { listPackages } from './packages.ts';
import { asList, asText, asTexts } from './wire.ts';

/** Functions of WHM and what we need them for. `applist` names those the token may call. */
const NEEDED: { functions: string[]; privilege: string; neededFor: string; required: boolean }[] = [
  {
    functions: ['version', 'gethostname'],
    privilege: 'basic-system-info',
    neededFor: 'testing the connection',
    required: true,
  },
  { functions: ['listaccts'], privilege: 'list-accts', neededFor: 'finding accounts', required: true },
  { functions: ['listpkgs'], privilege: 'list-pkgs', neededFor: 'choosing packages', required: true },
  {
    functions: ['createacct', 'verify_new_username'],
    privilege: 'create-acct',
    neededFor: 'creating accounts',
    required: true,
  },
  {
    functions: ['suspendacct', 'unsuspendacct'],
    privilege: 'suspend-acct',
    neededFor: 'suspending accounts',
    required: true,
  },
  { functions: ['removeacct'], privilege: 'kill-acct', neededFor: 'removing accounts', required: true },
  { functions: ['changepackage'], privilege: 'upgrade-account', neededFor: 'changing packages', required: true },
  { functions: ['passwd'], privilege: 'passwd', neededFor: 'changing passwords', required: true },
  { functions: ['modifyacct'], privilege: 'edit-account', neededFor: 'extras on top of a package', required: false },
  {
    functions: ['create_user_session'],
    privilege: 'create-user-session',
    neededFor: 'signing customers on',
    required: false,
  },
  {
    functions: ['uapi_cpanel'],
    privilege: 'cpanel-api',
    neededFor: 'mailboxes, databases and certificates',
    required: false,
  },
  { functions: ['parse_dns_zone'], privilege: 'manage-dns-records', neededFor: 'reading DNS records', required: false },
  { functions: ['mass_edit_dns_zone'], privilege: 'edit-dns', neededFor: 'changing DNS records', required: false },
  { functions: ['fetch_ssl_vhosts'], privilege: 'ssl-info', neededFor: 'seeing certificates', required: false },
  { functions: ['get_disk_usage'], privilege: 'list-accts', neededFor: 'disk usage', required: false },
  { functions: ['showbw'], privilege: 'show-bandwidth', neededFor: 'bandwidth usage', required: false },
  { functions: ['get_nameserver_config'], privilege: 'ns-config', neededFor: 'proposing nameservers', required: false },
];

const OLDEST_MAJOR = 110;

export async function testConnection(api: Whm, login: WhmLogin): Promise<ConnectionReport> {
  const warnings: string[] = [];
  /** A part the token may not ask for is a warning; not reaching WHM at all is thrown. */
  async function ask<T>(what: string, question: Promise<T>): Promise<T | undefined> {
    try {
      return await question;
    } catch (failure) {
      if (!(failure instanceof ModuleFailure) || UNASKED.has(failure.code)) throw failure;
      warnings.push(`${what}: ${failure.detail ?? failure.message}`);
      return undefined;
    }
  }

  const callable = asList((await ask('Privileges', api.read('applist')))?.app);
  const version = asText((await ask('Version', api.read('version')))?.version);
  const hostname = asText((await ask('Host name', api.read('gethostname')))?.hostname) || undefined;
  const packages = (await ask('Packages', listPackages(api))) ?? [];
  const nameservers = asTexts((await ask('Nameservers', api.read('get_nameserver_config')))?.nameservers);

  const privileges = NEEDED.map(({ functions, privilege, neededFor, required }) => ({
    name: privilege,
    allowed: functions.every((name) => callable?.includes(name)),
    neededFor,
    required,
  }));
  if (packages.length === 0)
    warnings.push('The token may use no package: make one in WHM, or allow some to this user.');
  if (Number(version.split('.')[1]) < OLDEST_MAJOR)
    warnings.push(`WHM ${version} is old; some functions may be missing.`);
  if (login.username !== 'root') {
    warnings.push(
      `"${login.username}" sees only accounts that it owns; names and domains of others are taken all the same.`,
    );
  }
  return {
    version: version === '' ? 'cPanel & WHM' : `cPanel & WHM ${version}`,
    hostname,
    ok: privileges.every(({ required, allowed }) => allowed || !required),
    privileges,
    packages: packages.map(({ name }) => name),
    nameservers,
    warnings,
  };
}

/** Failures that say that WHM was not asked, so that no report can be made. */
const UNASKED = new Set(['auth', 'unreachable', 'certificate', 'rate_limited', 'protocol']);
