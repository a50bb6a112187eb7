import type { Context } from '../kit/context.ts';
import { audit } from '../kit/events.ts';
import type { Caller } from './caller.ts';
import { checkNewPassword } from './new-password.ts';
import { hashPassword } from './password.ts';
import { personOf } from './person.ts';
import { provePassword } from './prove-password.ts';
import { findLoginUser } from './queries.ts';
import { writePassword } from './write-password.ts';

/**
 * Change one's own password while signed in. Every other session ends.
 *
 * @throws Invalid `wrong_password` about `currentPassword`; `password_guessable`
 * @throws TooManyRequests `too_many_attempts`
 */
export async function changePassword(
  ctx: Context,
  input: { currentPassword: string; password: string; sessionId: string | undefined; caller: Caller },
): Promise<void> {
  const userId = personOf(ctx.actor);
  const { caller } = input;
  await provePassword(ctx, { userId, password: input.currentPassword, caller, path: 'currentPassword' });
  const login = await findLoginUser(ctx.db, userId);
  await checkNewPassword(ctx, { password: input.password, about: login ? [login.name, login.email] : [] });
  const passwordHash = await hashPassword(input.password);
  await ctx.transaction(async (tx) => {
    await writePassword(tx, { userId, passwordHash, keepSession: input.sessionId });
    await audit(tx, 'login.password_changed', { kind: 'login', id: userId });
  });
}
