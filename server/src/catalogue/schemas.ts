import { z } from '@hono/zod-openapi';
import { endpoint } from '../kit/endpoint.ts';
import {
  blankLine,
  currency,
  cycle,
  fieldOut,
  fieldValues,
  id,
  idParams,
  instant,
  line,
  listQuery,
  minor,
  minorInput,
  pageOf,
  slug,
} from '../kit/shapes.ts';

const tag = 'Catalogue';

export const priceIn = z.object({ currency, cycle, amountMinor: minorInput, setupMinor: minorInput.default(0) });
const priceOut = z.object({ currency, cycle, amountMinor: minor, setupMinor: minor }).openapi('Price');

const groupIn = z.object({
  slug,
  name: line(),
  description: blankLine(2000),
  position: z.int().default(0),
  hidden: z.boolean().default(false),
});
const groupOut = z.object({ id, ...groupIn.shape, products: z.int() }).openapi('ProductGroup');

/** `choice`: one row per value. `yes_no`: one row with value `yes`. `quantity`: one row with value `each`. */
const optionIn = z.object({
  code: z
    .string()
    .regex(/^[a-zA-Z][a-zA-Z0-9_]{0,59}$/, 'letters, digits and _; equal to a module setting it overrides it'),
  name: line(),
  help: blankLine(500),
  kind: z.enum(['choice', 'yes_no', 'quantity']),
  minQuantity: z.int().min(0).max(10_000).default(0),
  maxQuantity: z.int().min(1).max(10_000).default(1),
  values: z
    .array(
      z.object({
        value: z.string().min(1).max(200),
        label: line(),
        isDefault: z.boolean().default(false),
        prices: z.array(priceIn),
      }),
    )
    .min(1)
    .max(100),
});
const optionOut = z
  .object({
    ...optionIn.omit({ values: true }).shape,
    id,
    values: z.array(
      z.object({ value: z.string(), label: z.string(), isDefault: z.boolean(), prices: z.array(priceOut) }),
    ),
  })
  .openapi('ProductOption');

export const productIn = z.object({
  productGroupId: id,
  slug,
  name: line(),
  tagline: blankLine(200),
  description: blankLine(10_000),
  features: z.array(line()).max(30).default([]),
  moduleId: z.string().max(40),
  moduleSettings: fieldValues.default({}),
  serverGroupId: id,
  withDns: z.boolean().default(true),
  withCertificate: z.boolean().default(true),
  withMailbox: z.boolean().default(true),
  withDatabase: z.boolean().default(false),
  stock: z.int().min(0).nullable().default(null).openapi({ description: 'Left to sell; null is without limit.' }),
  hidden: z.boolean().default(false).openapi({ description: 'Not in the store, but sold by its link.' }),
  position: z.int().default(0),
  prices: z.array(priceIn).max(200),
  options: z.array(optionIn).max(50).default([]),
});
export const productOut = z
  .object({
    ...productIn.shape,
    id,
    moduleName: z.string(),
    groupName: z.string(),
    prices: z.array(priceOut),
    options: z.array(optionOut),
    services: z.int().openapi({ description: 'Live services of this product.' }),
    createdAt: instant,
    updatedAt: instant,
    archivedAt: instant.nullable(),
  })
  .openapi('Product');

export const listGroups = endpoint({
  method: 'get',
  path: '/product-groups',
  tag,
  access: 'catalogue:read',
  summary: 'Product groups',
  ok: z.object({ items: z.array(groupOut) }),
});
export const createGroup = endpoint({
  method: 'post',
  path: '/product-groups',
  tag,
  access: 'catalogue:write',
  summary: 'Add a product group',
  status: 201,
  body: groupIn,
  ok: groupOut,
});
export const writeGroup = endpoint({
  method: 'put',
  path: '/product-groups/{id}',
  tag,
  access: 'catalogue:write',
  summary: 'Change a product group',
  params: idParams,
  body: groupIn,
  ok: groupOut,
});

export const listProducts = endpoint({
  method: 'get',
  path: '/products',
  tag,
  access: 'catalogue:read',
  summary: 'Products',
  query: listQuery.extend({
    state: z.enum(['on_sale', 'hidden', 'archived', 'all']).default('all'),
    productGroupId: id.optional(),
  }),
  ok: pageOf(productOut),
});
export const readProduct = endpoint({
  method: 'get',
  path: '/products/{id}',
  tag,
  access: 'catalogue:read',
  summary: 'A product',
  params: idParams,
  ok: productOut,
});
export const createProduct = endpoint({
  method: 'post',
  path: '/products',
  tag,
  access: 'catalogue:write',
  summary: 'Add a product',
  status: 201,
  body: productIn,
  ok: productOut,
});
export const writeProduct = endpoint({
  method: 'put',
  path: '/products/{id}',
  tag,
  access: 'catalogue:write',
  summary: 'Change a product, its prices and options',
  params: idParams,
  body: productIn,
  ok: productOut,
});
export const archiveProduct = endpoint({
  method: 'post',
  path: '/products/{id}/archive',
  tag,
  access: 'catalogue:write',
  summary: 'Take a product off sale for good; its services go on',
  params: idParams,
  ok: productOut,
});
export const restoreProduct = endpoint({
  method: 'post',
  path: '/products/{id}/restore',
  tag,
  access: 'catalogue:write',
  summary: 'Put an archived product back',
  params: idParams,
  ok: productOut,
});

// Store
const storeProduct = z
  .object({
    id,
    slug: z.string(),
    name: z.string(),
    tagline: z.string(),
    features: z.array(z.string()),
    inStock: z.boolean(),
    stockLeft: z.int().nullable(),
    prices: z
      .array(
        z.object({
          cycle,
          amountMinor: minor,
          setupMinor: minor,
          savingPercent: z
            .int()
            .openapi({ description: 'Less than the same time at the shortest cycle, set-up fees aside.' }),
        }),
      )
      .openapi({ description: 'In the currency asked for, shortest cycle first.' }),
  })
  .openapi('StoreProduct');
const currencyQuery = z.object({
  currency: currency.optional().openapi({ description: "The shop's default when not given." }),
});

export const readStore = endpoint({
  method: 'get',
  path: '/store',
  tag: 'Store',
  access: 'public',
  summary: 'What is on sale',
  query: currencyQuery,
  ok: z.object({
    currency,
    groups: z.array(
      z.object({ id, slug: z.string(), name: z.string(), description: z.string(), products: z.array(storeProduct) }),
    ),
  }),
});
export const readStoreProduct = endpoint({
  method: 'get',
  path: '/store/products/{slug}',
  tag: 'Store',
  access: 'public',
  summary: 'One product with options and order fields',
  params: z.object({ slug }),
  query: currencyQuery,
  ok: storeProduct
    .extend({
      currency,
      description: z.string(),
      groupName: z.string(),
      options: z.array(
        z.object({
          code: z.string(),
          name: z.string(),
          help: z.string(),
          kind: z.enum(['choice', 'yes_no', 'quantity']),
          minQuantity: z.int(),
          maxQuantity: z.int(),
          values: z.array(
            z.object({
              value: z.string(),
              label: z.string(),
              isDefault: z.boolean(),
              prices: z.array(z.object({ cycle, amountMinor: minor, setupMinor: minor })),
            }),
          ),
        }),
      ),
      orderFields: z.array(fieldOut),
    })
    .openapi('StoreProductDetail'),
});
