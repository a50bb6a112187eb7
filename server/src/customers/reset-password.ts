import type { Context } from '../kit/context.ts';
import { audit } from '../kit/events.ts';
import { checkNewPassword } from '../staff/new-password.ts';
import { spendTokenOf } from '../staff/one-time-token.ts';
import { hashPassword } from '../staff/password.ts';
import { findLoginUser } from '../staff/queries.ts';
import { writePassword } from '../staff/write-password.ts';

/**
 * Choose a new password with the token from the mail. Every session of the login ends and every other such link stops
 * working. Whoever read the mail owns the address, so it counts as confirmed. It is no second factor: signing in asks
 * for one as before.
 *
 * @throws Invalid `token_invalid`; `password_guessable`, and the link stays good
 */
export async function resetPassword(ctx: Context, input: { token: string; password: string }): Promise<void> {
  await ctx.transaction(async (tx) => {
    // Spent first: who has no token gets no hashing done.
    const { subjectId: userId } = await spendTokenOf(tx, 'reset_password', input.token);
    const login = await findLoginUser(tx.db, userId);
    await checkNewPassword(tx, { password: input.password, about: login ? [login.name, login.email] : [] });
    await writePassword(tx, { userId, passwordHash: await hashPassword(input.password) });
    const updatedAt = tx.clock.now();
    await tx.db.updateTable('loginUser').set({ emailVerified: true, updatedAt }).where('id', '=', userId).execute();
    await audit(tx, 'login.password_reset', { kind: 'login', id: userId });
  });
}
