/** Resellers: accounts that may create accounts, what they may do, and how many. */

import { visible } from './account-listing.ts';
import { type Outcome, ownAccount, type WhmCall, type WhmFunctions } from './call.ts';
import { refuse } from './messages.ts';
import type { Account, Panel, Reseller } from './panel.ts';

/** What a new reseller may do until setacls says otherwise. */
const INITIAL_ACL = `basic-whm-functions basic-system-info list-accts acct-summary list-pkgs create-acct suspend-acct
  kill-acct upgrade-account passwd create-user-session show-bandwidth cpanel-api ns-config ssl-info
  manage-dns-records edit-dns`.split(/\s+/);

export const resellerFunctions: WhmFunctions = {
  setupreseller: {
    acl: 'all',
    run: (call) => {
      const account = ownAccount(call, call.parameters.required('user'));
      const { panel, parameters } = call;
      if (!panel.resellers.has(account.user)) {
        panel.resellers.set(account.user, { user: account.user, acl: INITIAL_ACL, accountLimit: null });
      }
      if (parameters.flag('makeowner')) panel.saveAccount({ ...account, owner: account.user });
      return {};
    },
  },
  unsetupreseller: {
    acl: 'all',
    run: ({ panel, parameters }) => {
      panel.resellers.delete(namedReseller(panel, parameters.required('user')).user);
      return {};
    },
  },
  listresellers: {
    acl: 'all',
    run: ({ panel }) => ({ data: { reseller: [...panel.resellers.values()].map(userOf) } }),
  },
  setacls: { acl: 'all', run: setPrivileges },
  setresellerlimits: { acl: 'all', run: setLimits },
  acctcounts: { acl: 'acct-summary', run: countAccounts },
  resellerstats: { acl: 'all', run: resellerStats },
  suspendreseller: { acl: 'all', run: (call) => suspendAll(call, true) },
  unsuspendreseller: { acl: 'all', run: (call) => suspendAll(call, false) },
  terminatereseller: { acl: 'all', run: terminate },
};

const userOf = ({ user }: Reseller) => user;

const namedReseller = (panel: Panel, user: string) => panel.resellers.get(user) ?? refuse('notReseller');

const owned = (panel: Panel, owner: string): Account[] =>
  [...panel.accounts.values()].filter((account) => account.owner === owner);

/** An empty list strips every privilege, as the real one does. */
function setPrivileges({ panel, parameters }: WhmCall): Outcome {
  const reseller = namedReseller(panel, parameters.required('reseller'));
  const acl = parameters.names().filter((name) => name.startsWith('acl-') && parameters.flag(name));
  panel.resellers.set(reseller.user, { ...reseller, acl: acl.map((name) => name.slice('acl-'.length)) });
  return {};
}

function setLimits({ panel, parameters }: WhmCall): Outcome {
  const reseller = namedReseller(panel, parameters.required('user'));
  const limit = Number(parameters.text('account_limit') ?? 0);
  if (!Number.isInteger(limit)) refuse('parameterInvalid', { name: 'account_limit', reason: 'not a whole number' });
  const accountLimit = parameters.flag('enable_account_limit') ? limit : null;
  panel.resellers.set(reseller.user, { ...reseller, accountLimit });
  return {};
}

function countAccounts(call: WhmCall): Outcome {
  const user = call.parameters.text('user') ?? call.caller.user;
  const accounts = visible(call).filter(({ owner }) => owner === user);
  const suspended = accounts.filter(({ suspension }) => suspension !== null).length;
  const limit = call.panel.resellers.get(user)?.accountLimit ?? '';
  return { data: { reseller: { account: user, active: accounts.length - suspended, suspended, limit } } };
}

function resellerStats({ panel, parameters }: WhmCall): Outcome {
  const { user } = namedReseller(panel, parameters.text('user') ?? parameters.required('reseller'));
  const accounts = owned(panel, user);
  const sum = (value: (account: Account) => number) => accounts.reduce((total, account) => total + value(account), 0);
  const reseller = {
    diskused: sum(({ diskUsedMb }) => diskUsedMb),
    diskquota: 0,
    totaldiskalloc: sum(({ limits }) => limits.quota ?? 0),
    totalbwused: sum(({ bandwidthUsedMb }) => bandwidthUsedMb),
    bandwidthlimit: 0,
    totalbwalloc: sum(({ limits }) => limits.bwlimit ?? 0),
    diskoverselling: 0,
    bwoverselling: 0,
    accts: accounts.map((account) => ({ user: account.user, domain: account.domain })),
  };
  return { data: { reseller } };
}

function suspendAll({ panel, parameters }: WhmCall, suspend: boolean): Outcome {
  const { user } = namedReseller(panel, parameters.required('user'));
  const suspension = { reason: parameters.text('reason') ?? '', atSeconds: panel.nowSeconds(), locked: false };
  for (const account of panel.accounts.values()) {
    if (account.owner !== user && account.user !== user) continue;
    panel.saveAccount({ ...account, suspension: suspend ? suspension : null });
  }
  return {};
}

function terminate({ panel, parameters }: WhmCall): Outcome {
  const { user } = namedReseller(panel, parameters.text('reseller') ?? parameters.required('user'));
  const sentence = `I understand this will irrevocably remove all the accounts owned by the reseller ${user}`;
  if (parameters.text('verify') !== sentence) {
    refuse('parameterInvalid', { name: 'verify', reason: `the sentence “${sentence}” is needed` });
  }
  for (const account of owned(panel, user)) {
    panel.removeAccount(account);
    panel.zones.delete(account.domain);
  }
  panel.resellers.delete(user);
  return { reason: 'Account Terminations Complete' };
}
