import type { Context, TransactionContext } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { keyOwnerOf } from './key-owner.ts';
import { findKeyOf, type RevokedReason, revokeKeys } from './queries.ts';

/**
 * Make an own key stop working at once and for good. Asking twice is fine.
 *
 * @throws NotFound `api_key_not_found`, for keys of others as well
 */
export async function revokeApiKey(ctx: Context, input: { keyId: string }): Promise<void> {
  const owner = keyOwnerOf(ctx.actor);
  await ctx.transaction(async (tx) => {
    const key = await findKeyOf(tx.db, owner, input.keyId);
    if (!key) throw new NotFound('api_key_not_found');
    await revoke(tx, { id: key.id }, null);
  });
}

/** Revoke the keys somebody made who is shut out or gone. None is fine. */
export async function revokeKeysOf(tx: TransactionContext, userId: string, reason: RevokedReason): Promise<void> {
  await revoke(tx, { makerId: userId }, reason);
}

async function revoke(
  tx: TransactionContext,
  which: Parameters<typeof revokeKeys>[1],
  reason: RevokedReason | null,
): Promise<void> {
  const revoked = await revokeKeys(tx.db, which, { revokedAt: tx.clock.now(), revokedReason: reason });
  for (const { id, name, prefix } of revoked) {
    const change = { before: { name, prefix }, ...(reason === null ? {} : { after: { reason } }) };
    await audit(tx, 'api_key.revoked', { kind: 'api_key', id }, change);
  }
}
