/** Products and groups as the API shows them to staff. */
import type { Selectable } from 'kysely';
import type { z } from 'zod';
import type { ProductGroup } from '../kit/database.generated.ts';
import { toJson } from '../kit/endpoint.ts';
import type { Product } from './product.ts';
import type { productIn } from './schemas.ts';

export const asGroup = (row: Selectable<ProductGroup> & { products: bigint | null }) => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  description: row.description,
  position: row.position,
  hidden: row.hidden,
  products: Number(row.products ?? 0),
});

export const asProduct = (product: Product, facts: { moduleName: string; services: number }) => ({
  ...asProductInput(product),
  ...facts,
  id: product.id,
  groupName: product.groupName,
  options: product.options,
  createdAt: product.createdAt,
  updatedAt: product.updatedAt,
  archivedAt: product.archivedAt,
});

/** The form that would make this product again; also what the audit log keeps. */
export const asProductInput = (product: Product) =>
  toJson({
    productGroupId: product.productGroupId,
    slug: product.slug,
    name: product.name,
    tagline: product.tagline,
    description: product.description,
    features: product.features,
    moduleId: product.moduleId,
    moduleSettings: product.moduleSettings,
    serverGroupId: product.serverGroupId,
    withDns: product.withDns,
    withCertificate: product.withCertificate,
    withMailbox: product.withMailbox,
    withDatabase: product.withDatabase,
    stock: product.stock,
    hidden: product.hidden,
    position: product.position,
    prices: product.prices,
    options: product.options.map(({ id: _, ...option }) => option),
  }) as z.output<typeof productIn>; // bigint made number, the rest as it is
