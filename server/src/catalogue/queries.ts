/** SQL for product groups, products, their prices and options. */
import { sql } from 'kysely';
import type { Cycle } from '../kit/calendar.ts';
import type { Db, Tx } from '../kit/db.ts';
import type { FieldValues } from '../kit/declared-fields.ts';
import type { OptionValue, Price, Product, ProductOption } from './product.ts';

const LIVE_SERVICE_STATES = ['pending', 'active', 'suspended'];

/**
 * Products with all their parts, in the order of `ids`; those that do not exist are left out.
 * Prices come shortest cycle first.
 */
export async function findProducts(db: Db, ids: readonly string[]): Promise<Product[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('product')
    .innerJoin('productGroup', 'productGroup.id', 'product.productGroupId')
    .selectAll('product')
    .select('productGroup.name as groupName')
    .where('product.id', 'in', [...new Set(ids)])
    .execute();
  const prices = await db
    .selectFrom('productPrice')
    .select(['productId', 'currency', 'cycle', 'amountMinor', 'setupMinor'])
    .where('productId', 'in', ids)
    .orderBy('currency')
    .orderBy(cyclePosition())
    .execute();
  const options = await optionsOf(db, ids);
  const byId = new Map(
    rows.map((row): [string, Product] => [
      row.id,
      {
        ...row,
        moduleSettings: row.moduleSettings as FieldValues,
        prices: prices.filter(({ productId }) => productId === row.id).map(asPrice),
        options: options.filter(({ productId }) => productId === row.id).map(({ productId: _, ...option }) => option),
      },
    ]),
  );
  return ids.flatMap((id) => byId.get(id) ?? []);
}

async function optionsOf(db: Db, productIds: readonly string[]): Promise<(ProductOption & { productId: string })[]> {
  const options = await db
    .selectFrom('productOption')
    .selectAll()
    .where('productId', 'in', productIds)
    .orderBy('position')
    .orderBy('id')
    .execute();
  if (options.length === 0) return [];
  const ids = options.map((option) => option.id);
  const values = await db
    .selectFrom('productOptionValue')
    .selectAll()
    .where('productOptionId', 'in', ids)
    .orderBy('position')
    .orderBy('id')
    .execute();
  const prices = await db
    .selectFrom('productOptionPrice')
    .innerJoin('productOptionValue', 'productOptionValue.id', 'productOptionPrice.productOptionValueId')
    .select(['productOptionValueId', 'currency', 'cycle', 'amountMinor', 'setupMinor'])
    .where('productOptionValue.productOptionId', 'in', ids)
    .orderBy('currency')
    .orderBy(cyclePosition())
    .execute();
  const valuesOf = (optionId: string): OptionValue[] =>
    values
      .filter((value) => value.productOptionId === optionId)
      .map(({ id, value, label, isDefault }) => ({
        value,
        label,
        isDefault,
        prices: prices.filter((price) => price.productOptionValueId === id).map(asPrice),
      }));
  return options.map(({ position: _, kind, ...option }) => ({
    ...option,
    kind: kind as ProductOption['kind'], // the column's check constraint
    values: valuesOf(option.id),
  }));
}

const asPrice = (row: { currency: string; cycle: string; amountMinor: bigint; setupMinor: bigint }): Price => ({
  currency: row.currency,
  cycle: row.cycle as Cycle, // only checked input is written
  amountMinor: row.amountMinor,
  setupMinor: row.setupMinor,
});

function cyclePosition() {
  return sql`array_position(array['free','one-time','monthly','quarterly','semi-annually','annually','biennially','triennially'], cycle)`;
}

/**
 * Hold products until the end of the transaction, so that stock and prices stand still. Always in the order of their
 * ids, so that two orders for the same products queue instead of stopping each other.
 */
export async function lockProducts(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.selectFrom('product').select('id').where('id', 'in', ids).orderBy('id').forNoKeyUpdate().execute();
}

/** How many live services each product has. */
export async function liveServiceCounts(db: Db, productIds: readonly string[]): Promise<Map<string, number>> {
  if (productIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('service')
    .select(['productId', sql<bigint>`count(*)`.as('count')])
    .where('productId', 'in', productIds)
    .where('state', 'in', LIVE_SERVICE_STATES)
    .groupBy('productId')
    .execute();
  return new Map(rows.map((row) => [row.productId, Number(row.count)]));
}

export const groupsWithCounts = (db: Db) =>
  db
    .selectFrom('productGroup')
    .selectAll()
    .select((eb) =>
      eb
        .selectFrom('product')
        .select(sql<bigint>`count(*)`.as('count'))
        .whereRef('product.productGroupId', '=', 'productGroup.id')
        .where('product.archivedAt', 'is', null)
        .as('products'),
    )
    .orderBy('position')
    .orderBy('name');

/** Ids of what the store lists: on sale, in groups that are shown. */
export const listedProducts = (db: Db) =>
  db
    .selectFrom('product')
    .innerJoin('productGroup', 'productGroup.id', 'product.productGroupId')
    .select('product.id')
    .where('product.archivedAt', 'is', null)
    .where('product.hidden', '=', false)
    .where('productGroup.hidden', '=', false)
    .orderBy('productGroup.position')
    .orderBy('product.position')
    .orderBy('product.name')
    .execute();
