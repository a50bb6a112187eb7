import type { Context } from '../kit/context.ts';
import { audit } from '../kit/events.ts';
import { PASSWORD_PROVIDER } from '../staff/create-login.ts';
import { invalidToken, spendToken, withdrawTokens } from '../staff/one-time-token.ts';
import { hashPassword } from '../staff/password.ts';
import { deleteSessions } from '../staff/queries.ts';

/**
 * Choose a new password with the token from the mail. Every session of the login ends and every other such link stops
 * working. Whoever read the mail owns the address, so it counts as confirmed.
 *
 * @throws Invalid `token_invalid`
 */
export async function resetPassword(ctx: Context, input: { token: string; password: string }): Promise<void> {
  await ctx.transaction(async (tx) => {
    // Spent first: who has no token gets no hashing done.
    const userId = await spendToken(tx, 'reset_password', input.token);
    if (userId === null) throw invalidToken();
    await withdrawTokens(tx, 'reset_password', userId);
    const updatedAt = tx.clock.now();
    await tx.db
      .updateTable('loginAccount')
      .set({ password: await hashPassword(input.password), updatedAt })
      .where('userId', '=', userId)
      .where('providerId', '=', PASSWORD_PROVIDER)
      .execute();
    await tx.db.updateTable('loginUser').set({ emailVerified: true, updatedAt }).where('id', '=', userId).execute();
    await deleteSessions(tx.db, userId);
    await audit(tx, 'login.password_reset', { kind: 'login', id: userId });
  });
}
