import type { Api } from '../api/types.ts';
import { type Cycle, isCycle } from '../ui/cycle.ts';
import type { OptionValue } from '../ui/option-field.tsx';

export type StoreProductDetail = Api<'StoreProductDetail'>;

/** What somebody put together on a product page. It is kept in the address, so that back, reload and sharing work. */
export interface Selection {
  cycle: Cycle;
  domain: string;
  options: Record<string, OptionValue>;
}

const OPTION_PREFIX = 'option.';

/** The selection an address holds; what is missing or not on offer falls back to the product's defaults. */
export function readSelection(product: StoreProductDetail, search: Record<string, string | undefined>): Selection {
  const offered = product.prices.map((price) => price.cycle);
  const cycle = isCycle(search.cycle) && offered.includes(search.cycle) ? search.cycle : offered[0];
  return {
    cycle: cycle ?? 'free',
    domain: search.domain ?? '',
    options: Object.fromEntries(
      product.options.map((option) => [option.code, readOption(option, search[OPTION_PREFIX + option.code])]),
    ),
  };
}

function readOption(option: StoreProductDetail['options'][number], text: string | undefined): OptionValue {
  switch (option.kind) {
    case 'yes_no':
      return text === undefined ? (option.values[0]?.isDefault ?? false) : text === 'yes';
    case 'quantity': {
      const count = Number(text ?? option.minQuantity);
      return Number.isInteger(count)
        ? Math.min(option.maxQuantity, Math.max(option.minQuantity, count))
        : option.minQuantity;
    }
    case 'choice': {
      const asked = option.values.find(({ value }) => value === text);
      return (asked ?? option.values.find(({ isDefault }) => isDefault) ?? option.values[0])?.value ?? '';
    }
    default:
      return option.kind satisfies never;
  }
}

/** The address form of a selection; `readSelection` reads it back. */
export function writeSelection({ cycle, domain, options }: Selection): Record<string, string> {
  return {
    cycle,
    ...(domain ? { domain } : {}),
    ...Object.fromEntries(
      Object.entries(options).map(([code, value]) => [
        OPTION_PREFIX + code,
        typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value),
      ]),
    ),
  };
}
