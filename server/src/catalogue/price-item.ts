/** The one place where a price is made: quote, order and package change all ask here. */
import { type Cycle, isRecurring } from '../kit/calendar.ts';
import { readDomain } from '../kit/domain-name.ts';
import { Invalid, type Issue } from '../kit/errors.ts';
import {
  type OptionAnswers,
  type OptionValue,
  type Price,
  type Product,
  type ProductOption,
  priceFor,
} from './product.ts';

export interface WantedItem {
  cycle: Cycle;
  /** ISO 4217. */
  currency: string;
  domain: string;
  options: OptionAnswers;
}

export interface PricedLine {
  kind: 'recurring' | 'setup' | 'option';
  description: string;
  quantity: number;
  unitMinor: bigint;
  /** `quantity` × `unitMinor`. */
  amountMinor: bigint;
}

export interface PricedItem {
  productId: string;
  productName: string;
  /** Normalised: lower case, A-labels, without `www.`. */
  domain: string;
  cycle: Cycle;
  currency: string;
  /** Due now: the sum of the lines. */
  totalMinor: bigint;
  setupMinor: bigint;
  /** Due at every renewal; 0 for a cycle that is never billed again. */
  recurringMinor: bigint;
  lines: PricedLine[];
  /** Every option of the product, those left out by their default. */
  optionValues: OptionAnswers;
}

const CYCLE_NAMES: Record<Cycle, string> = {
  monthly: 'monthly',
  quarterly: 'quarterly',
  'semi-annually': 'every six months',
  annually: 'yearly',
  biennially: 'every two years',
  triennially: 'every three years',
  'one-time': 'one-time',
  free: 'free',
};

/**
 * What an item costs, from the stored product alone. The same product and wish always give the same price.
 *
 * @param path of the item in the request, `items.0`; issues are below it
 * @throws Invalid `bad_item` with an issue for everything that does not fit: the product is not sold in that cycle and
 *   currency, no domain, an option or value it does not have
 */
export function priceItem(product: Product, wanted: WantedItem, path: string): PricedItem {
  const issues: Issue[] = [];
  const refuse = (at: string, message: string) => issues.push({ path: `${path}.${at}`, message });

  const domain = readDomain(wanted.domain);
  if ('refusal' in domain) refuse('domain', domain.refusal);
  const price = priceFor(product.prices, wanted);
  if (!price) refuse('cycle', notSold(product, wanted));
  for (const code of Object.keys(wanted.options)) {
    if (!product.options.some((option) => option.code === code)) {
      refuse(`options.${code}`, `${product.name} has no such option`);
    }
  }
  const picks = product.options.map((option) => {
    const picked = pick(option, wanted);
    if ('refusal' in picked) refuse(`options.${option.code}`, picked.refusal);
    return { option, picked };
  });
  if (issues.length > 0 || !price || 'refusal' in domain) throw new Invalid('bad_item', { issues });

  const lines = productLines(product, price, domain.domain, wanted.cycle);
  const optionValues: OptionAnswers = {};
  for (const { option, picked } of picks) {
    if ('refusal' in picked) continue;
    optionValues[option.code] = picked.answer;
    lines.push(...optionLines(option, picked));
  }
  const sum = (kinds: PricedLine['kind'][]) =>
    lines.filter((line) => kinds.includes(line.kind)).reduce((total, line) => total + line.amountMinor, 0n);
  return {
    productId: product.id,
    productName: product.name,
    domain: domain.domain,
    cycle: wanted.cycle,
    currency: wanted.currency,
    totalMinor: sum(['recurring', 'option', 'setup']),
    setupMinor: sum(['setup']),
    recurringMinor: isRecurring(wanted.cycle) ? sum(['recurring', 'option']) : 0n,
    lines,
    optionValues,
  };
}

interface Picked {
  answer: string | number | boolean;
  label: string;
  quantity: number;
  price: Price | undefined;
}

function pick(option: ProductOption, wanted: WantedItem): Picked | { refusal: string } {
  const answer = wanted.options[option.code];
  switch (option.kind) {
    case 'choice': {
      const value = option.values.find((each) => (answer === undefined ? each.isDefault : each.value === answer));
      if (!value) return { refusal: `must be one of ${option.values.map((each) => each.value).join(', ')}` };
      return sold(option, value, wanted, { answer: value.value, label: value.label, quantity: 1 });
    }
    case 'yes_no': {
      const [value] = option.values;
      const yes = answer ?? value?.isDefault ?? false;
      if (typeof yes !== 'boolean') return { refusal: 'must be true or false' };
      if (!yes) return { answer: false, label: '', quantity: 0, price: undefined };
      return sold(option, value, wanted, { answer: true, label: value?.label ?? '', quantity: 1 });
    }
    case 'quantity': {
      const quantity = answer ?? option.minQuantity;
      const { minQuantity, maxQuantity } = option;
      if (!Number.isInteger(quantity) || Number(quantity) < minQuantity || Number(quantity) > maxQuantity) {
        return { refusal: `must be a whole number from ${minQuantity} to ${maxQuantity}` };
      }
      const [value] = option.values;
      if (quantity === 0) return { answer: 0, label: '', quantity: 0, price: undefined };
      return sold(option, value, wanted, {
        answer: Number(quantity),
        label: value?.label ?? '',
        quantity: Number(quantity),
      });
    }
    default:
      return option.kind satisfies never;
  }
}

function sold(
  option: ProductOption,
  value: OptionValue | undefined,
  wanted: WantedItem,
  picked: Omit<Picked, 'price'>,
): Picked | { refusal: string } {
  const prices = value?.prices ?? [];
  const price = priceFor(prices, wanted);
  if (!price && prices.length > 0) {
    return {
      refusal: `${option.name}: ${picked.label} is not sold ${CYCLE_NAMES[wanted.cycle]} in ${wanted.currency}`,
    };
  }
  return { ...picked, price };
}

function productLines(product: Product, price: Price, domain: string, cycle: Cycle): PricedLine[] {
  const lines = [line('recurring', `${product.name}, ${CYCLE_NAMES[cycle]}: ${domain}`, 1, price.amountMinor)];
  if (price.setupMinor > 0n) lines.push(line('setup', `Set-up of ${product.name}`, 1, price.setupMinor));
  return lines;
}

/** What is free is kept with the service and takes no line. */
function optionLines(option: ProductOption, { label, quantity, price }: Picked): PricedLine[] {
  if (!price) return [];
  const name = option.kind === 'choice' ? `${option.name}: ${label}` : option.name;
  return [
    ...(price.amountMinor > 0n ? [line('option', name, quantity, price.amountMinor)] : []),
    ...(price.setupMinor > 0n ? [line('setup', `Set-up of ${name}`, quantity, price.setupMinor)] : []),
  ];
}

const line = (kind: PricedLine['kind'], description: string, quantity: number, unitMinor: bigint): PricedLine => ({
  kind,
  description,
  quantity,
  unitMinor,
  amountMinor: BigInt(quantity) * unitMinor,
});

function notSold(product: Product, { cycle, currency }: WantedItem): string {
  const inCurrency = product.prices.filter((price) => price.currency === currency).map((price) => price.cycle);
  return inCurrency.length === 0
    ? `${product.name} is not sold in ${currency}`
    : `${product.name} is not sold ${CYCLE_NAMES[cycle]} in ${currency}; choose one of ${inCurrency.join(', ')}`;
}
