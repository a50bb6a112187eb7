/** Passwords of people, as argon2id hashes. Passwords of services are something else: they are encrypted. */
import { hash, verify } from '@node-rs/argon2';
import type { Db } from '../kit/db.ts';
import { findPassword } from './queries.ts';

// The first recommendation of the OWASP password storage cheat sheet: 19 MiB, two passes, one lane; some 30 ms.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, COST);

/** False for a hash that cannot be read as well: nobody signs in with it. */
export const passwordFits = (passwordHash: string, password: string): Promise<boolean> =>
  verify(passwordHash, password).catch(() => false);

let decoy: Promise<string> | undefined;

/**
 * The login these credentials belong to; `undefined` when there is none, or the password is another one: both take as
 * long.
 *
 * @param credentials.email lower case
 */
export async function loginByPassword(
  db: Db,
  credentials: { email: string; password: string },
): Promise<string | undefined> {
  decoy ??= hashPassword('of nobody');
  const found = await findPassword(db, { email: credentials.email });
  const fits = await passwordFits(found?.password ?? (await decoy), credentials.password);
  return fits && found?.password ? found.userId : undefined;
}

/** Whether it is the password of a login. */
export async function isPasswordOf(db: Db, userId: string, password: string): Promise<boolean> {
  const found = await findPassword(db, { userId });
  return found?.password ? passwordFits(found.password, password) : false;
}
