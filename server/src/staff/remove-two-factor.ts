import type { Action } from '../kit/action-names.ts';
import type { Context, TransactionContext } from '../kit/context.ts';
import { Conflict, Invalid, NotFound } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import type { Caller } from './caller.ts';
import { isActor, personOf } from './person.ts';
import { provePassword } from './prove-password.ts';
import { findLoginUser, findStaff } from './queries.ts';
import { checkSecondFactor } from './second-factor.ts';
import { readShopSettings } from './settings.ts';
import { tellSignInChanged } from './tell-sign-in-changed.ts';

/**
 * Sign in without codes again. Nothing happens when none are asked for.
 *
 * @throws Invalid `wrong_password`, `code_required`, `wrong_code`
 * @throws Conflict `two_factor_is_required` for staff of a shop that asks for it
 */
export async function removeTwoFactor(
  ctx: Context,
  input: { password: string; code: string; caller: Caller },
): Promise<void> {
  const userId = personOf(ctx.actor);
  const { staffTwoFactor } = await readShopSettings(ctx.db);
  if (ctx.actor.kind === 'staff' && staffTwoFactor === 'required') throw new Conflict('two_factor_is_required');
  await provePassword(ctx, { ...input, userId });
  const outcome = await checkSecondFactor(ctx, { userId, code: input.code });
  if (outcome !== 'passed') {
    throw new Invalid(outcome, { issues: [{ path: 'code', message: 'must be a code of your app or a backup code' }] });
  }
  await ctx.transaction((tx) => deleteTwoFactor(tx, userId, 'login.two_factor_off'));
}

/**
 * Take the second factor off a colleague who lost it. Be sure who asks: a thief will say the same. One's own takes the
 * password and a code, by `removeTwoFactor`.
 *
 * @returns whether there was one
 * @throws NotFound `staff_not_found`
 * @throws Conflict `cannot_reset_yourself`
 */
export async function resetStaffTwoFactor(ctx: Context, input: { userId: string }): Promise<boolean> {
  allow(ctx.actor, 'staff:write');
  if (isActor(ctx.actor, input.userId)) throw new Conflict('cannot_reset_yourself');
  return ctx.transaction(async (tx) => {
    if (!(await findStaff(tx.db, input.userId))) throw new NotFound('staff_not_found');
    return deleteTwoFactor(tx, input.userId, 'login.two_factor_reset');
  });
}

/** Forget a login's second factor, note it and tell its owner. None is fine. Returns whether there was one. */
export async function deleteTwoFactor(tx: TransactionContext, userId: string, action: Action): Promise<boolean> {
  const gone = await tx.db
    .deleteFrom('twoFactor')
    .where('userId', '=', userId)
    .returning('confirmedAt')
    .executeTakeFirst();
  if (!gone?.confirmedAt) return false;
  await audit(tx, action, { kind: 'login', id: userId });
  const login = await findLoginUser(tx.db, userId);
  if (login) await tellSignInChanged(tx, login, 'two_factor_off');
  return true;
}
