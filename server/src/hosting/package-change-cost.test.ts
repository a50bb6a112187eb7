import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../kit/calendar.ts';
import { changeCost, daysLeft, type PaidSpan } from './package-change-cost.ts';

const monthly = { cycle: 'monthly', anchor: '2026-01-15' } as const;

describe('days left', () => {
  test('today is counted, the due day is not', () => {
    expect(daysLeft({ ...monthly, today: '2026-01-31', nextDueOn: '2026-02-15' })).toEqual({
      from: '2026-01-31',
      to: '2026-02-14',
      daysLeft: 15,
      periodDays: 31,
      furtherPeriods: 0,
    });
  });

  test('periods that are paid ahead count whole', () => {
    expect(daysLeft({ ...monthly, today: '2026-01-31', nextDueOn: '2026-04-15' })).toMatchObject({
      to: '2026-04-14',
      daysLeft: 15,
      furtherPeriods: 2,
    });
  });

  test('a service begun on the 31st is due on the last day of short months', () => {
    const term = { cycle: 'monthly', anchor: '2026-01-31', today: '2026-02-10', nextDueOn: '2026-02-28' } as const;
    expect(daysLeft(term)).toMatchObject({ daysLeft: 18, periodDays: 28 });
    expect(daysLeft({ ...term, nextDueOn: '2026-03-31' })).toMatchObject({ daysLeft: 18, furtherPeriods: 1 });
  });

  test('up to a day that staff moved it to, periods are counted back from that day', () => {
    expect(daysLeft({ ...monthly, today: '2026-01-31', nextDueOn: '2026-02-20' })).toEqual({
      from: '2026-01-31',
      to: '2026-02-19',
      daysLeft: 20,
      periodDays: 31,
      furtherPeriods: 0,
    });
    expect(daysLeft({ ...monthly, anchor: '2026-03-31', today: '2026-01-31', nextDueOn: '2026-03-31' })).toMatchObject({
      daysLeft: 28,
      periodDays: 28,
      furtherPeriods: 1,
    });
  });

  test.each([
    ['a service that is never billed again', { cycle: 'one-time' as const, nextDueOn: null }, 'service_not_recurring'],
    ['a free one', { cycle: 'free' as const, nextDueOn: null }, 'service_not_recurring'],
    ['a period that is not paid', { nextDueOn: '2026-01-31' }, 'period_unpaid'],
    ['a service that was never active', { anchor: null, nextDueOn: null }, 'period_unknown'],
  ])('%s has none', (_, given, refusal) => {
    expect(daysLeft({ ...monthly, today: '2026-01-31', ...given })).toBe(refusal);
  });
});

describe('the cost', () => {
  const term = daysLeft({ ...monthly, today: '2026-01-31', nextDueOn: '2026-02-15' });
  if (typeof term === 'string') throw new Error(term);
  const left = term;
  const period = { from: '2026-01-15', to: '2026-02-14' };
  const paid: PaidSpan[] = [{ amountMinor: 500n, ...period }];

  test('an upgrade asks for the difference of the days left', () => {
    const cost = changeCost({ left, oldMinor: 500n, newMinor: 1500n, paid });
    expect(cost).toEqual({ newRestMinor: 726n, oldRestMinor: 242n, dueMinor: 484n });
  });

  test('going back on the same day gives all of it back', () => {
    const upgraded = [...paid, { amountMinor: 484n, from: left.from, to: left.to }];
    expect(changeCost({ left, oldMinor: 1500n, newMinor: 500n, paid: upgraded }).dueMinor).toBe(-484n);
  });

  test('what was never paid is not given back', () => {
    expect(changeCost({ left, oldMinor: 1500n, newMinor: 500n, paid }).dueMinor).toBe(0n);
    expect(changeCost({ left, oldMinor: 1500n, newMinor: 200n, paid }).dueMinor).toBe(-145n);
    expect(changeCost({ left, oldMinor: 1500n, newMinor: 0n, paid: [] }).dueMinor).toBe(0n);
  });

  test('what was given back for these days is not given back again', () => {
    const before = [
      { amountMinor: 1500n, ...period },
      { amountMinor: -484n, from: left.from, to: left.to },
    ];
    expect(changeCost({ left, oldMinor: 500n, newMinor: 100n, paid: before }).dueMinor).toBe(-194n);
    expect(changeCost({ left, oldMinor: 1500n, newMinor: 100n, paid: before }).dueMinor).toBe(-193n);
  });

  test('money of earlier periods counts for nothing', () => {
    const old = [{ amountMinor: 9900n, from: '2025-12-15', to: '2026-01-14' }];
    expect(changeCost({ left, oldMinor: 1500n, newMinor: 500n, paid: old }).dueMinor).toBe(0n);
  });

  test('the days left add up to what is due', () => {
    for (const newMinor of [0n, 1n, 333n, 499n, 501n, 1999n]) {
      const cost = changeCost({ left, oldMinor: 500n, newMinor, paid });
      expect(cost.newRestMinor - cost.oldRestMinor).toBe(cost.dueMinor);
    }
  });
});

describe('whatever is asked for', () => {
  const STARTS = '2026-01-15';
  const DAYS = 31;
  const price = fc.bigInt({ min: 0n, max: 100_000n });
  const day = fc.integer({ min: 0, max: DAYS - 1 });
  const leftOn = (count: number) => {
    const left = daysLeft({ ...monthly, today: addDays(STARTS, count), nextDueOn: addDays(STARTS, DAYS) });
    if (typeof left === 'string') throw new Error(left);
    return left;
  };
  const firstPaid = (amountMinor: bigint): PaidSpan => ({ amountMinor, from: STARTS, to: addDays(STARTS, DAYS - 1) });

  test('a move and its reverse on the same day cost nothing', () => {
    fc.assert(
      fc.property(price, price, day, (one, other, on) => {
        const left = leftOn(on);
        const there = changeCost({ left, oldMinor: one, newMinor: other, paid: [firstPaid(one)] }).dueMinor;
        const paid = [firstPaid(one), { amountMinor: there, from: left.from, to: left.to }];
        expect(there + changeCost({ left, oldMinor: other, newMinor: one, paid }).dueMinor).toBe(0n);
      }),
    );
  });

  test('many moves cost what was used, to a minor unit each, and never give back more than was paid', () => {
    const moves = fc.array(fc.record({ on: day, newMinor: price }), { maxLength: 12 });
    fc.assert(
      fc.property(price, moves, (first, asked) => {
        const paid = [firstPaid(first)];
        let oldMinor = first;
        let usedDays = first * BigInt(DAYS);
        for (const { on, newMinor } of asked.toSorted((a, b) => a.on - b.on)) {
          const left = leftOn(on);
          const { dueMinor } = changeCost({ left, oldMinor, newMinor, paid });
          paid.push({ amountMinor: dueMinor, from: left.from, to: left.to });
          usedDays += (newMinor - oldMinor) * BigInt(left.daysLeft);
          oldMinor = newMinor;
          expect(paid.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)).toBeGreaterThanOrEqual(0n);
        }
        const total = paid.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
        const offDays = total * BigInt(DAYS) - usedDays;
        expect(offDays < 0n ? -offDays : offDays).toBeLessThanOrEqual(BigInt(asked.length * DAYS));
      }),
    );
  });

  test('what is left of a period never costs more than the whole, however it is cut', () => {
    fc.assert(
      fc.property(price, day, (newMinor, on) => {
        const { newRestMinor } = changeCost({ left: leftOn(on), oldMinor: 0n, newMinor, paid: [] });
        expect(newRestMinor).toBeLessThanOrEqual(newMinor);
        expect(newRestMinor).toBeGreaterThanOrEqual(0n);
      }),
    );
  });
});
