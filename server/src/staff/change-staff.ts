import type { StaffRole } from '../kit/actor.ts';
import type { Context } from '../kit/context.ts';
import { Conflict, NotFound } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { allow, ROLE_PERMISSIONS } from '../kit/permissions.ts';
import { withdrawInvitationsBy } from './invitation.ts';
import { isActor } from './person.ts';
import { countActiveOwners, deleteSessions, findStaff, lockStaff, type StaffRow } from './queries.ts';
import { revokeKeysOf } from './revoke-api-key.ts';

/**
 * Change a colleague's role, or shut them out and let them in again. It holds from their next request on, for their API
 * keys as well; shutting out also ends their sessions and revokes their keys. Who may less than before has the
 * invitations they sent taken back: they might come in again by one.
 *
 * @throws NotFound `staff_not_found`
 * @throws Conflict `cannot_disable_yourself`, `last_owner`
 */
export async function changeStaff(
  ctx: Context,
  input: { userId: string; role?: StaffRole | undefined; disabled?: boolean | undefined },
): Promise<StaffRow> {
  allow(ctx.actor, 'staff:write');
  return ctx.transaction(async (tx) => {
    await lockStaff(tx.db);
    const before = await findStaff(tx.db, input.userId);
    if (!before) throw new NotFound('staff_not_found');
    if (input.disabled && isActor(ctx.actor, input.userId)) throw new Conflict('cannot_disable_yourself');
    const wasDisabled = before.disabledAt !== null;
    const after = { role: input.role ?? before.role, disabled: input.disabled ?? wasDisabled };
    if (after.role === before.role && after.disabled === wasDisabled) return before;
    const disabledAt = after.disabled ? (before.disabledAt ?? tx.clock.now()) : null;
    await tx.db
      .updateTable('staffMember')
      .set({ role: after.role, disabledAt })
      .where('userId', '=', input.userId)
      .execute();
    if ((await countActiveOwners(tx.db)) === 0) throw new Conflict('last_owner');
    if (after.disabled) {
      await deleteSessions(tx.db, input.userId);
      await revokeKeysOf(tx, input.userId, 'staff_disabled');
    }
    if (after.disabled || narrows(before.role as StaffRole, after.role as StaffRole))
      await withdrawInvitationsBy(tx, input.userId);
    await audit(
      tx,
      'staff.changed',
      { kind: 'staff', id: input.userId },
      { before: { role: before.role, disabled: wasDisabled }, after },
    );
    return { ...before, role: after.role, disabledAt };
  });
}

const narrows = (before: StaffRole, after: StaffRole) =>
  ROLE_PERMISSIONS[before].some((permission) => !ROLE_PERMISSIONS[after].includes(permission));
