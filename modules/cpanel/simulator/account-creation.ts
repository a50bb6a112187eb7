/** createacct and what belongs to it: who may have which name, and everything a new account brings with it. */

import { randomText } from '@hostwright/sdk/testing/random';
import { may } from './access.ts';
import type { Outcome, WhmCall, WhmFunctions } from './call.ts';
import { startAutossl } from './certificates.ts';
import type { Limits } from './limits.ts';
import { refuse } from './messages.ts';
import { checkEmail, checkNewDomain, checkNewUsername, checkPassword, domainAsKept } from './names.ts';
import type { Account, Panel } from './panel.ts';
import { newZone } from './zone.ts';

export const creationFunctions: WhmFunctions = {
  createacct: { acl: 'create-acct', verb: 'create', run: createAccount },
  verify_new_username: {
    acl: 'create-acct',
    run: ({ panel, parameters }) => {
      checkNewUsername(panel, (parameters.text('user') ?? '').toLowerCase());
      return {};
    },
  },
};

/** What is asked for, checked in full; throws the panel's refusal before anything is changed. */
export function checkedRequest(call: WhmCall) {
  const { panel, parameters, caller } = call;
  const user = (parameters.text('username') ?? refuse('usernameMissing')).toLowerCase();
  const domain = domainAsKept(parameters.text('domain') ?? refuse('domainMissing'));
  checkNewUsername(panel, user);
  checkNewDomain(panel, domain, user, parameters.flag('forcedns'));
  const plan = chosenPackage(call);
  const password = parameters.text('password') ?? parameters.text('pass') ?? randomText(panel.random, 20);
  checkPassword(panel, password, user);
  const email = parameters.text('contactemail');
  if (email !== undefined) checkEmail(email);
  const owner = parameters.text('owner') ?? (parameters.flag('ownerself') ? user : caller.user);
  if (owner !== caller.user && owner !== user && !caller.seesAll) refuse('permissionDenied');
  if (parameters.text('owner') !== undefined && owner !== 'root' && owner !== user && !panel.resellers.has(owner)) {
    refuse('notReseller');
  }
  checkRoom(panel, owner);
  if (parameters.text('ip') === 'y' && panel.settings.freeIpAddresses < 1) refuse('ipPoolEmpty');
  return { user, domain, plan, password, email, owner };
}

function createAccount(call: WhmCall): Outcome {
  const { panel, parameters } = call;
  const { user, domain, plan, password, email, owner } = checkedRequest(call);
  const limits = { ...plan.limits, ...ownLimits(call) };
  if (parameters.flag('savepkg')) {
    const name = parameters.text('pkgname') ?? user;
    panel.packages.set(name, { name, owner: call.caller.user, limits });
  }
  const account = addAccount(panel, {
    user,
    domain,
    plan: plan.name,
    password,
    owner,
    limits,
    email: email ?? '*unknown*',
    ip: parameters.text('ip') === 'y' ? dedicatedIp(panel) : panel.sharedIp,
    language: parameters.text('language') ?? panel.settings.locale,
  });
  if (parameters.flag('reseller')) panel.resellers.set(user, { user, acl: [], accountLimit: null });
  return {
    reason: 'Account Creation Ok',
    data: creationData(panel, account),
    raw: creationLog(account, parameters.text('showpass') !== 'n'),
  };
}

/** Put an account with its zone on the server, and queue its first AutoSSL run. Checks nothing. */
export function addAccount(
  panel: Panel,
  given: Pick<Account, 'user' | 'domain' | 'plan' | 'password' | 'owner' | 'limits' | 'email' | 'ip' | 'language'>,
): Account {
  const uid = panel.nextUid();
  const nowSeconds = panel.nowSeconds();
  const account: Account = {
    ...given,
    uid,
    createdAtSeconds: nowSeconds,
    suspension: null,
    mailboxes: {},
    databases: {},
    databaseUsers: {},
    diskUsedMb: 10 + (uid % 40),
    bandwidthUsedMb: uid % 7,
  };
  panel.saveAccount(account);
  const { nameservers, hostname } = panel.settings;
  const { user, domain, ip } = account;
  panel.zones.set(domain, newZone({ domain, user, ip, nameservers, hostname, nowSeconds }));
  startAutossl(panel, user);
  return account;
}

/** @throws PanelRefusal when it does not exist or the caller may not use it. */
function chosenPackage(call: WhmCall) {
  // `pkgname` names a package to be saved, not the one to use: public clients that mix them up end on `default`.
  const name = call.parameters.text('plan') ?? 'default';
  const found = call.panel.packages.get(name) ?? refuse('packageWrong', { package: name });
  if (!mayUsePackage(call, found.owner) && name !== 'default') refuse('packageNotYours', { package: name });
  return found;
}

export function mayUsePackage({ caller }: WhmCall, packageOwner: string): boolean {
  if (caller.seesAll || packageOwner === caller.user) return true;
  return packageOwner === 'root' && may(caller, 'viewglobalpackages');
}

const OWN_LIMITS = [
  'quota',
  'bwlimit',
  'maxftp',
  'maxsql',
  'maxpop',
  'maxlst',
  'maxsub',
  'maxpark',
  'maxaddon',
] as const;
/** For these 0 means none; for the others it means unlimited. */
const ZERO_IS_NONE: readonly string[] = ['maxsub', 'maxpark', 'maxaddon'];

function ownLimits({ parameters }: WhmCall): Partial<Limits> {
  const own: Partial<Limits> = {};
  for (const name of OWN_LIMITS) {
    const value = parameters.text(name);
    if (value !== undefined) own[name] = limitOf(value, !ZERO_IS_NONE.includes(name));
  }
  return own;
}

/** @throws PanelRefusal when it is neither a whole number nor a word for unlimited. */
export function limitOf(value: string, zeroIsUnlimited: boolean): number | null {
  if (value === 'unlimited' || value === 'null') return null;
  if (!/^\d+$/.test(value)) refuse('parameterInvalid', { name: 'limit', reason: `“${value}” is not a number` });
  return value === '0' && zeroIsUnlimited ? null : Number(value);
}

function checkRoom(panel: Panel, owner: string): void {
  const { licenceMaximum } = panel.settings;
  const count = panel.accounts.size;
  if (licenceMaximum > 0 && count >= licenceMaximum) refuse('licenceFull', { limit: licenceMaximum, count });
  const limit = panel.resellers.get(owner)?.accountLimit ?? null;
  if (limit === null) return;
  let owned = 0;
  for (const account of panel.accounts.values()) if (account.owner === owner) owned += 1;
  if (owned >= limit) refuse('accountLimit');
}

function dedicatedIp(panel: Panel): string {
  const { freeIpAddresses } = panel.settings;
  panel.changeSettings({ freeIpAddresses: freeIpAddresses - 1 });
  return `203.0.113.${100 + freeIpAddresses}`;
}

function creationData(panel: Panel, account: Account) {
  const [nameserver = '', nameserver2 = '', nameserver3 = '', nameserver4 = ''] = panel.settings.nameservers;
  const unset = Object.fromEntries(
    ['', '2', '3', '4'].flatMap((n) => [`nameservera${n}`, `nameserverentry${n}`]).map((name) => [name, null]),
  );
  return { ip: account.ip, nameserver, nameserver2, nameserver3, nameserver4, ...unset, package: account.plan };
}

/** The real log shows the password unless told not to; clients must strike it out. */
function creationLog(account: Account, showPassword: boolean): string {
  const lines = [
    'Checking input data...',
    '...Done',
    'WWWAcct 12.6.0 (c) 1997-2026 cPanel, L.L.C.',
    `| Domain: ${account.domain}`,
    `| Ip: ${account.ip} (n)`,
    `| UserName: ${account.user}`,
    ...(showPassword ? [`| PassWord: ${account.password}`] : []),
    `| Package: ${account.plan}`,
    `| Contact Email: ${account.email}`,
    'Creating DNS Entry...',
    'wwwacct creation finished',
  ];
  return `${lines.join('\n')}\n`;
}
