import type { Context } from '../kit/context.ts';
import { Conflict } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { makeBackupCodes, storeBackupCodes } from './backup-codes.ts';
import type { Caller } from './caller.ts';
import { personOf } from './person.ts';
import { provePassword } from './prove-password.ts';
import { findLoginUser } from './queries.ts';
import { lockTwoFactor } from './second-factor.ts';
import { tellSignInChanged } from './tell-sign-in-changed.ts';

/**
 * Ten new backup codes; the ones before no longer work.
 *
 * @returns the codes are given out here and never again
 * @throws Invalid `wrong_password`
 * @throws Conflict `two_factor_is_off`
 */
export async function renewBackupCodes(
  ctx: Context,
  input: { password: string; caller: Caller },
): Promise<{ backupCodes: string[] }> {
  const userId = personOf(ctx.actor);
  await provePassword(ctx, { ...input, userId });
  const { codes, hashes } = await makeBackupCodes();
  await ctx.transaction(async (tx) => {
    const row = await lockTwoFactor(tx.db, userId);
    if (!row?.confirmedAt) throw new Conflict('two_factor_is_off');
    await storeBackupCodes(tx, userId, hashes);
    await audit(tx, 'login.backup_codes_renewed', { kind: 'login', id: userId });
    const login = await findLoginUser(tx.db, userId);
    if (login) await tellSignInChanged(tx, login, 'backup_codes');
  });
  return { backupCodes: codes };
}
