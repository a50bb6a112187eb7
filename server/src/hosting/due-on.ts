import { anchorMeeting, type Cycle, isRecurring } from '../kit/calendar.ts';

interface Due {
  cycle: string;
  billingAnchorOn: string | null;
  nextDueOn: string | null;
}

/**
 * What is written of a service that is due next on `day`. A day between its due days so far becomes the one its renewals
 * are counted from, so that those after it do not drift either.
 */
export function dueOn(service: Due, day: string): Pick<Due, 'billingAnchorOn' | 'nextDueOn'> {
  const cycle = service.cycle as Cycle; // only checked input is written
  const { billingAnchorOn, nextDueOn } = service;
  if (billingAnchorOn === null || !isRecurring(cycle)) return { billingAnchorOn, nextDueOn: day };
  const anchor = anchorMeeting({ anchor: billingAnchorOn, due: nextDueOn ?? billingAnchorOn, cycle });
  return { billingAnchorOn: anchorMeeting({ anchor, due: day, cycle }), nextDueOn: day };
}
