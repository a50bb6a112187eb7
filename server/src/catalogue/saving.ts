/** What a longer cycle spares, for the store to say beside its price. */
import { CYCLE_MONTHS, isRecurring } from '../kit/calendar.ts';
import type { Price } from './product.ts';

type Offered = Pick<Price, 'cycle' | 'amountMinor'>;

/**
 * How much less a price is than the same time at the shortest cycle that is offered beside it, set-up fees aside.
 *
 * @param offered prices of one product in one currency
 * @returns whole percent, rounded down so that the store never promises too much; 0 when nothing is spared
 */
export function savingPercent(price: Offered, offered: readonly Offered[]): number {
  const month = (one: Offered) => (isRecurring(one.cycle) ? BigInt(CYCLE_MONTHS[one.cycle]) : null);
  const months = month(price);
  const [shortest] = offered
    .flatMap((one) => ({ amountMinor: one.amountMinor, months: month(one) ?? 0n }))
    .filter((one) => one.months > 0n)
    .sort((a, b) => Number(a.months - b.months));
  if (months === null || shortest === undefined || shortest.amountMinor <= 0n) return 0;
  // Both sides for `months` × `shortest.months` months, so that nothing is divided before the end.
  const full = shortest.amountMinor * months;
  const asked = price.amountMinor * shortest.months;
  return asked >= full ? 0 : Number(((full - asked) * 100n) / full);
}
