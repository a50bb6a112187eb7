import type { StaffRole } from '../kit/actor.ts';
import type { Context, TransactionContext } from '../kit/context.ts';
import { audit } from '../kit/events.ts';
import type { Caller } from '../staff/caller.ts';
import { createLogin } from '../staff/create-login.ts';
import { insertStaff } from '../staff/insert-staff.ts';
import { findInvitation, type InvitationRow, lockInvitation } from '../staff/invitation.ts';
import { checkNewPassword } from '../staff/new-password.ts';
import { findToken, invalidToken, spendToken } from '../staff/one-time-token.ts';
import { hashPassword } from '../staff/password.ts';
import { lockStaff } from '../staff/queries.ts';
import { customerName } from './present.ts';
import { findCustomer } from './queries.ts';
import { type NewSession, openSession } from './sign-in.ts';

/** What an invitation is to, for the page that asks for a name and a password. @throws Invalid `token_invalid` */
export async function readInvitation(ctx: Context, input: { token: string }) {
  const found = await findToken(ctx, 'invitation', input.token);
  const invitation = found && !found.spent ? await findInvitation(ctx.db, found.subjectId) : undefined;
  if (!invitation) throw invalidToken();
  const customer = invitation.customerId ? await findCustomer(ctx.db, invitation.customerId) : undefined;
  const { email, role } = invitation;
  return { email, role, customerName: customer ? customerName(customer) : null, own: customer?.email === email };
}

/**
 * Make the login somebody was invited to, and sign in. The link came by mail, so the address counts as confirmed.
 *
 * @throws Invalid `token_invalid`; `password_guessable`, and the link stays good
 * @throws Conflict `email_taken` when the address got a login of its own meanwhile
 */
export async function acceptInvitation(
  ctx: Context,
  input: { token: string; name: string; password: string; caller: Caller },
): Promise<NewSession> {
  const userId = await ctx.transaction(async (tx) => {
    const found = await findToken(tx, 'invitation', input.token);
    const invitation = found && (await lockInvitation(tx.db, found.subjectId));
    if (!invitation) throw invalidToken();
    // Spent first: who has no token gets no hashing done.
    await spendToken(tx, 'invitation', input.token);
    await checkNewPassword(tx, { password: input.password, about: [input.name, invitation.email] });
    const passwordHash = await hashPassword(input.password);
    return join(tx, invitation, { name: input.name, passwordHash });
  });
  return openSession(ctx, { userId, caller: input.caller });
}

async function join(
  tx: TransactionContext,
  { id, customerId, email, role }: InvitationRow,
  login: { name: string; passwordHash: string },
): Promise<string> {
  const createdAt = tx.clock.now();
  if (customerId === null) await lockStaff(tx.db);
  const userId = await createLogin(tx, { ...login, email, emailVerified: true });
  await tx.db.updateTable('invitation').set({ acceptedAt: createdAt }).where('id', '=', id).execute();
  if (customerId === null) {
    await insertStaff(tx, { userId, role: role as StaffRole });
  } else {
    await tx.db.insertInto('customerUser').values({ customerId, userId, role, createdAt }).execute();
    await audit(tx, 'customer.user_added', { kind: 'customer', id: customerId }, { after: { userId, email, role } });
  }
  return userId;
}
