import type { Context } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import type { ProductInput } from './check-product.ts';
import { asProductInput } from './present.ts';
import { findProducts, lockProducts } from './queries.ts';
import { productColumns, refuseTakenSlug, replaceParts } from './save-product.ts';

/**
 * Change a product as a whole: what is left out of prices and options is gone. Services sold before keep their price
 * and options; orders under way wait for the change or go first.
 *
 * @throws NotFound; Invalid as for a new product
 */
export async function writeProduct(ctx: Context, input: ProductInput & { productId: string }): Promise<void> {
  allow(ctx.actor, 'catalogue:write');
  const { productId, ...wanted } = input;
  await ctx.transaction(async (tx) => {
    await lockProducts(tx.db, [productId]);
    const [before] = await findProducts(tx.db, [productId]);
    if (!before) throw new NotFound('product_not_found');
    const columns = await productColumns(tx, wanted);
    await tx.db.updateTable('product').set(columns).where('id', '=', productId).execute().catch(refuseTakenSlug);
    await replaceParts(tx, productId, wanted);
    const change = { before: asProductInput(before), after: { ...wanted } };
    await audit(tx, 'product.changed', { kind: 'product', id: productId }, change);
  });
}
