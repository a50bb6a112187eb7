import type { Action } from '../kit/action-names.ts';
import type { Context } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { findProducts, lockProducts } from './queries.ts';

/** Take a product off sale. Its services go on, and it can be restored; asking twice is fine. @throws NotFound */
export const archiveProduct = (ctx: Context, input: { productId: string }) =>
  setArchived(ctx, input.productId, { archived: true, action: 'product.archived' });

/** Put an archived product back as it was; asking twice is fine. @throws NotFound */
export const restoreProduct = (ctx: Context, input: { productId: string }) =>
  setArchived(ctx, input.productId, { archived: false, action: 'product.restored' });

async function setArchived(
  ctx: Context,
  productId: string,
  wanted: { archived: boolean; action: Action },
): Promise<void> {
  allow(ctx.actor, 'catalogue:write');
  await ctx.transaction(async (tx) => {
    await lockProducts(tx.db, [productId]);
    const [product] = await findProducts(tx.db, [productId]);
    if (!product) throw new NotFound('product_not_found');
    if ((product.archivedAt !== null) === wanted.archived) return;
    const now = tx.clock.now();
    await tx.db
      .updateTable('product')
      .set({ archivedAt: wanted.archived ? now : null, updatedAt: now })
      .where('id', '=', productId)
      .execute();
    await audit(tx, wanted.action, { kind: 'product', id: productId });
  });
}
