import { type Cycle, perCycle } from '../ui/cycle.ts';
import { formatMoney } from '../ui/money.tsx';
import type { StoreProductDetail } from './selection.ts';

type Choice = StoreProductDetail['options'][number]['values'][number];

/** What a value of an option adds in a cycle, as text; empty when it is free or not sold in that cycle. */
export function optionPrice(choice: Choice, cycle: Cycle, currency: string): string {
  const price = choice.prices.find((offered) => offered.cycle === cycle);
  if (!price) return '';
  const parts = [
    price.amountMinor > 0 && `+${formatMoney(price.amountMinor, currency)} ${perCycle(cycle)}`,
    price.setupMinor > 0 && `+${formatMoney(price.setupMinor, currency)} once`,
  ];
  return parts.filter(Boolean).join(', ');
}
