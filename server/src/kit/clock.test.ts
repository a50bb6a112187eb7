import { expect, test } from 'vitest';
import { movableClock, systemClock } from './clock.ts';

test('a movable clock stands still until it is moved', async () => {
  const clock = movableClock('2026-01-31');
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(clock.now().toISOString()).toBe('2026-01-31T00:00:00.000Z');
});

test('it goes forwards and back by explicit calls only', () => {
  const clock = movableClock('2026-01-31T12:00:00Z');
  clock.advance({ days: 1, hours: 1, minutes: 1, seconds: 1, milliseconds: 1 });
  expect(clock.now().toISOString()).toBe('2026-02-01T13:01:01.001Z');
  clock.advance({ days: -2 });
  expect(clock.now().toISOString()).toBe('2026-01-30T13:01:01.001Z');
  clock.moveTo(new Date('2020-02-29T00:00:00Z'));
  expect(clock.now().toISOString()).toBe('2020-02-29T00:00:00.000Z');
});

test('changing a Date it gave out does not move it', () => {
  const clock = movableClock('2026-01-31');
  clock.now().setFullYear(1999);
  expect(clock.now().getUTCFullYear()).toBe(2026);
});

test('a date that is none is refused and leaves the clock where it was', () => {
  const clock = movableClock('2026-01-31');
  expect(() => clock.moveTo('soon')).toThrow(RangeError);
  expect(() => clock.advance({ days: Number.NaN })).toThrow(RangeError);
  expect(clock.now().toISOString()).toBe('2026-01-31T00:00:00.000Z');
  expect(() => movableClock('31.01.2026')).toThrow('Not a date: 31.01.2026');
});

test('the system clock tells the time of this machine', () => {
  const before = Date.now();
  const told = systemClock.now().getTime();
  expect(told).toBeGreaterThanOrEqual(before);
  expect(told).toBeLessThanOrEqual(Date.now());
});
