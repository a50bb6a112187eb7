import type { StaffRole } from '../kit/actor.ts';
import type { Context } from '../kit/context.ts';
import { allow } from '../kit/permissions.ts';
import { type InvitationRow, sendInvitation, withdrawInvitation } from './invitation.ts';
import { readShopSettings } from './settings.ts';

/**
 * Mail somebody a link with which they join the staff, with a name and a password of their own.
 *
 * @param input.email lower case
 * @throws Conflict `email_taken`
 */
export async function inviteStaff(ctx: Context, input: { email: string; role: StaffRole }): Promise<InvitationRow> {
  allow(ctx.actor, 'staff:write');
  return ctx.transaction(async (tx) => {
    const { shopName } = await readShopSettings(tx.db);
    return sendInvitation(tx, { ...input, customerId: null, into: `the staff of ${shopName}` });
  });
}

/** @throws NotFound `invitation_not_found` */
export async function withdrawStaffInvitation(ctx: Context, input: { invitationId: string }): Promise<void> {
  allow(ctx.actor, 'staff:write');
  await ctx.transaction((tx) => withdrawInvitation(tx, { ...input, customerId: null }));
}
