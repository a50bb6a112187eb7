/** The catalogue for staff, and the store. */
import type { AddRoute } from '../kit/endpoint.ts';
import { archiveProduct, restoreProduct } from './archive-product.ts';
import { createProduct } from './create-product.ts';
import { listGroups, listProducts, readGroup, readProduct } from './read-products.ts';
import { readStore, readStoreProduct } from './read-store.ts';
import * as schemas from './schemas.ts';
import { createGroup, writeGroup } from './write-group.ts';
import { writeProduct } from './write-product.ts';

export function catalogueRoutes(add: AddRoute): void {
  add(schemas.listGroups, (ctx) => listGroups(ctx));
  add(schemas.createGroup, async (ctx, { body }) => readGroup(ctx, (await createGroup(ctx, body)).groupId));
  add(schemas.writeGroup, async (ctx, { params, body }) => {
    await writeGroup(ctx, { ...body, groupId: params.id });
    return readGroup(ctx, params.id);
  });

  add(schemas.listProducts, (ctx, { query }) => listProducts(ctx, query));
  add(schemas.readProduct, (ctx, { params }) => readProduct(ctx, params.id));
  add(schemas.createProduct, async (ctx, { body }) => readProduct(ctx, (await createProduct(ctx, body)).productId));
  add(schemas.writeProduct, async (ctx, { params, body }) => {
    await writeProduct(ctx, { ...body, productId: params.id });
    return readProduct(ctx, params.id);
  });
  add(schemas.archiveProduct, async (ctx, { params }) => {
    await archiveProduct(ctx, { productId: params.id });
    return readProduct(ctx, params.id);
  });
  add(schemas.restoreProduct, async (ctx, { params }) => {
    await restoreProduct(ctx, { productId: params.id });
    return readProduct(ctx, params.id);
  });

  add(schemas.readStore, (ctx, { query }) => readStore(ctx, query));
  add(schemas.readStoreProduct, (ctx, { params, query }) => readStoreProduct(ctx, { ...query, ...params }));
}
