import type { Api } from '../../api/types.ts';

/** Where a product stands for customers, as one word of the state table. */
export function saleState(product: Pick<Api<'Product'>, 'archivedAt' | 'hidden'>): 'archived' | 'hidden' | 'on_sale' {
  if (product.archivedAt) return 'archived';
  return product.hidden ? 'hidden' : 'on_sale';
}
