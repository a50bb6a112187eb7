/** Time-based one-time passwords, RFC 6238 with what authenticator apps expect: six digits, thirty seconds, SHA-1. */
import { randomBytes } from 'node:crypto';
import { createOTP } from '@better-auth/utils/otp';

const STEP_MS = 30_000;
/** Clocks of telephones go wrong, and people type slowly: one step to either side. */
const STEPS_AROUND = 1;
// More than the 160 bits the RFC asks for.
const SECRET_BYTES = 24;

export const createTotpSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');

/** What an authenticator app reads, as `otpauth://totp/...`; its `secret` can be typed in as well. */
export function totpUri(secret: string, label: { issuer: string; account: string }): string {
  // The library writes spaces as forms do; apps read an address, in which a plus is a plus.
  return createOTP(secret).url(label.issuer, label.account).replaceAll('+', '%20');
}

/** The step at which this code is shown, near an instant and after a step; `undefined` when it is at none. */
export async function stepOfCode(
  secret: string,
  code: string,
  near: { now: Date; after: bigint },
): Promise<bigint | undefined> {
  const present = Math.floor(near.now.getTime() / STEP_MS);
  for (let step = present - STEPS_AROUND; step <= present + STEPS_AROUND; step += 1) {
    if (step > near.after && (await createOTP(secret).hotp(step)) === code) return BigInt(step);
  }
  return undefined;
}
