import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dueOn } from '../hosting/due-on.ts';
import {
  addDays,
  anchorMeeting,
  CYCLE_MONTHS,
  daysBetween,
  isRecurring,
  nextDueDate,
  type RecurringCycle,
} from '../kit/calendar.ts';
import { renewalPeriod } from './renewal-period.ts';

const CYCLES = (Object.keys(CYCLE_MONTHS) as (keyof typeof CYCLE_MONTHS)[]).filter(isRecurring);

test.each<[string, string, RecurringCycle, string]>([
  ['2026-01-31', '2026-02-28', 'monthly', '2026-03-30'],
  ['2026-01-31', '2026-03-31', 'monthly', '2026-04-29'],
  ['2026-01-15', '2026-02-15', 'monthly', '2026-03-14'],
  ['2028-02-29', '2029-02-28', 'annually', '2030-02-27'],
  ['2028-02-29', '2031-02-28', 'annually', '2032-02-28'],
  ['2026-01-31', '2026-04-30', 'quarterly', '2026-07-30'],
])('begun on %s, the period from %s (%s) ends on %s', (anchor, from, cycle, to) => {
  expect(renewalPeriod({ anchor, from, cycle })).toEqual({ from, to });
});

test('a service that was moved to another day is counted from there', () => {
  expect(renewalPeriod({ anchor: '2026-01-15', from: '2026-02-20', cycle: 'monthly' }).to).toBe('2026-03-19');
});

/** The days a service is due on after it was moved, each period paid. */
function duesAfter(anchor: string, moved: string, cycle: RecurringCycle, count: number): string[] {
  let service = dueOn(
    { cycle, billingAnchorOn: anchor, nextDueOn: nextDueDate({ anchor, after: anchor, cycle }) },
    moved,
  );
  return Array.from({ length: count }, () => {
    const { to } = renewalPeriod({ anchor: service.billingAnchorOn ?? '', from: service.nextDueOn ?? '', cycle });
    service = dueOn({ cycle, ...service }, addDays(to, 1));
    return service.nextDueOn ?? '';
  });
}

test('moved to the 31st, or to a leap day, it comes back to it', () => {
  expect(duesAfter('2026-01-15', '2027-12-31', 'monthly', 4)).toEqual([
    '2028-01-31',
    '2028-02-29',
    '2028-03-31',
    '2028-04-30',
  ]);
  expect(duesAfter('2026-01-15', '2028-02-29', 'annually', 4)).toEqual([
    '2029-02-28',
    '2030-02-28',
    '2031-02-28',
    '2032-02-29',
  ]);
});

test('moved to the last day of a short month that is due anyway, it stays on the 31st', () => {
  expect(duesAfter('2026-01-31', '2026-04-30', 'monthly', 2)).toEqual(['2026-05-31', '2026-06-30']);
});

const day = fc.integer({ min: 0, max: 366 * 8 }).map((days) => addDays('2024-01-01', days));

test('wherever it is moved to, its days are those of the new one from then on', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 0, max: 900 }), fc.constantFrom(...CYCLES), (anchor, later, cycle) => {
      const moved = addDays(nextDueDate({ anchor, after: anchor, cycle }) ?? '', later);
      const from = anchorMeeting({ anchor, due: moved, cycle });
      let after = moved;
      for (const due of duesAfter(anchor, moved, cycle, 24)) {
        expect(due).toBe(nextDueDate({ anchor: from, after, cycle }));
        after = due;
      }
    }),
    { numRuns: 60 },
  );
});

test('paid one after the other, periods leave no day out, pay none twice and never drift', () => {
  fc.assert(
    fc.property(day, fc.constantFrom(...CYCLES), (anchor, cycle) => {
      let from = nextDueDate({ anchor, after: anchor, cycle }) ?? '';
      for (let period = 0; period < 30; period += 1) {
        const { to } = renewalPeriod({ anchor, from, cycle });
        const next = addDays(to, 1);
        expect(next).toBe(nextDueDate({ anchor, after: from, cycle }));
        expect(Number(next.slice(8))).toBeLessThanOrEqual(Number(anchor.slice(8)));
        expect(daysBetween(from, next)).toBeGreaterThanOrEqual(28);
        from = next;
      }
    }),
    { numRuns: 60 },
  );
});
