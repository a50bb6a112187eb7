/** Passwords of people, as argon2id hashes. Passwords of services are something else: they are encrypted. */
import { hash, verify } from '@node-rs/argon2';

// The first recommendation of the OWASP password storage cheat sheet: 19 MiB, two passes, one lane; some 30 ms.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, COST);

/** False for a hash that cannot be read as well: nobody signs in with it. */
export const passwordFits = (passwordHash: string, password: string): Promise<boolean> =>
  verify(passwordHash, password).catch(() => false);
