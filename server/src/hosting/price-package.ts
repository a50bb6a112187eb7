import { type PricedItem, priceItem } from '../catalogue/price-item.ts';
import type { OptionAnswers, Product } from '../catalogue/product.ts';
import { findProducts } from '../catalogue/queries.ts';
import type { Cycle } from '../kit/calendar.ts';
import type { Db } from '../kit/db.ts';
import { Conflict, Invalid } from '../kit/errors.ts';
import type { Subject } from './subject.ts';

/** Whose price is asked for: the cycle and currency stay those of the service. */
export type PackageHolder = Pick<Subject, 'cycle' | 'currency' | 'domain' | 'moduleId' | 'serverGroupId'>;

export interface WantedPackage {
  productId: string;
  options: OptionAnswers;
}

/**
 * What another package costs a service, at its own cycle and currency, from the stored product alone.
 *
 * @throws Invalid `unknown_product`, or `bad_item` when it is not sold in that cycle and currency or an option does not fit
 * @throws Conflict `other_server_group` when the product's accounts live elsewhere
 */
export async function pricePackage(db: Db, holder: PackageHolder, wanted: WantedPackage): Promise<PricedItem> {
  const [product] = await findProducts(db, [wanted.productId]);
  if (!product || product.archivedAt)
    throw new Invalid('unknown_product', { issues: [{ path: 'productId', message: 'is not a product on sale' }] });
  if (!livesBeside(product, holder)) throw new Conflict('other_server_group', { productId: product.id });
  const { domain, currency } = holder;
  const cycle = holder.cycle as Cycle; // only checked input is written
  return priceItem(product, { cycle, currency, domain, options: wanted.options }, 'item');
}

/** Whether an account may become one of the product where it is. */
export const livesBeside = (
  product: Pick<Product, 'moduleId' | 'serverGroupId'>,
  holder: Pick<PackageHolder, 'moduleId' | 'serverGroupId'>,
): boolean => product.serverGroupId === holder.serverGroupId && product.moduleId === holder.moduleId;
