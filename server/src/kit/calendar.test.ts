import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addCycles,
  addDays,
  anchorMeeting,
  CYCLE_MONTHS,
  type Cycle,
  dayOf,
  daysBetween,
  isRecurring,
  isTimeZone,
  nextDueDate,
  periodOf,
  type RecurringCycle,
  startOfDay,
  today,
} from './calendar.ts';
import { movableClock } from './clock.ts';

/** Days of three centuries, so that 1900 and 2100, which are no leap years, are among them. */
const day = fc.integer({ min: 0, max: 110_000 }).map((days) => addDays('1899-01-01', days));
const recurring = fc.constantFrom(...(Object.keys(CYCLE_MONTHS) as Cycle[]).filter(isRecurring));

describe('cycles', () => {
  test('a service begun on the 31st falls on the last day of short months and comes back to the 31st', () => {
    const dues = [1, 2, 3, 4, 13, 25].map((count) => addCycles('2026-01-31', 'monthly', count));
    expect(dues).toEqual(['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31', '2027-02-28', '2028-02-29']);
  });

  test('one begun on a leap day comes back to it every fourth year', () => {
    const dues = [1, 2, 3, 4].map((count) => addCycles('2024-02-29', 'annually', count));
    expect(dues).toEqual(['2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29']);
    expect(addCycles('2096-02-29', 'annually', 4)).toBe('2100-02-28'); // a century without a leap day
  });

  test('every cycle has its length', () => {
    const once = (cycle: RecurringCycle) => addCycles('2026-03-15', cycle, 1);
    expect(once('quarterly')).toBe('2026-06-15');
    expect(once('semi-annually')).toBe('2026-09-15');
    expect(once('annually')).toBe('2027-03-15');
    expect(once('biennially')).toBe('2028-03-15');
    expect(once('triennially')).toBe('2029-03-15');
  });

  test('no cycle drifts: the day is the anchor’s, or the last of a month that lacks it', () => {
    fc.assert(
      fc.property(day, recurring, fc.integer({ min: -50, max: 500 }), (anchor, cycle, count) => {
        const due = addCycles(anchor, cycle, count);
        const wanted = Number(anchor.slice(8));
        const isLastOfMonth = addDays(due, 1).endsWith('-01');
        expect(Number(due.slice(8)) === wanted || (Number(due.slice(8)) < wanted && isLastOfMonth)).toBe(true);
        const monthsApart =
          (Number(due.slice(0, 4)) - Number(anchor.slice(0, 4))) * 12 +
          Number(due.slice(5, 7)) -
          Number(anchor.slice(5, 7));
        expect(monthsApart).toBe(CYCLE_MONTHS[cycle] * count);
      }),
    );
  });
});

describe('the next due day', () => {
  const next = (anchor: string, after: string, cycle: Cycle = 'monthly') => nextDueDate({ anchor, after, cycle });

  test('is later than the day it is asked for', () => {
    expect(next('2026-01-31', '2026-01-30')).toBe('2026-01-31');
    expect(next('2026-01-31', '2026-01-31')).toBe('2026-02-28');
    expect(next('2026-01-31', '2026-02-27')).toBe('2026-02-28');
    expect(next('2026-01-31', '2026-02-28')).toBe('2026-03-31');
    expect(next('2026-01-31', '2026-12-31', 'annually')).toBe('2027-01-31');
    expect(next('2026-01-31', '2020-01-01')).toBe('2026-01-31');
  });

  test('does not exist for what is paid once or never', () => {
    expect(next('2026-01-31', '2026-01-31', 'one-time')).toBeNull();
    expect(next('2026-01-31', '2026-01-31', 'free')).toBeNull();
  });

  test('asked for again and again gives every due day once, in order', () => {
    fc.assert(
      fc.property(day, recurring, (anchor, cycle) => {
        let after = anchor;
        for (let count = 1; count <= 30; count += 1) {
          after = nextDueDate({ anchor, after, cycle }) ?? 'none';
          expect(after).toBe(addCycles(anchor, cycle, count));
        }
      }),
      { numRuns: 50 },
    );
  });

  test('closes the period of every day before it', () => {
    fc.assert(
      fc.property(day, recurring, fc.integer({ min: 0, max: 20_000 }), (anchor, cycle, later) => {
        const asked = addDays(anchor, later);
        const period = periodOf({ anchor, day: asked, cycle });
        expect(period.endsBefore).toBe(nextDueDate({ anchor, after: asked, cycle }));
        expect(period.startsOn <= asked && asked < period.endsBefore).toBe(true);
        expect(addDays(period.startsOn, period.days)).toBe(period.endsBefore);
      }),
    );
  });

  test('periods follow each other through short months', () => {
    expect(periodOf({ anchor: '2026-01-31', day: '2026-03-30', cycle: 'monthly' })).toEqual({
      startsOn: '2026-02-28',
      endsBefore: '2026-03-31',
      days: 31,
    });
    expect(periodOf({ anchor: '2026-03-31', day: '2026-02-27', cycle: 'monthly' })).toEqual({
      startsOn: '2026-01-31',
      endsBefore: '2026-02-28',
      days: 28,
    });
  });
});

describe('the anchor of what is due on a day', () => {
  test.each<[string, string, RecurringCycle, string]>([
    ['2026-01-31', '2026-02-28', 'monthly', '2026-01-31'],
    ['2026-01-31', '2026-03-28', 'monthly', '2026-03-28'],
    ['2026-01-15', '2026-03-31', 'monthly', '2026-03-31'],
    ['2026-01-31', '2026-01-15', 'monthly', '2026-01-15'],
    ['2028-02-29', '2029-02-28', 'annually', '2028-02-29'],
    ['2028-02-29', '2028-03-29', 'annually', '2028-03-29'],
  ])('begun on %s and due on %s (%s) it is %s', (anchor, due, cycle, meeting) => {
    expect(anchorMeeting({ anchor, due, cycle })).toBe(meeting);
  });
});

describe('days', () => {
  test('are counted over leap years and centuries', () => {
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
    expect(daysBetween('2100-02-28', '2100-03-01')).toBe(1);
    expect(daysBetween('2026-03-01', '2026-02-01')).toBe(-28);
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: -9999, max: 9999 }),
        (from, days) => daysBetween(from, addDays(from, days)) === days,
      ),
    );
  });

  test('sort as they read', () => {
    fc.assert(fc.property(day, day, (a, b) => a < b === daysBetween(a, b) > 0));
  });

  test.each([
    '2026-02-29',
    '2026-13-01',
    '2026-1-1',
    '31.01.2026',
    '2026-01-31T00:00:00Z',
    '+002026-01-31',
    '',
  ])('%j is not a day', (text) => {
    expect(() => addDays(text, 1)).toThrow(RangeError);
    expect(() => nextDueDate({ anchor: '2026-01-01', after: text, cycle: 'monthly' })).toThrow(RangeError);
  });

  test('beyond the year 9999 there are none', () => {
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
  });
});

describe('zones', () => {
  test('the same instant is another day elsewhere', () => {
    const clock = movableClock('2026-03-31T22:30:00Z');
    expect(today(clock, 'UTC')).toBe('2026-03-31');
    expect(today(clock, 'Europe/Vienna')).toBe('2026-04-01');
    expect(today(clock, 'Pacific/Kiritimati')).toBe('2026-04-01');
    expect(today(clock, 'America/New_York')).toBe('2026-03-31');
  });

  test('a day of summer time has 23 or 25 hours and begins when the zone says', () => {
    const hours = (day: string, zone: string) =>
      (startOfDay(addDays(day, 1), zone).getTime() - startOfDay(day, zone).getTime()) / 3_600_000;
    expect(hours('2026-03-29', 'Europe/Vienna')).toBe(23);
    expect(hours('2026-10-25', 'Europe/Vienna')).toBe(25);
    expect(hours('2026-07-01', 'Europe/Vienna')).toBe(24);
    // São Paulo skipped midnight on this day: it began at one o'clock.
    expect(startOfDay('2018-11-04', 'America/Sao_Paulo').toISOString()).toBe('2018-11-04T03:00:00.000Z');
  });

  test('a day begins on itself and its eve ends a moment before, everywhere', () => {
    const zone = fc.constantFrom(
      'Europe/Vienna',
      'America/Sao_Paulo',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
      'Africa/Cairo',
      'UTC',
    );
    const recent = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('1990-01-01', days));
    fc.assert(
      fc.property(recent, zone, (day, zone) => {
        const start = startOfDay(day, zone);
        expect(dayOf(start, zone)).toBe(day);
        expect(dayOf(new Date(start.getTime() - 1), zone)).toBe(addDays(day, -1));
      }),
    );
  });

  test('an unknown zone is refused', () => {
    expect(isTimeZone('Europe/Vienna')).toBe(true);
    for (const wrong of ['Mars/Olympus', '', '+01:00']) expect(isTimeZone(wrong)).toBe(false);
    expect(() => today(movableClock('2026-01-01'), 'Mars/Olympus')).toThrow(RangeError);
  });
});
