import type { Context } from '../kit/context.ts';
import { audit } from '../kit/events.ts';
import { invalidToken, subjectOfToken, withdrawTokens } from '../staff/one-time-token.ts';

/**
 * Confirm an e-mail address with the token that was mailed there. Asking twice is fine while the token has not run
 * out: people click links twice, and mail filters click them first.
 *
 * @throws Invalid `token_invalid`
 */
export async function confirmEmail(ctx: Context, input: { token: string }): Promise<void> {
  await ctx.transaction(async (tx) => {
    const userId = await subjectOfToken(tx, 'confirm_email', input.token);
    if (userId === undefined) throw invalidToken();
    const confirmed = await tx.db
      .updateTable('loginUser')
      .set({ emailVerified: true, updatedAt: tx.clock.now() })
      .where('id', '=', userId)
      .where('emailVerified', '=', false)
      .executeTakeFirst();
    if (confirmed.numUpdatedRows === 0n) return;
    await withdrawTokens(tx, 'confirm_email', userId);
    await audit(tx, 'login.email_confirmed', { kind: 'login', id: userId });
  });
}
