/** A product with its prices and options: what the store shows, the form edits and `priceItem` prices. */
import type { Selectable } from 'kysely';
import type { Cycle } from '../kit/calendar.ts';
import type { Product as ProductTable } from '../kit/database.generated.ts';
import type { FieldValues } from '../kit/declared-fields.ts';

/** Per currency and cycle, in minor units. */
export interface Price {
  currency: string;
  cycle: Cycle;
  amountMinor: bigint;
  /** Charged once, with the first period. */
  setupMinor: bigint;
}

export interface OptionValue {
  /** `yes` of a yes/no, `each` of a quantity. */
  value: string;
  label: string;
  isDefault: boolean;
  /** Empty: costs nothing. Otherwise it is sold only in the currencies and cycles listed. */
  prices: Price[];
}

export interface ProductOption {
  id: string;
  /** Equal to the name of a module setting it overrides that setting. */
  code: string;
  name: string;
  help: string;
  kind: 'choice' | 'yes_no' | 'quantity';
  minQuantity: number;
  maxQuantity: number;
  values: OptionValue[];
}

export interface Product extends Omit<Selectable<ProductTable>, 'moduleSettings'> {
  moduleSettings: FieldValues;
  groupName: string;
  prices: Price[];
  options: ProductOption[];
}

/** What a customer picked, by option code: a value, yes or no, or how many. */
export type OptionAnswers = Record<string, string | number | boolean>;

export const priceFor = <P extends { currency: string; cycle: Cycle }>(
  prices: readonly P[],
  { currency, cycle }: { currency: string; cycle: Cycle },
): P | undefined => prices.find((price) => price.currency === currency && price.cycle === cycle);
