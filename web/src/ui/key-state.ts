/** Whether an API key works, for its badge. */
export function keyState(key: {
  revokedAt: string | null;
  expiresAt: string | null;
}): 'active' | 'revoked' | 'expired' {
  if (key.revokedAt) return 'revoked';
  return key.expiresAt && Date.parse(key.expiresAt) <= Date.now() ? 'expired' : 'active';
}
