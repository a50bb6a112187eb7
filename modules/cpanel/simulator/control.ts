/** What tests and administrators do to the server behind the API's back. */
import { randomText } from '@hostwright/sdk/testing/random';
import type { SimulatedAccount } from '@hostwright/sdk/testing/simulator';
import { addAccount } from './account-creation.ts';
import type { Account, Panel, Token } from './panel.ts';
import { addToken } from './tokens.ts';

export function simulatedAccount(account: Account): SimulatedAccount {
  return {
    username: account.user,
    domain: account.domain,
    package: account.plan,
    suspended: account.suspension !== null,
    suspendReason: account.suspension?.reason ?? '',
    password: account.password,
    email: account.email,
  };
}

/**
 * An account made by hand, with its zone; names are not checked.
 * @throws TypeError when a field is missing or the package does not exist. @throws Error when the name or domain is taken.
 */
export function addForeignAccount(panel: Panel, given: unknown): void {
  const user = textIn(given, 'username');
  const domain = textIn(given, 'domain');
  const plan = textIn(given, 'package', 'default');
  const found = panel.packages.get(plan);
  if (found === undefined) throw new TypeError(`There is no package "${plan}".`);
  if (panel.accounts.has(user)) throw new Error(`The account "${user}" exists already.`);
  if (panel.accountOfDomain(domain) !== undefined) throw new Error(`The domain "${domain}" is on the panel already.`);
  const email = `owner@${domain}`;
  const password = randomText(panel.random, 20);
  const { sharedIp: ip, settings } = panel;
  const { limits } = found;
  addAccount(panel, { user, domain, plan, password, owner: 'root', limits, email, ip, language: settings.locale });
}

/** `{username, diskUsedMb?, bandwidthUsedMb?}` @throws Error when there is no such account. */
export function setUsage(panel: Panel, given: unknown): void {
  const user = textIn(given, 'username');
  const account = panel.accounts.get(user);
  if (account === undefined) throw new Error(`There is no account "${user}".`);
  const diskUsedMb = numberIn(given, 'diskUsedMb', account.diskUsedMb);
  panel.saveAccount({
    ...account,
    diskUsedMb,
    bandwidthUsedMb: numberIn(given, 'bandwidthUsedMb', account.bandwidthUsedMb),
  });
}

/** `{name, owner?, acl?, expiresAtSeconds?, addresses?}`; everything is allowed where nothing is said. */
export function addControlledToken(panel: Panel, given: unknown): Token {
  const { acl, expiresAtSeconds, addresses } = given as Partial<Token>;
  return addToken(panel, {
    name: textIn(given, 'name'),
    owner: textIn(given, 'owner', 'root'),
    acl: acl ?? ['all'],
    expiresAtSeconds: expiresAtSeconds ?? null,
    addresses: addresses ?? [],
  });
}

function valueIn(given: unknown, name: string): unknown {
  return typeof given === 'object' && given !== null ? (given as Record<string, unknown>)[name] : undefined;
}

function textIn(given: unknown, name: string, otherwise?: string): string {
  const value = valueIn(given, name) ?? otherwise;
  if (typeof value !== 'string' || value === '') throw new TypeError(`"${name}" is needed, as a text.`);
  return value;
}

function numberIn(given: unknown, name: string, otherwise: number): number {
  const value = valueIn(given, name) ?? otherwise;
  if (typeof value !== 'number' || !(value >= 0)) throw new TypeError(`"${name}" is a number, 0 or more.`);
  return value;
}
