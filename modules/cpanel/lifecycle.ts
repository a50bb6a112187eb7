/** Acts on an account that stands. A refusal is checked against the account: being there already is success. */
import { type AccountRef, absent, type ModuleFailure, NeedsStaff, Refused } from '@hostwright/sdk';
import { accountsOwnedBy, findAccount, type PanelAccount, readAccount, userOf } from './accounts.ts';
import type { Whm } from './api.ts';
import { isRefusalOfPanel } from './failures.ts';
import { requirePackage } from './packages.ts';

const REMOVE_SECONDS = 300;

export function suspendAccount(api: Whm, account: AccountRef, reason: string): Promise<void> {
  return act(api, account, {
    run: () => api.write('suspendacct', { user: userOf(account), reason }),
    reached: (now) => now.suspended,
  });
}

export function unsuspendAccount(api: Whm, account: AccountRef): Promise<void> {
  return act(api, account, {
    run: () => api.write('unsuspendacct', { user: userOf(account) }),
    reached: (now) => !now.suspended,
    meaning: (now) =>
      now.locked
        ? new NeedsStaff('The account is locked by the administrator of the server.', {
            code: 'locked',
            detail: `"${now.username}" was suspended in WHM so that only root can lift it. Unsuspend it there as root.`,
          })
        : undefined,
  });
}

export function changePackage(api: Whm, account: AccountRef, packageName: string): Promise<void> {
  return act(api, account, {
    run: () => api.write('changepackage', { user: userOf(account), pkg: packageName }),
    reached: (now) => now.package === packageName,
    check: () => requirePackage(api, packageName),
  });
}

export function changePassword(api: Whm, account: AccountRef, password: string): Promise<void> {
  return act(api, account, {
    run: () => api.write('passwd', { user: userOf(account), password }, { secrets: [password] }),
    reached: () => false,
    meaning: refusedWhileSuspended,
  });
}

/**
 * @throws NeedsStaff `account_changed` when the account has another domain than the one that was sold, or
 *   `owns_accounts` when it is a reseller's: removing either cannot be undone.
 */
export async function terminateAccount(api: Whm, account: AccountRef, keepDns: boolean): Promise<void> {
  const found = await findAccount(api, account);
  if (found === absent) return;
  if (found.domain !== account.domain) {
    throw new NeedsStaff('The account has to be checked by our staff.', {
      code: 'account_changed',
      detail: `"${found.username}" now serves ${found.domain}, not ${account.domain}. Make sure that it is the right one, then remove it in WHM.`,
    });
  }
  const owned = await accountsOwnedBy(api, found.username);
  if (owned.length > 0) {
    throw new NeedsStaff('The account has to be checked by our staff.', {
      code: 'owns_accounts',
      detail: `"${found.username}" is a reseller and owns ${owned.length} other accounts. Move or remove those in WHM first.`,
    });
  }
  const user = found.username;
  try {
    await api.write(
      'removeacct',
      { user, username: user, keepdns: keepDns ? '1' : '0' },
      { timeoutSeconds: REMOVE_SECONDS },
    );
  } catch (failure) {
    if (!isRefusalOfPanel(failure) || (await readAccount(api, user)) !== undefined) throw failure;
  }
}

/** What a refusal means when the account turns out to be suspended: sign-on and passwords are closed then. */
export function refusedWhileSuspended(now: PanelAccount): ModuleFailure | undefined {
  return now.suspended
    ? new Refused('The account is suspended.', { code: 'suspended', detail: `"${now.username}" is suspended.` })
    : undefined;
}

/**
 * Run one act and, when WHM refuses it, look at the account to learn what the refusal means.
 * @param how.reached whether the account is already as the act would leave it
 * @param how.meaning a better failure for this state of the account
 * @param how.check throws a better failure after questions of its own
 */
async function act(
  api: Whm,
  account: AccountRef,
  how: {
    run: () => Promise<unknown>;
    reached: (now: PanelAccount) => boolean;
    meaning?: (now: PanelAccount) => ModuleFailure | undefined;
    check?: () => Promise<void>;
  },
): Promise<void> {
  try {
    await how.run();
  } catch (failure) {
    if (!isRefusalOfPanel(failure)) throw failure;
    const now = await requireAccount(api, account);
    if (how.reached(now)) return;
    await how.check?.();
    throw how.meaning?.(now) ?? failure;
  }
}

/** @throws Refused `not_found` when WHM lists no such account. */
export async function requireAccount(api: Whm, account: AccountRef): Promise<PanelAccount> {
  const found = await findAccount(api, account);
  if (found !== absent) return found;
  throw new Refused('There is no such account on the server.', {
    code: 'not_found',
    detail: `WHM lists no account "${userOf(account)}".`,
  });
}
