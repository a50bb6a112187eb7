/** What the panel accepts as username, domain, password and e-mail address, and what is taken already. */
import { refuse } from './messages.ts';
import type { Panel } from './panel.ts';

const RESERVED = new Set(
  `abrt adm admin apache bin cpanel daemon dbus ftp games gopher haldaemon halt lp mail mailman mysql named news nobody
  ntp operator postfix postgres root saslauth shutdown sshd sync system tcpdump user uucp vcsa virtfs whm wheel xfs abuse
  postmaster hostmaster webmaster security info mailer-daemon marketing sales support newsadm newsadmin usenet
  amandabackup`.split(/\s+/),
);

/** @throws PanelRefusal saying what is wrong with the name or who has it. @param user lower case */
export function checkNewUsername(panel: Panel, user: string): void {
  const { usernameMaxLength, uniqueFirstEight } = panel.settings;
  if (user === '') refuse('usernameEmpty');
  if (/\s/.test(user)) refuse('usernameSpaces');
  if (RESERVED.has(user) || user.startsWith('test') || user.endsWith('assword')) refuse('usernameReserved', { user });
  if (!/^[a-z0-9]+$/.test(user)) refuse('usernameLetters');
  if (/^\d/.test(user)) refuse('usernameDigit');
  if (user.length > usernameMaxLength) refuse('usernameLong', { limit: usernameMaxLength });
  if (panel.accounts.has(user)) refuse('usernameTaken', { user });
  if (panel.groups.has(user)) refuse('usernameGroup', { user });
  if (uniqueFirstEight && panel.accountWithFirstEight(user) !== undefined) refuse('usernameFirstEight', { user });
}

/**
 * Looks in the four places a domain can be taken in, in the panel's order.
 * @param allowZone an existing zone is overwritten (`forcedns`)
 * @throws PanelRefusal saying which place has it.
 */
export function checkNewDomain(panel: Panel, domain: string, user: string, allowZone: boolean): void {
  if (!isDomain(domain)) refuse('domainInvalid', { domain });
  const owner = panel.accountOfDomain(domain);
  if (owner !== undefined) refuse('domainInUserdataOf', { domain, user: owner.user });
  if (panel.leftovers.has(domain)) refuse('domainInUserdata', { domain });
  if (!allowZone && (panel.zones.has(domain) || panel.settings.peerZones.includes(domain))) {
    refuse('dnsEntryExists', { domain });
  }
  for (const parent of parentsOf(domain)) {
    if (panel.accountOfDomain(parent) !== undefined) refuse('domainParentOwned', { domain, user, parent });
  }
}

/** As the panel keeps it: lower case, without `www.` and final dot. */
export const domainAsKept = (domain: string) =>
  domain
    .trim()
    .toLowerCase()
    .replace(/^www\./, '')
    .replace(/\.$/, '');

/** @throws PanelRefusal when the server's strength setting is not met. */
export function checkPassword(panel: Panel, password: string, user: string): void {
  const { minimumPasswordStrength } = panel.settings;
  if (password.length < 5) refuse('passwordShort');
  if (user !== '' && password.toLowerCase().includes(user)) refuse('passwordHasUsername');
  if (passwordStrength(password) < minimumPasswordStrength) refuse('passwordWeak', { needed: minimumPasswordStrength });
}

/** 0 to 100, coarser than the real rating: length and how many kinds of character there are. */
function passwordStrength(password: string): number {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(password)).length;
  const different = new Set(password).size;
  return Math.min(100, different * 4 + kinds * 10);
}

/** @throws PanelRefusal when it is not an address. */
export function checkEmail(email: string): void {
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) refuse('emailInvalid');
}

function isDomain(domain: string): boolean {
  const labels = domain.split('.');
  return (
    domain.length <= 253 &&
    labels.length >= 2 &&
    labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label))
  );
}

function parentsOf(domain: string): string[] {
  const labels = domain.split('.');
  return labels.slice(1, -1).map((_, index) => labels.slice(index + 1).join('.'));
}
