/** Account names, from the domain and the service's number, by the panel's rules. */
import type { UsernameRules } from '@hostwright/sdk';

/**
 * A name for an account. The same arguments give the same name; each `attempt` gives another one.
 * Services have different numbers, so two services share a name only after shortening, which the next attempt mends.
 *
 * @param wanted.number the service's number, 1 or more
 * @param wanted.attempt 0 for the first choice
 * @throws RangeError when the rules leave no name in 50 tries: the module's rules are wrong
 */
export function usernameFor(wanted: { domain: string; number: number; attempt: number }, rules: UsernameRules): string {
  let skipped = 0;
  for (let turn = 0; turn < wanted.attempt + 50; turn++) {
    const name = spell(wanted.domain, wanted.number, turn, rules);
    if (!isAllowed(name, rules)) continue;
    if (skipped === wanted.attempt) return name;
    skipped += 1;
  }
  throw new RangeError(`No user name fits the panel's rules for ${wanted.domain}.`);
}

function spell(domain: string, number: number, turn: number, rules: UsernameRules): string {
  const letters = domain
    .replace(/^xn--/, '')
    .replaceAll(/[^a-z0-9]/g, '')
    .replace(/^[0-9]+/, '');
  const refused = letters === '' || (rules.refusedPrefixes ?? []).some((prefix) => letters.startsWith(prefix));
  const base = refused ? `u${letters}` : letters;
  const suffix = number.toString(36) + (turn === 0 ? '' : turn.toString(36));
  return `${base.slice(0, Math.max(1, rules.maxLength - suffix.length))}${suffix}`.slice(0, rules.maxLength);
}

/** Whether the panel would take this name. */
export function isAllowed(name: string, rules: UsernameRules): boolean {
  return (
    name.length <= rules.maxLength &&
    new RegExp(`^(?:${rules.pattern})$`).test(name) &&
    !rules.reserved.includes(name) &&
    !(rules.refusedPrefixes ?? []).some((prefix) => name.startsWith(prefix)) &&
    !(rules.refusedSuffixes ?? []).some((suffix) => name.endsWith(suffix))
  );
}
