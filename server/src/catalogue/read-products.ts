/** Groups and products as staff see them. */
import type { Context } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { type PageRequest, paginate } from '../kit/page.ts';
import { allow } from '../kit/permissions.ts';
import { searchPattern } from '../kit/search.ts';
import { asGroup, asProduct } from './present.ts';
import { findProducts, groupsWithCounts, liveServiceCounts } from './queries.ts';

export interface ProductFilter extends PageRequest {
  search?: string | undefined;
  state: 'on_sale' | 'hidden' | 'archived' | 'all';
  productGroupId?: string | undefined;
}

export async function listGroups(ctx: Context) {
  allow(ctx.actor, 'catalogue:read');
  return { items: (await groupsWithCounts(ctx.db).execute()).map(asGroup) };
}

/** @throws NotFound */
export async function readGroup(ctx: Context, groupId: string) {
  allow(ctx.actor, 'catalogue:read');
  const group = await groupsWithCounts(ctx.db).where('id', '=', groupId).executeTakeFirst();
  if (!group) throw new NotFound('product_group_not_found');
  return asGroup(group);
}

export async function listProducts(ctx: Context, filter: ProductFilter) {
  allow(ctx.actor, 'catalogue:read');
  let query = ctx.db.selectFrom('product').select(['id', 'name', 'position', 'createdAt']);
  if (filter.productGroupId) query = query.where('productGroupId', '=', filter.productGroupId);
  const words = searchPattern(filter.search ?? '');
  if (filter.search) query = query.where((eb) => eb.or([eb('name', 'ilike', words), eb('slug', 'ilike', words)]));
  if (filter.state === 'archived') query = query.where('archivedAt', 'is not', null);
  if (filter.state === 'on_sale' || filter.state === 'hidden') {
    query = query.where('archivedAt', 'is', null).where('hidden', '=', filter.state === 'hidden');
  }
  const page = await paginate(query, filter, {
    db: ctx.db,
    id: 'id',
    sortable: { name: 'name', position: 'position', createdAt: 'createdAt' },
    fallback: 'position',
  });
  return {
    ...page,
    items: await presentProducts(
      ctx,
      page.items.map(({ id }) => id),
    ),
  };
}

/** @throws NotFound */
export async function readProduct(ctx: Context, productId: string) {
  allow(ctx.actor, 'catalogue:read');
  const [product] = await presentProducts(ctx, [productId]);
  if (!product) throw new NotFound('product_not_found');
  return product;
}

async function presentProducts(ctx: Context, ids: string[]) {
  const services = await liveServiceCounts(ctx.db, ids);
  return (await findProducts(ctx.db, ids)).map((product) =>
    asProduct(product, {
      moduleName: ctx.app.modules.get(product.moduleId)?.name ?? product.moduleId,
      services: services.get(product.id) ?? 0,
    }),
  );
}
