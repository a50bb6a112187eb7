import type { CustomerRole } from '../kit/actor.ts';
import type { Context } from '../kit/context.ts';
import { Conflict, NotFound } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { withdrawInvitationsBy } from '../staff/invitation.ts';
import { type CustomerUserRow, countOwners, findUserOf, lockUsers } from './users.ts';

/**
 * Give a user of a customer another role. It holds from their next request on, for keys they made as well, and
 * invitations they sent are taken back.
 *
 * @throws NotFound `user_not_found`, for users of others as well
 * @throws Conflict `last_owner`
 */
export async function changeUser(
  ctx: Context,
  input: { customerId: string; userId: string; role: CustomerRole },
): Promise<CustomerUserRow> {
  const { customerId, userId, role } = input;
  return ctx.transaction(async (tx) => {
    await lockUsers(tx.db, customerId);
    const before = await findUserOf(tx.db, customerId, userId);
    if (!before) throw new NotFound('user_not_found');
    if (before.role === role) return before;
    await tx.db
      .updateTable('customerUser')
      .set({ role })
      .where('customerId', '=', customerId)
      .where('userId', '=', userId)
      .execute();
    if ((await countOwners(tx.db, customerId)) === 0) throw new Conflict('last_owner');
    await withdrawInvitationsBy(tx, userId);
    await audit(
      tx,
      'customer.user_changed',
      { kind: 'customer', id: customerId },
      { before: { userId, role: before.role }, after: { userId, role } },
    );
    return { ...before, role };
  });
}
