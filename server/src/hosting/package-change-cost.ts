/** What moving to another package in the middle of a paid period costs, in whole days, the due date kept. */
import { addDays, anchorMeeting, type Cycle, daysBetween, isRecurring, periodOf } from '../kit/calendar.ts';
import { packageChangeCost, prorate, share } from '../kit/money.ts';

export interface PaidTerm {
  cycle: Cycle;
  /** Day the periods are counted from; null before the service was active. */
  anchor: string | null;
  /** First day that is not paid yet; null when never billed. */
  nextDueOn: string | null;
  today: string;
}

/** Why nothing can be reckoned; stable codes. */
export type TermRefusal = 'service_not_recurring' | 'period_unpaid' | 'period_unknown';

export interface DaysLeft {
  /** First and last day the difference is for, both counted. */
  from: string;
  to: string;
  /** Days left of the period that today lies in, today counted. */
  daysLeft: number;
  periodDays: number;
  /** Whole periods after this one that are paid already. */
  furtherPeriods: number;
}

/**
 * The days that are paid and still to come, or why they cannot be told. Up to a due date that was moved off the anchor,
 * periods are counted back from it: each of its days costs its part of a full period.
 */
export function daysLeft({ cycle, anchor: begun, nextDueOn, today }: PaidTerm): DaysLeft | TermRefusal {
  if (!isRecurring(cycle)) return 'service_not_recurring';
  if (begun === null || nextDueOn === null) return 'period_unknown';
  if (today >= nextDueOn) return 'period_unpaid';
  const anchor = anchorMeeting({ anchor: begun, due: nextDueOn, cycle });
  const period = periodOf({ anchor, day: today, cycle });
  let furtherPeriods = 0;
  for (let ends = period.endsBefore; ends < nextDueOn; furtherPeriods += 1) {
    ends = periodOf({ anchor, day: ends, cycle }).endsBefore;
  }
  return {
    from: today,
    to: addDays(nextDueOn, -1),
    daysLeft: daysBetween(today, period.endsBefore),
    periodDays: period.days,
    furtherPeriods,
  };
}

/** Money that was paid for a span of days; negative when it was given back for them. */
export interface PaidSpan {
  amountMinor: bigint;
  /** First and last day, both counted. */
  from: string;
  to: string;
}

export interface ChangeCost {
  /** What the new package costs for the days left. */
  newRestMinor: bigint;
  /** What of the old one is not used any more: `newRestMinor - oldRestMinor` is what is due. */
  oldRestMinor: bigint;
  /** Positive is charged now, negative becomes credit. */
  dueMinor: bigint;
}

/**
 * What the change costs for the days left. Rounds once, so that an upgrade and its reverse on the same day cancel out.
 * Credit is never more than what is left of the money that came in for these days: a price that was raised without
 * being charged gives nothing back.
 *
 * @param input.oldMinor price of a full period in minor units; set-up fees are no part of it
 * @param input.newMinor as `oldMinor`, same currency
 * @param input.paid everything that was paid for the service, and given back
 */
export function changeCost(input: {
  left: DaysLeft;
  oldMinor: bigint;
  newMinor: bigint;
  paid: PaidSpan[];
}): ChangeCost {
  const { left, oldMinor, newMinor } = input;
  const { daysLeft, periodDays } = left;
  const further = BigInt(left.furtherPeriods);
  const newRestMinor = prorate(newMinor, { daysLeft, periodDays }) + newMinor * further;
  const difference =
    packageChangeCost({ oldPrice: oldMinor, newPrice: newMinor, daysLeft, periodDays }) +
    (newMinor - oldMinor) * further;
  if (difference >= 0n) return { newRestMinor, oldRestMinor: newRestMinor - difference, dueMinor: difference };
  const unused = unusedRest(left, newMinor, input.paid);
  // What earlier moves lost by rounding is not missing.
  const isCovered = unused > 0n && unused + 1n >= -difference;
  const credit = isCovered ? -difference : unused;
  const dueMinor = credit > 0n ? -credit : 0n;
  return { newRestMinor, oldRestMinor: newRestMinor - dueMinor, dueMinor };
}

/** What of all that was paid for `left` the new package does not use up, rounded once. */
function unusedRest(left: DaysLeft, newMinor: bigint, paid: PaidSpan[]): bigint {
  let [parts, whole] = [0n, 1n];
  for (const { amountMinor, from, to } of paid) {
    if (to < left.from) continue;
    const days = BigInt(daysBetween(from, to) + 1);
    const rest = BigInt(daysBetween(from > left.from ? from : left.from, to) + 1);
    parts = parts * days + amountMinor * rest * whole;
    whole *= days;
  }
  const periodDays = BigInt(left.periodDays);
  const newDays = BigInt(left.daysLeft) + BigInt(left.furtherPeriods) * periodDays;
  return share(parts * periodDays - newMinor * newDays * whole, 1n, whole * periodDays);
}
