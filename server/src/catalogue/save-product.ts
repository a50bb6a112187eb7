/** Rows of a product as its form says, prices and options replaced as a whole. */
import { uuidv7 } from 'uuidv7';
import type { TransactionContext } from '../kit/context.ts';
import { Invalid } from '../kit/errors.ts';
import { isTaken } from '../kit/unique.ts';
import { checkProduct, type ProductInput } from './check-product.ts';

/**
 * Check everything a product points at and give its columns.
 * @throws Invalid naming what does not fit
 */
export async function productColumns(tx: TransactionContext, input: ProductInput) {
  const { prices: _prices, options: _options, moduleSettings: _settings, ...columns } = input;
  const settings = checkProduct(input, tx.app.modules.get(input.moduleId));
  const group = await tx.db
    .selectFrom('productGroup')
    .select('id')
    .where('id', '=', input.productGroupId)
    .executeTakeFirst();
  if (!group) throw missing('productGroupId', 'product group');
  const servers = await tx.db
    .selectFrom('serverGroup')
    .select('id')
    .where('id', '=', input.serverGroupId)
    .executeTakeFirst();
  if (!servers) throw missing('serverGroupId', 'server group');
  return { ...columns, moduleSettings: JSON.stringify(settings), updatedAt: tx.clock.now() };
}

/** @throws Invalid `slug_taken` in place of the database's own words */
export function refuseTakenSlug(error: unknown): never {
  if (!isTaken(error, ['product_slug_key', 'product_group_slug_key'])) throw error;
  throw new Invalid('slug_taken', { issues: [{ path: 'slug', message: 'is used already' }] });
}

/**
 * Replace the prices and options of a product. An option keeps its id as long as it keeps its code.
 * Nothing else points at these rows: services and invoices keep what they were sold.
 */
export async function replaceParts(tx: TransactionContext, productId: string, input: ProductInput): Promise<void> {
  const before = await tx.db
    .selectFrom('productOption')
    .select(['id', 'code'])
    .where('productId', '=', productId)
    .execute();
  await tx.db.deleteFrom('productPrice').where('productId', '=', productId).execute();
  await tx.db.deleteFrom('productOption').where('productId', '=', productId).execute();

  const idOf = new Map(before.map(({ code, id }) => [code, id]));
  const options = input.options.map((option, position) => ({
    ...option,
    position,
    id: idOf.get(option.code) ?? uuidv7(),
  }));
  const values = options.flatMap((option) =>
    option.values.map((value, position) => ({ ...value, position, id: uuidv7(), productOptionId: option.id })),
  );
  const prices = values.flatMap((value) => value.prices.map((price) => ({ ...price, productOptionValueId: value.id })));

  if (input.prices.length > 0) {
    await tx.db
      .insertInto('productPrice')
      .values(input.prices.map((price) => ({ ...price, productId })))
      .execute();
  }
  if (options.length > 0) {
    await tx.db
      .insertInto('productOption')
      .values(options.map(({ values: _, ...option }) => ({ ...option, productId })))
      .execute();
    await tx.db
      .insertInto('productOptionValue')
      .values(values.map(({ prices: _, ...value }) => value))
      .execute();
  }
  if (prices.length > 0) await tx.db.insertInto('productOptionPrice').values(prices).execute();
}

const missing = (path: string, what: string) =>
  new Invalid('bad_product', { issues: [{ path, message: `there is no such ${what}` }] });
