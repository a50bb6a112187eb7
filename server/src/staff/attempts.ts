/**
 * How often somebody may try to prove who they are, or have a mail sent. Every count includes the caller's address, so
 * that nobody can lock a victim out from elsewhere.
 */
import type { App } from '../kit/context.ts';
import { countUse, type Limit, networkOf } from '../kit/rate-limit.ts';

const QUARTER_HOUR = 15 * 60;
const inQuarterHour = (most: number): Limit => ({ most, windowSeconds: QUARTER_HOUR });

/** `perAddress` stops one machine that tries many logins, `perLogin` one that tries many passwords. */
const LIMITS = {
  signIn: { perAddress: inQuarterHour(100), perLogin: inQuarterHour(10) },
  signUp: { perAddress: inQuarterHour(40), perLogin: inQuarterHour(10) },
  forgotPassword: { perAddress: inQuarterHour(20), perLogin: inQuarterHour(5) },
  signInLink: { perAddress: inQuarterHour(20), perLogin: inQuarterHour(5) },
  /** A password or a code asked for once more of somebody who is signed in. */
  proof: { perAddress: inQuarterHour(100), perLogin: inQuarterHour(10) },
} satisfies Record<string, { perAddress: Limit; perLogin: Limit }>;

/**
 * Count an attempt before it is made, so that many at once do not slip through.
 *
 * @param who.address the caller's IP address; of IPv6 the first 64 bits count
 * @param who.login what is tried: an e-mail address, or the id of a login
 * @returns a function to call when the attempt succeeded: then it does not count, nor do failures on this login before
 * @throws TooManyRequests `too_many_attempts`
 */
export function countAttempt(app: App, kind: keyof typeof LIMITS, who: { address: string; login: string }): () => void {
  const network = networkOf(who.address);
  const { perAddress, perLogin } = LIMITS[kind];
  const address = countUse(app, `${kind} ${network}`, perAddress, 'too_many_attempts');
  const login = countUse(app, `${kind} ${network} ${who.login}`, perLogin, 'too_many_attempts');
  return () => {
    address.forgive();
    login.forget();
  };
}
