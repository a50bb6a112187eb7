import type { Context } from '../kit/context.ts';
import { Conflict } from '../kit/errors.ts';
import { countAttempt } from '../staff/attempts.ts';
import type { Caller } from '../staff/caller.ts';
import { createLogin } from '../staff/create-login.ts';
import { checkNewPassword } from '../staff/new-password.ts';
import { hashPassword } from '../staff/password.ts';
import { isSetUpNeeded } from '../staff/queries.ts';
import { insertCustomer, soldCurrency } from './insert-customer.ts';
import { customerName } from './present.ts';
import type { Profile } from './profile.ts';
import { lockAddress } from './queries.ts';
import { mailConfirmation } from './send-confirmation.ts';
import { type NewSession, openSession } from './sign-in.ts';

/**
 * Open a customer account with its login, mail a link that confirms the address, and sign in.
 *
 * @param input.email lower case
 * @param input.currency for ever; the shop's first one when not given
 * @throws Conflict `email_taken`, also while somebody whom staff added has not come yet; `shop_not_open` before the shop has an owner
 * @throws Invalid `currency_not_sold`, `password_guessable`
 * @throws TooManyRequests `too_many_attempts`
 */
export async function signUp(
  ctx: Context,
  input: { email: string; password: string; currency?: string | undefined; profile: Profile; caller: Caller },
): Promise<{ customerId: string; session: NewSession }> {
  countAttempt(ctx.app, 'signUp', { address: input.caller.address, login: input.email });
  const currency = await soldCurrency(ctx.db, input.currency);
  const name = customerName({ ...input.profile, email: input.email });
  await checkNewPassword(ctx, { password: input.password, about: [name, input.email, input.profile.company] });
  const passwordHash = await hashPassword(input.password);
  const { customerId, userId } = await ctx.transaction(async (tx) => {
    if (await isSetUpNeeded(tx.db)) throw new Conflict('shop_not_open');
    const userId = await createLogin(tx, { name, email: input.email, passwordHash, emailVerified: false });
    // Whom staff added is asked to follow the link from the mail: a second account would not have their orders.
    const known = await lockAddress(tx.db, input.email);
    if (known.some(({ hasUsers }) => !hasUsers)) throw new Conflict('email_taken');
    const customerId = await insertCustomer(tx, { ...input, currency });
    const createdAt = tx.clock.now();
    await tx.db.insertInto('customerUser').values({ customerId, userId, role: 'owner', createdAt }).execute();
    await mailConfirmation(tx, { id: userId, name, email: input.email, emailVerified: false, customerId });
    return { customerId, userId };
  });
  return { customerId, session: await openSession(ctx, { userId, caller: input.caller }) };
}
