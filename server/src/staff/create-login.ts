import { uuidv7 } from 'uuidv7';
import type { TransactionContext } from '../kit/context.ts';
import { Conflict } from '../kit/errors.ts';

/** Provider of a login by e-mail and password, in better-auth's words. */
export const PASSWORD_PROVIDER = 'credential';

/**
 * A login for a person, in the caller's transaction: the rows better-auth looks for when somebody signs in.
 *
 * @param login.email lower case
 * @param login.passwordHash made before the transaction: hashing takes long
 * @returns the id of the login
 * @throws Conflict `email_taken` when somebody has a login with this address
 */
export async function createLogin(
  tx: TransactionContext,
  login: { name: string; email: string; passwordHash: string; emailVerified: boolean },
): Promise<string> {
  const id = uuidv7();
  const now = tx.clock.now();
  const made = await tx.db
    .insertInto('loginUser')
    .values({
      id,
      name: login.name,
      email: login.email,
      emailVerified: login.emailVerified,
      createdAt: now,
      updatedAt: now,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!made) throw new Conflict('email_taken');
  await tx.db
    .insertInto('loginAccount')
    .values({
      id: uuidv7(),
      userId: id,
      accountId: id,
      providerId: PASSWORD_PROVIDER,
      password: login.passwordHash,
      createdAt: now,
      updatedAt: now,
    })
    .execute();
  return id;
}
