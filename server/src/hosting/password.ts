import { randomInt } from 'node:crypto';
import type { PasswordRules } from '@hostwright/sdk';

const LOWER = 'abcdefghijkmnopqrstuvwxyz';
const UPPER = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const DIGITS = '23456789';

/**
 * A new password: at least one lower-case letter, capital, digit and symbol of the rules, none that look alike.
 * @param rules.length 12 or more is kept; less becomes 12
 */
export function newPassword(rules: PasswordRules = { length: 20, symbols: '-_.' }): string {
  const kinds = [LOWER, UPPER, DIGITS, ...(rules.symbols === '' ? [] : [rules.symbols])];
  const all = kinds.join('');
  const length = Math.max(rules.length, 12);
  const characters = Array.from({ length }, (_, index) => pick(kinds[index] ?? all));
  for (let last = characters.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [characters[last], characters[other]] = [characters[other] as string, characters[last] as string];
  }
  // A leading symbol reads as an option or as punctuation where people paste it.
  return /^[a-zA-Z0-9]/.test(characters[0] ?? '') ? characters.join('') : newPassword(rules);
}

const pick = (from: string) => from.charAt(randomInt(from.length));
