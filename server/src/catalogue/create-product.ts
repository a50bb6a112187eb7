import { uuidv7 } from 'uuidv7';
import type { Context } from '../kit/context.ts';
import { audit } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import type { ProductInput } from './check-product.ts';
import { productColumns, refuseTakenSlug, replaceParts } from './save-product.ts';

/**
 * Add a product with its prices and options.
 *
 * @throws Invalid when the module is not loaded, its settings do not fit, or prices and options contradict each other
 */
export async function createProduct(ctx: Context, input: ProductInput): Promise<{ productId: string }> {
  allow(ctx.actor, 'catalogue:write');
  return ctx.transaction(async (tx) => {
    const columns = await productColumns(tx, input);
    const productId = uuidv7();
    await tx.db
      .insertInto('product')
      .values({ ...columns, id: productId, createdAt: tx.clock.now() })
      .execute()
      .catch(refuseTakenSlug);
    await replaceParts(tx, productId, input);
    await audit(tx, 'product.created', { kind: 'product', id: productId }, { after: { ...input } });
    return { productId };
  });
}
