import type { Context } from '../kit/context.ts';
import { Conflict } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import { insertCustomer, soldCurrency } from './insert-customer.ts';
import { inviteUser } from './invite-user.ts';
import type { Profile } from './profile.ts';
import { lockAddress } from './queries.ts';

/**
 * Open a customer account for somebody, by staff. They are mailed a link with which they choose a password.
 *
 * @param input.email lower case
 * @param input.currency the shop's first one when not given
 * @returns the id of the customer
 * @throws Conflict `email_taken` when somebody signs in with this address, or another customer goes by it
 * @throws Invalid `currency_not_sold`
 */
export async function addCustomer(
  ctx: Context,
  input: { email: string; currency?: string | undefined; profile: Profile },
): Promise<string> {
  allow(ctx.actor, 'customers:write');
  return ctx.transaction(async (tx) => {
    const currency = await soldCurrency(tx.db, input.currency);
    const [known] = await lockAddress(tx.db, input.email);
    if (known) throw new Conflict('email_taken', { customerId: known.id });
    const customerId = await insertCustomer(tx, { ...input, currency });
    await inviteUser(tx, { customerId, email: input.email, role: 'owner' });
    return customerId;
  });
}
