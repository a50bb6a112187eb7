import type { Context } from '../kit/context.ts';
import { Conflict, NotFound } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { withdrawInvitationsBy } from '../staff/invitation.ts';
import { revokeKeysOf } from '../staff/revoke-api-key.ts';
import { countOwners, findUserOf, lockUsers } from './users.ts';

/**
 * Take a user off a customer: the login is deleted with its sessions, its address is free for another one, keys it made
 * are revoked, and invitations it sent are taken back. What the user did stays in the audit log.
 *
 * @throws NotFound `user_not_found`, for users of others as well
 * @throws Conflict `last_owner`
 */
export async function removeUser(ctx: Context, input: { customerId: string; userId: string }): Promise<void> {
  const { customerId, userId } = input;
  await ctx.transaction(async (tx) => {
    await lockUsers(tx.db, customerId);
    const user = await findUserOf(tx.db, customerId, userId);
    if (!user) throw new NotFound('user_not_found');
    await revokeKeysOf(tx, userId, 'user_removed');
    await tx.db.deleteFrom('loginUser').where('id', '=', userId).execute();
    if ((await countOwners(tx.db, customerId)) === 0) throw new Conflict('last_owner');
    await withdrawInvitationsBy(tx, userId);
    await audit(
      tx,
      'customer.user_removed',
      { kind: 'customer', id: customerId },
      { before: { userId, email: user.email, name: user.name, role: user.role } },
    );
  });
}
