import { expect, test } from 'vitest';
import { asSteps } from './progress-steps.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds));
const stored = (state: string) => ({ name: 'a', state, attempts: 1, startedAt: at(0), finishedAt: at(3) });
const stateOf = (state: string, operationState: string) => asSteps(['a'], [stored(state)], operationState)[0]?.state;

test('steps that have not begun are pending, in their order', () => {
  const steps = asSteps(['a', 'b'], [stored('done')], 'running');
  expect(steps.map(({ name, state, seconds }) => [name, state, seconds])).toEqual([
    ['a', 'done', 3],
    ['b', 'pending', null],
  ]);
  expect(asSteps(['a', 'b'], [], null).map(({ state }) => state)).toEqual(['pending', 'pending']);
});

test.each([
  ['failed', 'waiting', 'waiting'],
  ['failed', 'needs_staff', 'waiting'],
  ['failed', 'running', 'waiting'],
  ['failed', 'failed', 'failed'],
  ['failed', 'done', 'failed'],
  ['running', 'waiting', 'waiting'],
  ['running', 'running', 'running'],
  ['waiting', 'waiting', 'waiting'],
  ['done', 'waiting', 'done'],
  ['skipped', 'running', 'skipped'],
])('a step that is %s in an operation that is %s shows as %s', (step, operation, shown) => {
  expect(stateOf(step, operation)).toBe(shown);
});

test('a step that waits has neither end nor duration', () => {
  expect(asSteps(['a'], [stored('failed')], 'waiting')[0]).toMatchObject({ finishedAt: null, seconds: null });
});
