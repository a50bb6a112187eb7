import type { TransactionContext } from '../kit/context.ts';
import { Conflict } from '../kit/errors.ts';

/**
 * Take one of each product from stock; a product listed twice is taken twice. The caller holds the products. What has
 * no limit is never used up.
 *
 * @throws Conflict `out_of_stock` naming the first product there is not enough of; the caller rolls back
 */
export async function takeStock(tx: TransactionContext, productIds: readonly string[]): Promise<void> {
  const wanted = new Map<string, number>();
  for (const id of productIds) wanted.set(id, (wanted.get(id) ?? 0) + 1);
  for (const [productId, count] of wanted) {
    const product = await tx.db
      .selectFrom('product')
      .select(['name', 'stock'])
      .where('id', '=', productId)
      .executeTakeFirstOrThrow();
    if (product.stock === null) continue;
    if (product.stock < count) {
      throw new Conflict('out_of_stock', { productId, productName: product.name, stockLeft: product.stock });
    }
    await tx.db
      .updateTable('product')
      .set({ stock: product.stock - count })
      .where('id', '=', productId)
      .execute();
  }
}
