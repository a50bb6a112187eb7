import type { Context } from '../kit/context.ts';
import { Conflict, Invalid } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { countAttempt } from './attempts.ts';
import { makeBackupCodes, storeBackupCodes } from './backup-codes.ts';
import type { Caller } from './caller.ts';
import { personOf } from './person.ts';
import { deleteOtherSessions, findLoginUser } from './queries.ts';
import { lockTwoFactor, stepOf } from './second-factor.ts';
import { tellSignInChanged } from './tell-sign-in-changed.ts';

/**
 * Ask for a code at every sign-in from now on. Other sessions end: they were made without one.
 *
 * @returns backup codes, which are given out here and never again
 * @throws Invalid `wrong_code`
 * @throws Conflict `two_factor_not_begun`, `two_factor_is_on`
 * @throws TooManyRequests `too_many_attempts`
 */
export async function confirmTwoFactor(
  ctx: Context,
  input: { code: string; sessionId: string | undefined; caller: Caller },
): Promise<{ backupCodes: string[] }> {
  const userId = personOf(ctx.actor);
  const succeeded = countAttempt(ctx.app, 'proof', { address: input.caller.address, login: userId });
  const { codes, hashes } = await makeBackupCodes();
  await ctx.transaction(async (tx) => {
    const row = await lockTwoFactor(tx.db, userId);
    if (!row) throw new Conflict('two_factor_not_begun');
    if (row.confirmedAt) throw new Conflict('two_factor_is_on');
    const lastStep = await stepOf(tx, row, input.code);
    if (lastStep === undefined) {
      throw new Invalid('wrong_code', { issues: [{ path: 'code', message: 'is not what the app shows now' }] });
    }
    await tx.db
      .updateTable('twoFactor')
      .set({ confirmedAt: tx.clock.now(), lastStep })
      .where('userId', '=', userId)
      .execute();
    await storeBackupCodes(tx, userId, hashes);
    await deleteOtherSessions(tx.db, userId, input.sessionId);
    await audit(tx, 'login.two_factor_on', { kind: 'login', id: userId });
    const login = await findLoginUser(tx.db, userId);
    if (login) await tellSignInChanged(tx, login, 'two_factor_on');
  });
  succeeded();
  return { backupCodes: codes };
}
