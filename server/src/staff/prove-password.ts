import type { Context } from '../kit/context.ts';
import { Invalid } from '../kit/errors.ts';
import { countAttempt } from './attempts.ts';
import type { Caller } from './caller.ts';
import { isPasswordOf } from './password.ts';

/**
 * Ask somebody who is signed in for the password once more: what follows must not be done by whoever found the
 * browser open.
 *
 * @param input.path of the password in the request
 * @throws Invalid `wrong_password`
 * @throws TooManyRequests `too_many_attempts`
 */
export async function provePassword(
  ctx: Context,
  input: { userId: string; password: string; caller: Caller; path?: string },
): Promise<void> {
  const succeeded = countAttempt(ctx.app, 'proof', { address: input.caller.address, login: input.userId });
  if (!(await isPasswordOf(ctx.db, input.userId, input.password))) {
    throw new Invalid('wrong_password', {
      issues: [{ path: input.path ?? 'password', message: 'is not your password' }],
    });
  }
  succeeded();
}
