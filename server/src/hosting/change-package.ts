import { priceItem } from '../catalogue/price-item.ts';
import type { OptionAnswers } from '../catalogue/product.ts';
import { findProducts } from '../catalogue/queries.ts';
import type { Cycle } from '../kit/calendar.ts';
import type { Context } from '../kit/context.ts';
import { Conflict, Invalid } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import type { OperationRow } from '../operations/queries.ts';
import { planAct } from './plan-act.ts';

/**
 * Plan the move of a service to another product of the same module and server group, at that product's price for the
 * service's own cycle and currency. The next renewal is at the new price.
 *
 * @throws Invalid `bad_item` when the product is not sold in the service's cycle and currency, or an option does not fit
 * @throws Conflict `other_server_group` when the product's accounts live elsewhere
 */
export async function changePackage(
  ctx: Context,
  input: { serviceId: string; productId: string; options: OptionAnswers; idempotencyKey?: string },
): Promise<OperationRow> {
  allow(ctx.actor, 'services:write');
  const { serviceId, idempotencyKey } = input;
  return planAct(ctx, { serviceId, action: 'changePackage', idempotencyKey }, async (tx, subject) => {
    const [product] = await findProducts(tx.db, [input.productId]);
    if (!product || product.archivedAt)
      throw new Invalid('unknown_product', { issues: [{ path: 'productId', message: 'is not a product on sale' }] });
    if (product.serverGroupId !== subject.serverGroupId || product.moduleId !== subject.moduleId) {
      throw new Conflict('other_server_group', { productId: product.id });
    }
    const wanted = {
      cycle: subject.cycle as Cycle,
      currency: subject.currency,
      domain: subject.domain,
      options: input.options,
    };
    const priced = priceItem(product, wanted, 'item');
    return {
      parameters: {
        productId: product.id,
        productName: product.name,
        recurringMinor: priced.recurringMinor.toString(),
        options: priced.optionValues,
      },
    };
  });
}
