import type { Context } from '../kit/context.ts';
import { Forbidden, Unauthenticated } from '../kit/errors.ts';
import { countAttempt } from '../staff/attempts.ts';
import type { Caller } from '../staff/caller.ts';
import { identifyUser } from '../staff/identify.ts';
import { type SessionUser, startSession } from '../staff/login.ts';
import { noteDevice } from '../staff/note-device.ts';
import { loginByPassword } from '../staff/password.ts';
import { checkSecondFactor } from '../staff/second-factor.ts';

/** A session that was just made, and what the browser keeps to be known again. */
export interface NewSession extends SessionUser {
  device: string;
}

/**
 * Sign in, customers and staff alike.
 *
 * @param input.email lower case
 * @param input.code of the second factor, for those who have one
 * @throws Unauthenticated `wrong_credentials`, the same for an unknown address and a wrong password; `code_required`
 *   and `wrong_code` when they are right
 * @throws Forbidden `login_disabled` when the password is right and the login was shut out
 * @throws TooManyRequests `too_many_attempts`, `too_many_codes`
 */
export async function signIn(
  ctx: Context,
  input: { email: string; password: string; code?: string | undefined; caller: Caller },
): Promise<NewSession> {
  const succeeded = countAttempt(ctx.app, 'signIn', { address: input.caller.address, login: input.email });
  const userId = await loginByPassword(ctx.db, input);
  if (userId === undefined) throw new Unauthenticated('wrong_credentials');
  await mustPass(ctx, { userId, code: input.code });
  succeeded();
  return openSession(ctx, { userId, caller: input.caller });
}

/**
 * What comes after the first factor, whichever it was.
 *
 * @throws Forbidden `login_disabled`
 * @throws Unauthenticated `code_required`, `wrong_code`
 * @throws TooManyRequests `too_many_codes`
 */
export async function mustPass(ctx: Context, input: { userId: string; code: string | undefined }): Promise<void> {
  if (!(await identifyUser(ctx.app, input.userId))) throw new Forbidden('login_disabled');
  const outcome = await checkSecondFactor(ctx, input);
  if (outcome !== 'passed') throw new Unauthenticated(outcome);
}

/** Start a session for somebody who has proved who they are, in a browser that may be new. */
export async function openSession(ctx: Context, input: { userId: string; caller: Caller }): Promise<NewSession> {
  const session = await startSession(ctx.app, input);
  return { ...session, device: await noteDevice(ctx, input) };
}
