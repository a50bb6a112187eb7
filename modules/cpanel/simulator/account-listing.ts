/** Reading accounts: accountsummary, listaccts, listsuspended and the like. */
import { checkOwner, type Outcome, ownAccount, type WhmCall, type WhmFunctions } from './call.ts';
import { refuse } from './messages.ts';
import { domainAsKept } from './names.ts';
import type { Account } from './panel.ts';

export const listingFunctions: WhmFunctions = {
  accountsummary: { acl: 'acct-summary', verb: 'find', run: accountSummary },
  listaccts: { acl: 'list-accts', verb: 'find', run: listAccounts, list: 'acct' },
  listsuspended: { acl: 'suspend-acct', run: listSuspended, list: 'account' },
  list_users: {
    acl: 'list-accts',
    run: (call) => ({ data: { users: ['root', ...visible(call).map(({ user }) => user)] } }),
  },
  getdomainowner: {
    acl: 'list-accts',
    run: ({ panel, parameters }) => {
      const domain = domainAsKept(parameters.required('domain'));
      const user = panel.accountOfDomain(domain)?.user ?? panel.leftovers.get(domain)?.user ?? null;
      return { data: { user } };
    },
  },
  get_domain_info: { acl: 'acct-summary', run: domainInfo, list: 'domains' },
  domainuserdata: { acl: 'acct-summary', run: domainUserData },
};

function accountSummary(call: WhmCall): Outcome {
  const { panel, parameters } = call;
  const user = parameters.text('user');
  const domain = parameters.text('domain');
  if (user !== undefined) return { data: { acct: [accountRow(ownAccount(call, user, 'accountAbsent'))] } };
  if (domain !== undefined) {
    const account = panel.accountOfDomain(domainAsKept(domain)) ?? refuse('accountAbsent');
    checkOwner(call, account);
    return { data: { acct: [accountRow(account)] } };
  }
  if (parameters.text('search') === undefined) refuse('summaryUnspecified');
  const [first] = searched(call);
  return { data: { acct: [accountRow(first ?? refuse('accountAbsent'))] } };
}

function listAccounts(call: WhmCall): Outcome {
  const want = call.parameters.text('want')?.split(',');
  const rows = searched(call).map(accountRow);
  if (want === undefined) return { data: { acct: rows } };
  const wanted = rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => want.includes(name))));
  return { data: { acct: wanted } };
}

function searched(call: WhmCall): Account[] {
  const { parameters } = call;
  const search = parameters.text('search');
  const accounts = visible(call);
  if (search === undefined) return accounts;
  const valueFor = searchedValue(parameters.text('searchtype') ?? 'domain');
  if (parameters.text('searchmethod') === 'exact') return accounts.filter((account) => valueFor(account) === search);
  const pattern = patternOf(search);
  return accounts.filter((account) => pattern.test(valueFor(account)));
}

/** A search is a regular expression, matched anywhere in the value. */
export function patternOf(search: string): RegExp {
  try {
    return new RegExp(search, 'i');
  } catch {
    return refuse('parameterInvalid', { name: 'search', reason: `“${search}” is not a regular expression` });
  }
}

function searchedValue(type: string): (account: Account) => string {
  switch (type) {
    case 'domain':
      return (account) => account.domain;
    case 'owner':
      return (account) => account.owner;
    case 'user':
      return (account) => account.user;
    case 'ip':
      return (account) => account.ip;
    case 'package':
      return (account) => account.plan;
    default:
      return refuse('parameterInvalid', { name: 'searchtype', reason: `“${type}” is not known` });
  }
}

/** Accounts the caller may see, in the order they were made. */
export function visible({ panel, caller }: WhmCall): Account[] {
  const all = [...panel.accounts.values()];
  return caller.seesAll ? all : all.filter(({ owner, user }) => owner === caller.user || user === caller.user);
}

function listSuspended(call: WhmCall): Outcome {
  const account = visible(call).flatMap(({ user, owner, suspension }) => {
    if (suspension === null) return [];
    const { reason, atSeconds, locked } = suspension;
    const time = new Date(atSeconds * 1000).toUTCString();
    return [{ user, owner, reason: reason || 'Unknown', time, unixtime: atSeconds, is_locked: locked ? 1 : 0 }];
  });
  return { data: { account } };
}

function domainInfo(call: WhmCall): Outcome {
  const domains = visible(call).map((account) => ({
    domain: account.domain,
    domain_type: 'main',
    user: account.user,
    user_owner: account.owner,
    docroot: `/home/${account.user}/public_html`,
    ipv4: account.ip,
    php_version: 'ea-php83',
  }));
  return { data: { domains } };
}

function domainUserData(call: WhmCall): Outcome {
  const domain = domainAsKept(call.parameters.required('domain'));
  const account = call.panel.accountOfDomain(domain) ?? refuse('domainUnowned');
  checkOwner(call, account);
  const { user, ip, owner } = account;
  const userdata = {
    servername: domain,
    serveralias: `mail.${domain} www.${domain}`,
    documentroot: `/home/${user}/public_html`,
    homedir: `/home/${user}`,
    user,
    group: user,
    owner,
    ip,
    port: '80',
    serveradmin: `webmaster@${domain}`,
    hascgi: '1',
    usecanonicalname: 'Off',
    phpopenbasedirprotect: '1',
  };
  return { data: { userdata } };
}

/** One account in the form listaccts and accountsummary share. */
function accountRow(account: Account) {
  const { limits, suspension, createdAtSeconds } = account;
  return {
    user: account.user,
    domain: account.domain,
    owner: account.owner,
    plan: account.plan,
    ip: account.ip,
    ipv6: [],
    email: account.email,
    uid: account.uid,
    partition: 'home',
    shell: '/usr/local/cpanel/bin/noshell',
    theme: 'jupiter',
    startdate: startDate(createdAtSeconds),
    unix_startdate: createdAtSeconds,
    suspended: suspension === null ? 0 : 1,
    suspendreason: suspension === null ? 'not suspended' : suspension.reason || 'Unknown',
    suspendtime: suspension?.atSeconds ?? null,
    is_locked: suspension?.locked ? 1 : 0,
    diskused: `${account.diskUsedMb}M`,
    disklimit: limits.quota === null ? 'unlimited' : `${limits.quota}M`,
    inodesused: account.diskUsedMb * 25,
    inodeslimit: 'unlimited',
    maxftp: limitText(limits.maxftp),
    maxsql: limitText(limits.maxsql),
    maxpop: limitText(limits.maxpop),
    maxlst: limitText(limits.maxlst),
    maxsub: limitText(limits.maxsub),
    maxparked: limitText(limits.maxpark),
    maxaddons: limitText(limits.maxaddon),
    max_email_per_hour: 'unlimited',
    max_defer_fail_percentage: 'unlimited',
    min_defer_fail_to_trigger_protection: '5',
    max_emailacct_quota: 'unlimited',
    mailbox_format: 'maildir',
    outgoing_mail_hold: 0,
    outgoing_mail_suspended: 0,
    backup: 1,
    has_backup: 0,
    legacy_backup: 0,
    temporary: 0,
    is_temporary_domain: 0,
    child_nodes: [],
    standalone_feature: null,
    standalone_feature_name: null,
  };
}

export const limitText = (limit: number | null) => (limit === null ? 'unlimited' : String(limit));

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `26 Jan 04 10:15`: year, month, day, and the time in the server's zone, which here is UTC. */
function startDate(seconds: number): string {
  const date = new Date(seconds * 1000);
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${two(date.getUTCFullYear() % 100)} ${MONTHS[date.getUTCMonth()]} ${two(date.getUTCDate())}`;
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}
