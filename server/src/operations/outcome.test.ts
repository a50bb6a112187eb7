import { NeedsStaff, Refused, Retry, Unknown } from '@hostwright/sdk';
import { expect, test } from 'vitest';
import { Wait } from '../kit/acts.ts';
import { outcomeOf, type Situation } from './outcome.ts';

const now = new Date('2026-01-01T00:00:00Z');
const situation = (values: Partial<Situation> = {}): Situation => ({
  attempts: 0,
  maxAttempts: 5,
  rules: {},
  refused: 'needs_staff',
  breakerOpenUntil: null,
  now,
  random: 0.5,
  ...values,
});
const secondsUntil = (outcome: ReturnType<typeof outcomeOf>) =>
  outcome.state === 'waiting' ? (outcome.until.getTime() - now.getTime()) / 1000 : undefined;

test('a retry waits a minute, then twice as long each time', () => {
  const error = new Retry('Busy.');
  expect([0, 1, 2, 3].map((attempts) => secondsUntil(outcomeOf(error, situation({ attempts }))))).toEqual([
    60, 120, 240, 480,
  ]);
});

test('after the last attempt a person is asked', () => {
  expect(outcomeOf(new Retry('Busy.'), situation({ attempts: 4 })).state).toBe('needs_staff');
});

test('a panel that names its time is waited for as long as it says', () => {
  expect(secondsUntil(outcomeOf(new Retry('Blocked.', { afterSeconds: 900 }), situation()))).toBe(900);
});

test('an unknown outcome is looked at soon, and before anything else', () => {
  const outcome = outcomeOf(new Unknown('No answer.'), situation());
  expect(outcome).toMatchObject({ state: 'waiting', mustFindFirst: true, spendsAttempt: true });
  expect(secondsUntil(outcome)).toBe(15);
});

test('an unexpected error proves nothing: it counts as unknown and its words stay with staff', () => {
  const outcome = outcomeOf(new TypeError('x is not a function'), situation());
  expect(outcome).toMatchObject({ mustFindFirst: true, failure: { kind: 'unknown', code: 'unexpected' } });
  expect(outcome.failure.message).not.toContain('function');
  expect(outcome.failure.detail).toContain('x is not a function');
});

test('a refusal means what the act says it means', () => {
  expect(outcomeOf(new Refused('No.'), situation()).state).toBe('needs_staff');
  expect(outcomeOf(new Refused('No.'), situation({ refused: 'failed' })).state).toBe('failed');
  expect(outcomeOf(new NeedsStaff('Help.'), situation({ refused: 'failed' })).state).toBe('needs_staff');
});

test('waiting for a place or a slot spends no attempt', () => {
  expect(outcomeOf(new Wait('no_capacity', 'Full.'), situation({ attempts: 4 }))).toMatchObject({
    state: 'waiting',
    reason: 'no_capacity',
    spendsAttempt: false,
  });
});

test('while the breaker is open nothing spends attempts, not even refused credentials', () => {
  const breakerOpenUntil = new Date('2026-01-01T00:05:00Z');
  const outcome = outcomeOf(
    new NeedsStaff('Token refused.', { code: 'auth' }),
    situation({ attempts: 4, breakerOpenUntil }),
  );
  expect(outcome).toMatchObject({
    state: 'waiting',
    reason: 'server_unavailable',
    until: breakerOpenUntil,
    spendsAttempt: false,
  });
});
