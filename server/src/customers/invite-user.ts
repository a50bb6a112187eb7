import type { CustomerRole } from '../kit/actor.ts';
import type { Context } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { type InvitationRow, sendInvitation, withdrawInvitation } from '../staff/invitation.ts';
import { readShopSettings } from '../staff/settings.ts';
import { customerName } from './present.ts';
import { findCustomer } from './queries.ts';

/**
 * Mail somebody a link with which they become a user of a customer, with a name and a password of their own.
 *
 * @param input.email lower case
 * @throws NotFound `customer_not_found`
 * @throws Conflict `email_taken`
 */
export async function inviteUser(
  ctx: Context,
  input: { customerId: string; email: string; role: CustomerRole },
): Promise<InvitationRow> {
  return ctx.transaction(async (tx) => {
    const customer = await findCustomer(tx.db, input.customerId);
    if (!customer) throw new NotFound('customer_not_found');
    const { shopName } = await readShopSettings(tx.db);
    const whose = input.email === customer.email ? 'your account' : `the account of ${customerName(customer)}`;
    return sendInvitation(tx, { ...input, into: `${whose} at ${shopName}` });
  });
}

/** @throws NotFound `invitation_not_found`, for invitations of others as well */
export async function withdrawUserInvitation(
  ctx: Context,
  input: { customerId: string; invitationId: string },
): Promise<void> {
  await ctx.transaction((tx) => withdrawInvitation(tx, input));
}
