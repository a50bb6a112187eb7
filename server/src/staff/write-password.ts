import type { TransactionContext } from '../kit/context.ts';
import { PASSWORD_PROVIDER } from './create-login.ts';
import { withdrawTokens } from './one-time-token.ts';
import { deleteOtherSessions, findLoginUser } from './queries.ts';
import { tellSignInChanged } from './tell-sign-in-changed.ts';

/**
 * Put a new password in the place of the old one: other sessions end, links that would give another password, another
 * address or a session stop working, codes that were locked are free, and the owner of the login is told.
 *
 * @param input.keepSession the one session that goes on
 */
export async function writePassword(
  tx: TransactionContext,
  input: { userId: string; passwordHash: string; keepSession?: string | undefined },
): Promise<void> {
  const { userId } = input;
  await tx.db
    .updateTable('loginAccount')
    .set({ password: input.passwordHash, updatedAt: tx.clock.now() })
    .where('userId', '=', userId)
    .where('providerId', '=', PASSWORD_PROVIDER)
    .execute();
  // Also the new address that a thief with the old password may have asked for.
  for (const purpose of ['reset_password', 'sign_in', 'change_email'] as const)
    await withdrawTokens(tx, purpose, userId);
  await deleteOtherSessions(tx.db, userId, input.keepSession);
  await tx.db
    .updateTable('twoFactor')
    .set({ failedCount: 0, failedSince: null })
    .where('userId', '=', userId)
    .execute();
  const login = await findLoginUser(tx.db, userId);
  if (login) await tellSignInChanged(tx, login, 'password');
}
