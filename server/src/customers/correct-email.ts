import type { Context } from '../kit/context.ts';
import { Conflict, NotFound } from '../kit/errors.ts';
import { record } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { invitationsOf, withdrawInvitation } from '../staff/invitation.ts';
import { inviteUser } from './invite-user.ts';
import { lockAddress, lockCustomer } from './queries.ts';
import { usersOf } from './users.ts';

/**
 * Give a customer whom staff added another address, for one that was misheard. The link that went to the old one stops
 * working, and the new one is mailed a link. Once somebody signs in for a customer, they change their address themselves.
 *
 * @param input.email lower case
 * @throws NotFound `customer_not_found`
 * @throws Conflict `customer_has_users`, `email_taken`
 */
export async function correctEmail(ctx: Context, input: { customerId: string; email: string }): Promise<void> {
  allow(ctx.actor, 'customers:write');
  const { customerId, email } = input;
  await ctx.transaction(async (tx) => {
    const before = await lockCustomer(tx.db, customerId);
    if (!before) throw new NotFound('customer_not_found');
    if ((await usersOf(tx.db, customerId)).length > 0) throw new Conflict('customer_has_users', { customerId });
    const others = (await lockAddress(tx.db, email)).filter(({ id }) => id !== customerId);
    if (others.length > 0) throw new Conflict('email_taken');
    for (const { id } of await invitationsOf(tx.db, customerId))
      await withdrawInvitation(tx, { invitationId: id, customerId });
    const updatedAt = tx.clock.now();
    await tx.db.updateTable('customer').set({ email, updatedAt }).where('id', '=', customerId).execute();
    await record(
      tx,
      'customer.updated',
      { kind: 'customer', id: customerId },
      { customerId },
      { before: { email: before.email }, after: { email } },
    );
    await inviteUser(tx, { customerId, email, role: 'owner' });
  });
}
