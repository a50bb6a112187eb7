import type { Context } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import { deleteTwoFactor } from '../staff/remove-two-factor.ts';
import { findUserOf } from './users.ts';

/**
 * Take the second factor off a customer's user who lost it. Be sure who asks: a thief will say the same.
 *
 * @throws NotFound `user_not_found`
 */
export async function resetUserTwoFactor(ctx: Context, input: { customerId: string; userId: string }): Promise<void> {
  allow(ctx.actor, 'customers:write');
  await ctx.transaction(async (tx) => {
    if (!(await findUserOf(tx.db, input.customerId, input.userId))) throw new NotFound('user_not_found');
    await deleteTwoFactor(tx, input.userId, 'login.two_factor_reset');
  });
}
