import type { Api } from '../api/types.ts';

/** Why a key was revoked that nobody revoked by itself. */
export const WHY_REVOKED = {
  user_removed: 'The user who made it was removed',
  staff_disabled: 'Your login was disabled',
} satisfies Record<NonNullable<Api<'ApiKey'>['revokedReason']>, string>;

/** Whether an API key works, for its badge. */
export function keyState(key: {
  revokedAt: string | null;
  expiresAt: string | null;
}): 'active' | 'revoked' | 'expired' {
  if (key.revokedAt) return 'revoked';
  return key.expiresAt && Date.parse(key.expiresAt) <= Date.now() ? 'expired' : 'active';
}
