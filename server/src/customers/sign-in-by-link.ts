import { createHash } from 'node:crypto';
import type { Context } from '../kit/context.ts';
import { countAttempt } from '../staff/attempts.ts';
import type { Caller } from '../staff/caller.ts';
import { findToken, invalidToken, spendToken, withdrawTokens } from '../staff/one-time-token.ts';
import { mustPass, type NewSession, openSession } from './sign-in.ts';

/**
 * Sign in with the token from the mail instead of a password; a second factor is asked for all the same. Whoever read
 * the mail owns the address, so it counts as confirmed. The link stays good until a session was made.
 *
 * @throws Invalid `token_invalid`
 * @throws Unauthenticated `code_required`, `wrong_code`
 * @throws TooManyRequests `too_many_attempts`, `too_many_codes`
 */
export async function signInByLink(
  ctx: Context,
  input: { token: string; code?: string | undefined; caller: Caller },
): Promise<NewSession> {
  // By link, so that nobody uses up the tries of others behind the same address.
  const link = createHash('sha256').update(input.token).digest('base64url');
  const succeeded = countAttempt(ctx.app, 'signIn', { address: input.caller.address, login: link });
  const found = await findToken(ctx, 'sign_in', input.token);
  if (!found || found.spent) throw invalidToken();
  const userId = found.subjectId;
  await mustPass(ctx, { userId, code: input.code });
  await ctx.transaction(async (tx) => {
    await spendToken(tx, 'sign_in', input.token);
    await withdrawTokens(tx, 'sign_in', userId);
    await tx.db
      .updateTable('loginUser')
      .set({ emailVerified: true, updatedAt: tx.clock.now() })
      .where('id', '=', userId)
      .execute();
  });
  succeeded();
  return openSession(ctx, { userId, caller: input.caller });
}
