import type { Context } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { keyOwnerOf } from './key-owner.ts';
import { findKeyOf } from './queries.ts';

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
    const revoked = await tx.db
      .updateTable('apiKey')
      .set({ revokedAt: tx.clock.now() })
      .where('id', '=', key.id)
      .where('revokedAt', 'is', null)
      .executeTakeFirst();
    if (revoked.numUpdatedRows > 0n) {
      await audit(
        tx,
        'api_key.revoked',
        { kind: 'api_key', id: key.id },
        { before: { name: key.name, prefix: key.prefix } },
      );
    }
  });
}
