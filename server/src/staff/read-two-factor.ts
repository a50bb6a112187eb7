import type { Context } from '../kit/context.ts';
import { countBackupCodes } from './backup-codes.ts';
import { personOf } from './person.ts';
import { readShopSettings } from './settings.ts';

/** Whether somebody's sign-in asks for a code, and how many backup codes are left. */
export async function readTwoFactor(ctx: Context) {
  const userId = personOf(ctx.actor);
  const row = await ctx.db
    .selectFrom('twoFactor')
    .select('confirmedAt')
    .where('userId', '=', userId)
    .where('confirmedAt', 'is not', null)
    .executeTakeFirst();
  const { staffTwoFactor } = await readShopSettings(ctx.db);
  return {
    onSince: row?.confirmedAt ?? null,
    backupCodesLeft: row ? await countBackupCodes(ctx, userId) : 0,
    required: ctx.actor.kind === 'staff' && staffTwoFactor === 'required',
  };
}
