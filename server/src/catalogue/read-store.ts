/** What visitors see: groups and products on sale, in one currency. */
import type { Context } from '../kit/context.ts';
import { asFields } from '../kit/declared-fields.ts';
import { NotFound } from '../kit/errors.ts';
import { readShopSettings } from '../staff/settings.ts';
import type { Price, Product } from './product.ts';
import { findProducts, groupsWithCounts, listedProducts } from './queries.ts';
import { savingPercent } from './saving.ts';

/**
 * Everything on sale in a currency. Hidden products and groups are left out, and so is what has no price in it.
 *
 * @param input.currency the shop's default when not given or not one of the shop's
 */
export async function readStore(ctx: Context, input: { currency?: string | undefined }) {
  const { currencies } = await readShopSettings(ctx.db);
  const currency = pickCurrency(currencies, input.currency);
  const ids = await listedProducts(ctx.db);
  const products = await findProducts(
    ctx.db,
    ids.map(({ id }) => id),
  );
  const groups = await groupsWithCounts(ctx.db).where('hidden', '=', false).execute();
  const shown = groups.map(({ id, slug, name, description }) => ({
    id,
    slug,
    name,
    description,
    products: products
      .filter((product) => product.productGroupId === id && product.prices.some((price) => price.currency === currency))
      .map((product) => asStoreProduct(product, currency)),
  }));
  return { currency, groups: shown.filter(({ products: sold }) => sold.length > 0) };
}

/**
 * One product with its options and what the customer is asked. Hidden ones are found by their link.
 *
 * @param input.currency when the product has no price in it: the shop's default, else the first the product has
 * @throws NotFound for an archived product too
 */
export async function readStoreProduct(ctx: Context, input: { slug: string; currency?: string | undefined }) {
  const found = await ctx.db
    .selectFrom('product')
    .select('id')
    .where('slug', '=', input.slug)
    .where('archivedAt', 'is', null)
    .executeTakeFirst();
  const [product] = found ? await findProducts(ctx.db, [found.id]) : [];
  if (!product) throw new NotFound('product_not_found');
  const { currencies } = await readShopSettings(ctx.db);
  const priced = currencies.filter((code) => product.prices.some((price) => price.currency === code));
  const currency = pickCurrency(priced.length > 0 ? priced : currencies, input.currency);
  return {
    ...asStoreProduct(product, currency),
    currency,
    description: product.description,
    groupName: product.groupName,
    options: product.options.map(({ id: _, ...option }) => ({
      ...option,
      values: option.values.map((value) => ({ ...value, prices: pricesIn(value.prices, currency) })),
    })),
    orderFields: asFields(ctx.app.modules.get(product.moduleId)?.order ?? {}),
  };
}

const asStoreProduct = (product: Product, currency: string) => ({
  id: product.id,
  slug: product.slug,
  name: product.name,
  tagline: product.tagline,
  features: product.features,
  inStock: product.stock === null || product.stock > 0,
  stockLeft: product.stock,
  prices: pricesIn(product.prices, currency).map((price, _, offered) => ({
    ...price,
    savingPercent: savingPercent(price, offered),
  })),
});

const pricesIn = (prices: Price[], currency: string) =>
  prices
    .filter((price) => price.currency === currency)
    .map(({ cycle, amountMinor, setupMinor }) => ({ cycle, amountMinor, setupMinor }));

/** @param sold never empty; the first is the default */
function pickCurrency(sold: readonly string[], asked: string | undefined): string {
  const currency = sold.find((code) => code === asked) ?? sold[0];
  if (currency === undefined) throw new Error('The shop has no currency.');
  return currency;
}
