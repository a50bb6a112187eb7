/** Accounts as WHM lists them. The list is asked rather than `accountsummary`: it says "none" in every language. */
import { type Account, type AccountRef, absent } from '@hostwright/sdk';
import { unreadable, type Whm } from './api.ts';
import { asFlag, asNumber, asRecords, asText, type Json } from './wire.ts';

export interface PanelAccount extends Account {
  createdAt: Date | undefined;
  /** Suspended so that only root can lift it. */
  locked: boolean;
}

const WANTED_COLUMNS = 'user,domain,owner,plan,ip,suspended,suspendreason,is_locked,unix_startdate';

/** WHM's word for an account's user; it is also our key of the account. */
export const userOf = (account: AccountRef): string => account.remoteId ?? account.username;

export async function listAccounts(api: Whm): Promise<PanelAccount[]> {
  return read(api, {});
}

/** Accounts a reseller's user owns, its own not counted. */
export async function accountsOwnedBy(api: Whm, owner: string): Promise<PanelAccount[]> {
  const found = await read(api, { searchtype: 'owner', searchmethod: 'exact', search: owner });
  return found.filter((account) => account.username !== owner && account.data?.owner === owner);
}

/** `undefined` only when WHM listed the accounts of that name and there was none. */
export async function readAccount(api: Whm, user: string): Promise<PanelAccount | undefined> {
  // `exact`, because `search` is otherwise a regular expression matched anywhere: acme would find acme2.
  const found = await read(api, { searchtype: 'user', searchmethod: 'exact', search: user });
  return found.find((account) => account.username === user);
}

/**
 * The account meant by `account`. One that was never confirmed counts only with its own domain: the same username on
 * another domain is somebody else's. A confirmed one may have got another main domain since.
 */
export async function findAccount(api: Whm, account: AccountRef): Promise<PanelAccount | typeof absent> {
  const found = await readAccount(api, userOf(account));
  if (found === undefined) return absent;
  return account.remoteId === undefined && found.domain !== account.domain ? absent : found;
}

async function read(api: Whm, search: Record<string, string>): Promise<PanelAccount[]> {
  const rows = asRecords((await api.read('listaccts', { ...search, want: WANTED_COLUMNS })).acct);
  if (rows === undefined) throw unreadable('listaccts', 'no list of accounts', false);
  return rows.map(asAccount);
}

function asAccount(row: Json): PanelAccount {
  const username = asText(row.user);
  const suspended = asFlag(row.suspended);
  const startSeconds = asNumber(row.unix_startdate);
  const reason = asText(row.suspendreason);
  return {
    remoteId: username,
    username,
    domain: asText(row.domain).toLowerCase(),
    package: asText(row.plan),
    suspended,
    suspendReason: suspended && reason !== 'Unknown' ? reason : '',
    ip: asText(row.ip) || undefined,
    createdAt: startSeconds === undefined ? undefined : new Date(startSeconds * 1000),
    locked: asFlag(row.is_locked),
    data: { owner: asText(row.owner) },
  };
}
