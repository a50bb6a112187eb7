import type { Context } from '../kit/context.ts';
import { Forbidden, Unauthenticated } from '../kit/errors.ts';
import { countAttempt } from '../staff/attempts.ts';
import { identifyUser } from '../staff/identify.ts';
import { type Caller, endSession, type SessionUser, startSession } from '../staff/login.ts';

/**
 * Sign in, customers and staff alike.
 *
 * @param input.email lower case
 * @throws Unauthenticated `wrong_credentials`, the same for an unknown address and a wrong password
 * @throws Forbidden `login_disabled` when the password is right and the login was shut out
 * @throws TooManyRequests `too_many_attempts`
 */
export async function signIn(
  ctx: Context,
  input: { email: string; password: string; caller: Caller },
): Promise<SessionUser> {
  const succeeded = countAttempt(ctx.app, 'signIn', { address: input.caller.address, email: input.email });
  const session = await startSession(ctx.app, input);
  if (!session) throw new Unauthenticated('wrong_credentials');
  if (!(await identifyUser(ctx.app, session.userId))) {
    await endSession(ctx.app, session.cookies.map((cookie) => cookie.split(';')[0]).join('; '));
    throw new Forbidden('login_disabled');
  }
  succeeded();
  return session;
}
