import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, CYCLE_MONTHS, daysBetween, isRecurring, nextDueDate, type RecurringCycle } from '../kit/calendar.ts';
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

const day = fc.integer({ min: 0, max: 366 * 8 }).map((days) => addDays('2024-01-01', days));

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
