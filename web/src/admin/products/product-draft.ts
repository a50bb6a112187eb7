import type { Api, InputOf } from '../../api/types.ts';
import { declaredValues, filledIn } from '../../ui/declared-fields.tsx';
import { slugOf } from '../shared/slug.ts';

type Body = InputOf<'/api/v1/products', 'post'>['body'];
type Price = Api<'Price'>;

export interface OptionValueDraft {
  value: string;
  label: string;
  isDefault: boolean;
  prices: Price[];
}

export interface OptionDraft {
  code: string;
  name: string;
  help: string;
  kind: Api<'ProductOption'>['kind'];
  minQuantity: number;
  maxQuantity: number;
  values: OptionValueDraft[];
}

/** What the product form holds; blank numbers are '' while somebody types. */
export interface ProductDraft extends Record<string, unknown> {
  productGroupId: string;
  slug: string;
  name: string;
  tagline: string;
  description: string;
  features: string[];
  moduleId: string;
  moduleSettings: Body['moduleSettings'] & object;
  serverGroupId: string;
  withDns: boolean;
  withCertificate: boolean;
  withMailbox: boolean;
  withDatabase: boolean;
  stock: number | '';
  hidden: boolean;
  position: number | '';
  prices: Price[];
  options: OptionDraft[];
}

/** The form of a stored product, or of a new one in the first groups there are. */
export function draftOf(
  product: Api<'Product'> | null,
  module: Api<'Module'> | undefined,
  first: { productGroupId: string; serverGroupId: string },
): ProductDraft {
  return {
    productGroupId: product?.productGroupId ?? first.productGroupId,
    slug: product?.slug ?? '',
    name: product?.name ?? '',
    tagline: product?.tagline ?? '',
    description: product?.description ?? '',
    features: product?.features ?? [],
    moduleId: product?.moduleId ?? module?.id ?? '',
    moduleSettings: declaredValues(module?.productFields ?? [], product?.moduleSettings),
    serverGroupId: product?.serverGroupId ?? first.serverGroupId,
    withDns: product?.withDns ?? true,
    withCertificate: product?.withCertificate ?? true,
    withMailbox: product?.withMailbox ?? true,
    withDatabase: product?.withDatabase ?? false,
    stock: product?.stock ?? '',
    hidden: product?.hidden ?? false,
    position: product?.position ?? 0,
    prices: product?.prices ?? [],
    options: (product?.options ?? []).map(
      ({ code, name, help = '', kind, minQuantity = 0, maxQuantity = 1, values }) => ({
        code,
        name,
        help,
        kind,
        minQuantity,
        maxQuantity,
        values,
      }),
    ),
  };
}

export const bodyOf = (draft: ProductDraft): Body => ({
  ...draft,
  slug: draft.slug || slugOf(draft.name),
  features: draft.features.map((feature) => feature.trim()).filter(Boolean),
  moduleSettings: filledIn(draft.moduleSettings),
  stock: draft.stock === '' ? null : draft.stock,
  position: Number(draft.position),
});

/** A new option of a kind, with the values that kind needs. */
export function newOption(kind: OptionDraft['kind']): OptionDraft {
  const value = (code: string, label: string): OptionValueDraft => ({
    value: code,
    label,
    isDefault: false,
    prices: [],
  });
  const option = { code: '', name: '', help: '', kind, minQuantity: 0, maxQuantity: 1 };
  switch (kind) {
    case 'choice':
      return { ...option, values: [{ ...value('', ''), isDefault: true }] };
    case 'yes_no':
      return { ...option, values: [value('yes', 'Yes')] };
    case 'quantity':
      return { ...option, maxQuantity: 10, values: [value('each', 'Each')] };
    default:
      return kind satisfies never;
  }
}
