import { uuidv7 } from 'uuidv7';
import type { Context } from '../kit/context.ts';
import { Conflict, Invalid } from '../kit/errors.ts';
import { record } from '../kit/events.ts';
import { countAttempt } from '../staff/attempts.ts';
import { createLogin } from '../staff/create-login.ts';
import type { Caller } from '../staff/login.ts';
import { checkNewPassword } from '../staff/new-password.ts';
import { hashPassword } from '../staff/password.ts';
import { isSetUpNeeded } from '../staff/queries.ts';
import { readShopSettings } from '../staff/settings.ts';
import { customerName } from './present.ts';
import type { Profile } from './profile.ts';
import { mailConfirmation } from './send-confirmation.ts';
import { type NewSession, openSession } from './sign-in.ts';

/**
 * Open a customer account with its login, mail a link that confirms the address, and sign in.
 *
 * @param input.email lower case
 * @param input.currency for ever; the shop's first one when not given
 * @throws Conflict `email_taken`, `shop_not_open` before the shop has an owner
 * @throws Invalid `currency_not_sold`, `password_guessable`
 * @throws TooManyRequests `too_many_attempts`
 */
export async function signUp(
  ctx: Context,
  input: { email: string; password: string; currency?: string | undefined; profile: Profile; caller: Caller },
): Promise<{ customerId: string; session: NewSession }> {
  countAttempt(ctx.app, 'signUp', { address: input.caller.address, login: input.email });
  const settings = await readShopSettings(ctx.db);
  const currency = input.currency ?? settings.currencies[0];
  if (currency === undefined || !settings.currencies.includes(currency)) {
    const message = `must be one of ${settings.currencies.join(', ')}`;
    throw new Invalid('currency_not_sold', { issues: [{ path: 'currency', message }] });
  }
  const name = customerName({ ...input.profile, email: input.email });
  await checkNewPassword(ctx, { password: input.password, about: [name, input.email, input.profile.company] });
  const passwordHash = await hashPassword(input.password);
  const { customerId, userId } = await ctx.transaction(async (tx) => {
    if (await isSetUpNeeded(tx.db)) throw new Conflict('shop_not_open');
    const userId = await createLogin(tx, { name, email: input.email, passwordHash, emailVerified: false });
    const id = uuidv7();
    const now = tx.clock.now();
    await tx.db
      .insertInto('customer')
      .values({ id, email: input.email, currency, ...input.profile, createdAt: now, updatedAt: now })
      .execute();
    await tx.db.insertInto('customerUser').values({ customerId: id, userId, role: 'owner', createdAt: now }).execute();
    await record(
      tx,
      'customer.created',
      { kind: 'customer', id },
      { customerId: id },
      { after: { email: input.email, currency } },
    );
    await mailConfirmation(tx, { id: userId, name, email: input.email, emailVerified: false, customerId: id });
    return { customerId: id, userId };
  });
  return { customerId, session: await openSession(ctx, { userId, caller: input.caller }) };
}
