import type { StaffRole } from '../kit/actor.ts';
import type { Context } from '../kit/context.ts';
import { allow } from '../kit/permissions.ts';
import { createLogin } from './create-login.ts';
import { insertStaff } from './insert-staff.ts';
import { checkNewPassword } from './new-password.ts';
import { hashPassword } from './password.ts';
import { lockStaff, type StaffRow } from './queries.ts';

/**
 * Add a member of staff, with a password for the first sign-in.
 *
 * @param input.email lower case
 * @throws Invalid `password_guessable`
 * @throws Conflict `email_taken` when a customer or a colleague signs in with this address
 */
export async function addStaff(
  ctx: Context,
  input: { name: string; email: string; password: string; role: StaffRole },
): Promise<StaffRow> {
  allow(ctx.actor, 'staff:write');
  await checkNewPassword(ctx, { password: input.password, about: [input.name, input.email] });
  const passwordHash = await hashPassword(input.password);
  return ctx.transaction(async (tx) => {
    await lockStaff(tx.db);
    const userId = await createLogin(tx, { name: input.name, email: input.email, passwordHash, emailVerified: true });
    return insertStaff(tx, { userId, role: input.role });
  });
}
