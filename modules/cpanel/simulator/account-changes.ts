/** What happens to an account after its creation: suspension, package, password, limits, removal. */
import { limitOf, mayUsePackage } from './account-creation.ts';
import { type Outcome, ownAccount, type WhmCall, type WhmFunctions } from './call.ts';
import type { Limits } from './limits.ts';
import { refuse } from './messages.ts';
import { checkEmail, checkNewDomain, checkPassword, domainAsKept } from './names.ts';
import type { Account } from './panel.ts';

export const changeFunctions: WhmFunctions = {
  suspendacct: { acl: 'suspend-acct', verb: 'suspend', run: suspend },
  unsuspendacct: { acl: 'suspend-acct', verb: 'unsuspend', run: unsuspend },
  removeacct: { acl: 'kill-acct', verb: 'terminate', run: remove },
  changepackage: { acl: 'upgrade-account', verb: 'changePackage', run: changePackage },
  passwd: { acl: 'passwd', verb: 'changePassword', run: changePassword },
  forcepasswordchange: { acl: 'passwd', run: forcePasswordChange },
  modifyacct: { acl: 'edit-account', run: modify },
  editquota: { acl: 'quota', run: editQuota },
  limitbw: { acl: 'limit-bandwidth', run: limitBandwidth },
};

function suspend(call: WhmCall): Outcome {
  const { panel, parameters } = call;
  const account = ownAccount(call, parameters.required('user'), 'suspendAbsent');
  const again = account.suspension !== null;
  panel.saveAccount({
    ...account,
    suspension: {
      reason: parameters.text('reason') ?? '',
      atSeconds: account.suspension?.atSeconds ?? panel.nowSeconds(),
      locked: parameters.flag('disallowun') || (account.suspension?.locked ?? false),
    },
  });
  const previously = again ? 'Account previously suspended (password was locked).\n' : '';
  return { raw: `${previously}Suspended document root\n${account.user}'s account has been suspended\n` };
}

function unsuspend(call: WhmCall): Outcome {
  const { panel, caller } = call;
  const account = ownAccount(call, call.parameters.required('user'), 'unsuspendAbsent');
  if (account.suspension === null) {
    if (panel.settings.unsuspendingActive === 'fails') refuse('notSuspended', { user: account.user });
    return { raw: `${account.user}'s account is now active\n` };
  }
  if (account.suspension.locked && caller.user !== 'root') refuse('locked');
  panel.saveAccount({ ...account, suspension: null });
  return { raw: `Unsuspending FTP accounts...\n${account.user}'s account is now active\n` };
}

function remove(call: WhmCall): Outcome {
  const { panel, parameters } = call;
  const user = parameters.text('user') ?? parameters.required('username');
  const account = ownAccount(call, user, 'removeAbsent');
  panel.removeAccount(account);
  panel.autosslRuns.delete(user);
  panel.resellers.delete(user);
  if (!parameters.flag('keepdns')) {
    for (const zone of [...panel.zones.values()]) if (zone.user === user) panel.zones.delete(zone.domain);
    const peerZones = panel.settings.peerZones.filter((zone) => zone !== account.domain);
    if (peerZones.length !== panel.settings.peerZones.length) panel.changeSettings({ peerZones });
  }
  const raw = `Running pre removal script...Done\nCollecting Domain Name and IP...Done\nRemoving User & Group...Done\n`;
  return { reason: `${user} account removed`, raw };
}

function changePackage(call: WhmCall): Outcome {
  const { panel, parameters } = call;
  const account = ownAccount(call, parameters.required('user'));
  const name = parameters.required('pkg');
  const wanted = panel.packages.get(name) ?? refuse('packageAbsent', { package: name });
  if (!mayUsePackage(call, wanted.owner)) refuse('packageNotYours', { package: name });
  const raw = `Changing plan from ${account.plan} to ${name}\nAccount Upgrade/Downgrade Complete for ${account.user}\n`;
  panel.saveAccount({ ...account, plan: name, limits: { ...wanted.limits } });
  return { raw };
}

function changePassword(call: WhmCall): Outcome {
  const { panel, parameters } = call;
  const account = ownAccount(call, parameters.required('user'));
  const password = parameters.text('password') ?? parameters.text('pass') ?? parameters.required('password');
  if (account.suspension !== null) refuse('passwordSuspended', { user: account.user });
  checkPassword(panel, password, account.user);
  panel.saveAccount({ ...account, password });
  const app = ['system', 'ftp', 'mail', ...(parameters.flag('db_pass_update') ? ['mySQL'] : [])];
  return { reason: `Password changed for user “${account.user}”.`, data: { app }, raw: '' };
}

function forcePasswordChange(call: WhmCall): Outcome {
  const updated = Object.keys(jsonObject(call.parameters.required('users_json')));
  for (const user of updated) ownAccount(call, user);
  return { data: { updated } };
}

function jsonObject(text: string): object {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) return parsed;
  } catch {
    // Falls through to the refusal: text that is no JSON and JSON that is no object are the same mistake.
  }
  return refuse('parameterInvalid', { name: 'users_json', reason: 'not a JSON object' });
}

/** Keys of modifyacct, upper case only, and the limit each sets. */
const MODIFIABLE: [parameter: string, limit: keyof Limits, zeroIsUnlimited: boolean][] = [
  ['QUOTA', 'quota', true],
  ['MAXFTP', 'maxftp', true],
  ['MAXSQL', 'maxsql', true],
  ['MAXPOP', 'maxpop', true],
  ['MAXLST', 'maxlst', true],
  ['MAXSUB', 'maxsub', false],
  ['MAXPARK', 'maxpark', false],
  ['MAXADDON', 'maxaddon', false],
];
const BYTES_PER_MB = 1_048_576;

function modify(call: WhmCall): Outcome {
  const { panel, parameters } = call;
  const account = ownAccount(call, parameters.required('user'), 'userFileAbsent');
  const limits = { ...account.limits };
  for (const [parameter, limit, zeroIsUnlimited] of MODIFIABLE) {
    const value = parameters.text(parameter);
    if (value !== undefined) limits[limit] = limitOf(value, zeroIsUnlimited);
  }
  const bytes = parameters.text('BWLIMIT');
  if (bytes !== undefined) limits.bwlimit = megabytes(limitOf(bytes, true));
  const email = parameters.text('contactemail') ?? account.email;
  if (email !== account.email) checkEmail(email);
  const domain = domainAsKept(parameters.text('DNS') ?? parameters.text('domain') ?? account.domain);
  if (domain !== account.domain) checkNewDomain(panel, domain, account.user, false);
  const changed = { ...account, limits, email, domain, owner: parameters.text('owner') ?? account.owner };
  panel.saveAccount(changed);
  return {
    reason: 'Account Modified',
    data: { user: account.user, domain, setshell: 'unmodified', cpuser: userFile(changed) },
    messages: [],
    warnings: [],
  };
}

const megabytes = (bytes: number | null) => (bytes === null ? null : Math.ceil(bytes / BYTES_PER_MB));

/** Every value is text, as in the file it stands for. */
function userFile(account: Account): Record<string, string> {
  const { limits } = account;
  return {
    USER: account.user,
    DOMAIN: account.domain,
    PLAN: account.plan,
    OWNER: account.owner,
    BWLIMIT: String((limits.bwlimit ?? 0) * BYTES_PER_MB),
    MAXADDON: limits.maxaddon === null ? 'unlimited' : String(limits.maxaddon),
    CONTACTEMAIL: account.email,
    RS: 'jupiter',
  };
}

function editQuota(call: WhmCall): Outcome {
  const { panel, parameters } = call;
  const account = ownAccount(call, parameters.required('user'), 'quotaUserInvalid');
  const quota = parameters.required('quota');
  if (!/^(\d+|unlimited)$/.test(quota)) refuse('quotaFailed');
  panel.saveAccount({ ...account, limits: { ...account.limits, quota: limitOf(quota, true) } });
  return { reason: 'Set quota for user.' };
}

function limitBandwidth(call: WhmCall): Outcome {
  const { panel, parameters } = call;
  const user = parameters.required('user');
  const bwlimit = limitOf(parameters.required('bwlimit'), true);
  // The real function answers success for users that do not exist; only the empty domain tells.
  const account = panel.accounts.has(user) ? ownAccount(call, user) : undefined;
  if (account !== undefined) panel.saveAccount({ ...account, limits: { ...account.limits, bwlimit } });
  const limit = {
    bwlimit: (bwlimit ?? 0) * BYTES_PER_MB,
    bwlimitenable: 1,
    domains: [account?.domain ?? ''],
    human_bwlimit: bwlimit === null ? 'unlimited' : `${bwlimit} MB`,
    human_bwused: `${account?.bandwidthUsedMb ?? 0} MB`,
    unlimited: bwlimit === null ? 1 : 0,
  };
  const said = bwlimit === null ? 'unlimited' : `${bwlimit} megabytes`;
  return { reason: `Bandwidth Limit for ${user} has been set to ${said}`, data: { bwlimits: [limit] } };
}
