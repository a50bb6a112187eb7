import { NeedsStaff, Refused, Retry } from '@hostwright/sdk';
import { expect, test } from 'vitest';
import {
  afterFailure,
  type BreakerState,
  closed,
  countsAgainstServer,
  isOpen,
  isProbing,
  OPENS_AFTER,
} from './breaker.ts';

const now = new Date('2026-01-01T00:00:00Z');
const unreachable = new Retry('The panel could not be reached.', { code: 'unreachable' });
const failing = (times: number) =>
  Array.from({ length: times }).reduce<BreakerState>((state) => afterFailure(state, unreachable, now), closed);

test('it opens after five failures in a row, not before', () => {
  expect(isOpen(failing(OPENS_AFTER - 1), now)).toBe(false);
  expect(isOpen(failing(OPENS_AFTER), now)).toBe(true);
});

test('it stays open twice as long each time, up to ten minutes', () => {
  const secondsOpen = (times: number) => ((failing(times).openUntil?.getTime() ?? 0) - now.getTime()) / 1000;
  expect([5, 6, 7, 8, 9, 10, 30].map(secondsOpen)).toEqual([30, 60, 120, 240, 480, 600, 600]);
});

test('refused credentials open it at once', () => {
  const state = afterFailure(closed, new NeedsStaff('The token was refused.', { code: 'auth' }), now);
  expect(isOpen(state, now)).toBe(true);
  expect(state.reason).toContain('token');
});

test('when its time is over it is tried, by one operation', () => {
  const state = failing(OPENS_AFTER);
  const later = new Date(now.getTime() + 31_000);
  expect(isOpen(state, later)).toBe(false);
  expect(isProbing(state)).toBe(true);
});

test('a panel that refuses a request is well', () => {
  expect(countsAgainstServer(new Refused('Domain exists.', { code: 'domain_taken' }))).toBe(false);
  expect(countsAgainstServer(new Error('a bug'))).toBe(false);
  expect(countsAgainstServer(unreachable)).toBe(true);
});
