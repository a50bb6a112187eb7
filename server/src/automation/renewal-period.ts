import { addDays, anchorMeeting, nextDueDate, type RecurringCycle } from '../kit/calendar.ts';

/**
 * The period that is paid by the next renewal. Its length is counted from the service's anchor, so that one begun on
 * 31 January is due on 28 February and then on 31 March again; a service that was moved to another day is counted from
 * there.
 *
 * @param service.anchor the day its periods are counted from
 * @param service.from first day that is not paid yet
 * @returns first and last day of the period
 */
export function renewalPeriod({ anchor, from, cycle }: { anchor: string; from: string; cycle: RecurringCycle }): {
  from: string;
  to: string;
} {
  const next = nextDueDate({ anchor: anchorMeeting({ anchor, due: from, cycle }), after: from, cycle });
  if (next === null) throw new RangeError(`A ${cycle} service is never renewed.`);
  return { from, to: addDays(next, -1) };
}
