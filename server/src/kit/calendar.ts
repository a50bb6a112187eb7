/**
 * Calendar days as text, `2026-01-31`, in and out: what a DATE column holds and what sorts as it reads. Years are 1 to
 * 9999. A day has no time and no zone; a zone is asked for only where an instant becomes a day or the other way round.
 */
import { Temporal } from 'temporal-polyfill';
import type { Clock } from './clock.ts';

/** Every billing cycle and its length in months; null is never billed again. */
export const CYCLE_MONTHS = {
  monthly: 1,
  quarterly: 3,
  'semi-annually': 6,
  annually: 12,
  biennially: 24,
  triennially: 36,
  'one-time': null,
  free: null,
} as const;

export type Cycle = keyof typeof CYCLE_MONTHS;
export type RecurringCycle = { [C in Cycle]: (typeof CYCLE_MONTHS)[C] extends number ? C : never }[Cycle];

export const isRecurring = (cycle: Cycle): cycle is RecurringCycle => CYCLE_MONTHS[cycle] !== null;

/**
 * The day `count` cycles after the anchor, in a month that lacks the anchor's day its last one. Always counted from
 * the anchor, so that a service begun on 31 January is due on 28 February and then on 31 March again.
 *
 * @param count whole cycles; negative goes back
 * @throws RangeError when `anchor` is no day, or the result is outside the years 1 to 9999
 */
export function addCycles(anchor: string, cycle: RecurringCycle, count: number): string {
  return dayText(plainDate(anchor).add({ months: CYCLE_MONTHS[cycle] * count }));
}

/**
 * The first due day after a given one, among the anchor and every whole cycle after it. Asked again with its own
 * answer it gives the one after that.
 *
 * @param anchor the day the service began, which is due too
 * @param after the answer is later than this day, never equal to it
 * @returns null for a cycle that is never billed again
 * @throws RangeError when either is no day
 */
export function nextDueDate({ anchor, after, cycle }: { anchor: string; after: string; cycle: Cycle }): string | null {
  if (!isRecurring(cycle)) return null;
  if (plainDate(after).toString() < plainDate(anchor).toString()) return anchor;
  return addCycles(anchor, cycle, cyclesUntil(anchor, after, cycle) + 1);
}

/**
 * The day the periods of something due on `due` are counted from: its anchor as long as they meet, so that a due day on
 * the last of a short month leads back to the 31st, else the due day, which was moved off the anchor.
 *
 * @throws RangeError when either is no day
 */
export function anchorMeeting({ anchor, due, cycle }: { anchor: string; due: string; cycle: RecurringCycle }): string {
  return addCycles(anchor, cycle, cyclesUntil(anchor, due, cycle)) === due ? anchor : due;
}

export interface Period {
  startsOn: string;
  /** First day of the next period: no longer paid by this one. */
  endsBefore: string;
  /** Days in the period, 28 or more. */
  days: number;
}

/**
 * The billing period a day lies in; periods are counted from the anchor in both directions.
 * @throws RangeError when either is no day
 */
export function periodOf({ anchor, day, cycle }: { anchor: string; day: string; cycle: RecurringCycle }): Period {
  const count = cyclesUntil(anchor, day, cycle);
  const startsOn = addCycles(anchor, cycle, count);
  const endsBefore = addCycles(anchor, cycle, count + 1);
  return { startsOn, endsBefore, days: daysBetween(startsOn, endsBefore) };
}

/** The day `days` later, or earlier when negative. */
export const addDays = (day: string, days: number): string => dayText(plainDate(day).add({ days }));

/** Days from one day to another: 1 from today to tomorrow, negative when `to` is earlier. */
export const daysBetween = (from: string, to: string): number => plainDate(from).until(plainDate(to)).days;

/** The day it is now in a zone, for example `Europe/Vienna`. @throws RangeError for an unknown zone */
export const today = (clock: Clock, zone: string): string => dayOf(clock.now(), zone);

/** The day an instant falls on in a zone. @throws RangeError for an unknown zone */
export function dayOf(instant: Date, zone: string): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);
  return dayText(zoned.toPlainDate());
}

/** The hour an instant falls in by the clocks of a zone, 0 to 23. @throws RangeError for an unknown zone */
export const hourOf = (instant: Date, zone: string): number =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone).hour;

/** The first instant of a day in a zone; not always midnight, which some zones skip. @throws RangeError */
export function startOfDay(day: string, zone: string): Date {
  return new Date(plainDate(day).toZonedDateTime(zone).epochMilliseconds);
}

/** Whether the runtime knows the zone. Offsets such as `+01:00` are none: they know no summer time. */
export function isTimeZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** How many whole cycles from the anchor have been reached on `day`; negative before the anchor. */
function cyclesUntil(anchor: string, day: string, cycle: RecurringCycle): number {
  const [from, to] = [plainDate(anchor), plainDate(day)];
  const months = (to.year - from.year) * 12 + to.month - from.month;
  const count = Math.floor(months / CYCLE_MONTHS[cycle]);
  // That many cycles end in the month of `day` or before it, one more ends after it; only the day decides.
  const reached = from.add({ months: count * CYCLE_MONTHS[cycle] });
  return Temporal.PlainDate.compare(reached, to) <= 0 ? count : count - 1;
}

function plainDate(day: string): Temporal.PlainDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new RangeError(`Not a day: ${day}`);
  return Temporal.PlainDate.from(day);
}

function dayText(date: Temporal.PlainDate): string {
  if (date.year < 1 || date.year > 9999) throw new RangeError(`${date.toString()} is outside the calendar in use.`);
  return date.toString();
}
