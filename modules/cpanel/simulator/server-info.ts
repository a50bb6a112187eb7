/** What the server says about itself and about the caller: version, privileges, nameservers, use. */
import { may } from './access.ts';
import { patternOf, visible } from './account-listing.ts';
import type { Outcome, WhmCall, WhmFunctions } from './call.ts';
import type { Account } from './panel.ts';

const KIB_PER_MB = 1024;
const BYTES_PER_MB = 1_048_576;
/** How showbw writes "unlimited", as recorded. */
const UNLIMITED_BYTES = '999999999999990';

const PRIVILEGES = `all basic-whm-functions basic-system-info list-accts acct-summary list-pkgs create-acct suspend-acct
  kill-acct upgrade-account passwd create-user-session show-bandwidth edit-account quota limit-bandwidth
  manage-dns-records edit-dns create-dns kill-dns ns-config ssl-info ssl cpanel-api mysql-info manage-api-tokens add-pkg
  edit-pkg viewglobalpackages allow-shell`.split(/\s+/);

export const serverFunctions: WhmFunctions = {
  version: { acl: 'basic-system-info', run: ({ panel }) => ({ data: { version: panel.settings.version } }) },
  gethostname: { acl: 'basic-system-info', run: ({ panel }) => ({ data: { hostname: panel.settings.hostname } }) },
  get_shared_ip: { acl: 'basic-system-info', run: ({ panel }) => ({ data: { ip: panel.sharedIp } }) },
  systemloadavg: { acl: 'basic-system-info', run: () => ({ data: LOAD }) },
  loadavg: { acl: 'basic-system-info', run: () => ({ flat: LOAD }) },
  myprivs: {
    acl: 'basic-whm-functions',
    run: ({ caller }) => {
      const privileges = Object.fromEntries(PRIVILEGES.map((name) => [name, may(caller, name) ? 1 : 0]));
      return { data: { privileges: [privileges] } };
    },
  },
  get_nameserver_config: {
    acl: 'ns-config',
    run: ({ panel }) => ({ data: { nameservers: panel.settings.nameservers } }),
  },
  get_current_users_count: { acl: 'list-accts', run: ({ panel }) => ({ data: { users: panel.accounts.size } }) },
  get_maximum_users: {
    acl: 'list-accts',
    run: ({ panel }) => ({ data: { maximum_users: panel.settings.licenceMaximum } }),
  },
  getdiskusage: { acl: 'basic-system-info', run: () => ({ data: { partition: [ROOT_PARTITION] } }) },
  showbw: { acl: 'show-bandwidth', run: showBandwidth, list: 'acct' },
  get_disk_usage: { acl: 'list-accts', run: diskUsage, list: 'accounts' },
};

const LOAD = { one: '0.10', five: '0.08', fifteen: '0.05' };

const ROOT_PARTITION = {
  mount: '/',
  disk: 'sda1',
  filesystem: '/dev/sda1',
  total: 51_606_140,
  used: 11_969_192,
  available: 37_015_508,
  percentage: 24,
};

/** Removed accounts are still listed, marked as deleted. */
function showBandwidth(call: WhmCall): Outcome {
  const { panel, parameters, caller } = call;
  const now = new Date(panel.nowSeconds() * 1000);
  const pattern = patternOf(parameters.text('search') ?? '');
  const type = parameters.text('searchtype') ?? 'user';
  const searched = ({ domain, owner, user }: Account) => ({ domain, owner })[type] ?? user;
  const removed = [...panel.removed.values()].filter(({ user }) => caller.seesAll && !panel.accounts.has(user));
  const acct = [
    ...visible(call).map((account) => ({ account, deleted: 0 })),
    ...removed.map((account) => ({ account, deleted: 1 })),
  ]
    .filter(({ account }) => pattern.test(searched(account)))
    .map(({ account, deleted }) => ({
      user: account.user,
      maindomain: account.domain,
      owner: account.owner,
      reseller: panel.resellers.has(account.user) ? 1 : 0,
      deleted,
      limit: account.limits.bwlimit === null ? UNLIMITED_BYTES : String(account.limits.bwlimit * BYTES_PER_MB),
      totalbytes: account.bandwidthUsedMb * BYTES_PER_MB,
      bwusage: [{ domain: account.domain, usage: account.bandwidthUsedMb * BYTES_PER_MB, deleted }],
    }));
  const month = parameters.text('month') ?? String(now.getUTCMonth() + 1);
  const year = parameters.text('year') ?? String(now.getUTCFullYear());
  const totalused = acct.reduce((total, { totalbytes }) => total + totalbytes, 0);
  return { data: { reseller: parameters.text('showres') ?? caller.user, month, year, totalused, acct } };
}

function diskUsage(call: WhmCall): Outcome {
  const accounts = visible(call).map(({ user, diskUsedMb, limits }) => ({
    user,
    blocks_used: diskUsedMb * KIB_PER_MB,
    blocks_limit: limits.quota === null ? null : limits.quota * KIB_PER_MB,
    inodes_used: diskUsedMb * 25,
    inodes_limit: null,
  }));
  return { data: { accounts } };
}
