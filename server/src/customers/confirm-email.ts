import type { Context, TransactionContext } from '../kit/context.ts';
import { audit } from '../kit/events.ts';
import { findToken, invalidToken, spendTokenOf, withdrawTokens } from '../staff/one-time-token.ts';
import { takeEmail } from './change-email.ts';

/**
 * Confirm an e-mail address with the token that was mailed there: of a new account, or a new address of an old one.
 * Asking twice is fine while the token has not run out: people click links twice, and mail filters click them first.
 *
 * @throws Invalid `token_invalid`
 * @throws Conflict `email_taken` when the new address got a login of its own meanwhile
 */
export async function confirmEmail(ctx: Context, input: { token: string }): Promise<void> {
  await ctx.transaction(async (tx) => {
    const change = await findToken(tx, 'change_email', input.token);
    if (change) {
      const login = await tx.db
        .selectFrom('loginUser')
        .select('email')
        .where('id', '=', change.subjectId)
        .executeTakeFirst();
      if (change.spent && login?.email === change.detail) return;
      const { subjectId, detail } = await spendTokenOf(tx, 'change_email', input.token);
      if (detail !== null) await takeEmail(tx, { userId: subjectId, email: detail });
      return;
    }
    const confirming = await findToken(tx, 'confirm_email', input.token);
    if (!confirming) throw invalidToken();
    await markConfirmed(tx, confirming.subjectId);
  });
}

async function markConfirmed(tx: TransactionContext, userId: string): Promise<void> {
  const confirmed = await tx.db
    .updateTable('loginUser')
    .set({ emailVerified: true, updatedAt: tx.clock.now() })
    .where('id', '=', userId)
    .where('emailVerified', '=', false)
    .executeTakeFirst();
  if (confirmed.numUpdatedRows === 0n) return;
  await withdrawTokens(tx, 'confirm_email', userId);
  await audit(tx, 'login.email_confirmed', { kind: 'login', id: userId });
}
