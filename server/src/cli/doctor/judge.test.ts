import { expect, test } from 'vitest';
import { judgeSearch, judgeSkew } from './database.ts';
import { examineNode, judgeSpace } from './machine.ts';
import { judgeQueue } from './shop.ts';

const states = (findings: { state: string; subject: string }[]) =>
  Object.fromEntries(findings.map(({ subject, state }) => [subject, state]));

test('clocks may differ by less than two seconds, and must not by thirty', () => {
  expect([0, 1.9, -1.9].map((seconds) => judgeSkew(seconds).state)).toEqual(['ok', 'ok', 'ok']);
  expect(judgeSkew(-12)).toMatchObject({ state: 'warn', message: 'the database is 12.0 seconds behind' });
  expect(judgeSkew(30)).toMatchObject({ state: 'fail', message: 'the database is 30.0 seconds ahead' });
});

test('search without its indexes works, and is told', () => {
  expect([true, false].map((indexed) => judgeSearch(indexed).state)).toEqual(['ok', 'warn']);
});

test('a disk that fills up is told before the database stops', () => {
  expect([5000, 1024, 1023, 200, 199].map((mb) => judgeSpace('/data', mb).state)).toEqual([
    'ok',
    'ok',
    'warn',
    'warn',
    'fail',
  ]);
});

test('an older Node.js works, and the tested one is named', () => {
  expect(examineNode('24.21.0').state).toBe('ok');
  expect(examineNode('22.18.0')).toMatchObject({ state: 'warn', whatToDo: expect.stringContaining('24') });
});

test('a queue without workers, with late or stuck operations is told apart', () => {
  const calm = { workers: 1, operations: { done: 3 }, oldestDueSeconds: null, openAlerts: 0, mailsQueued: 0 };
  expect(states(judgeQueue(calm))).toEqual({ Workers: 'ok', Queue: 'ok', 'Needs staff': 'ok' });
  expect(states(judgeQueue({ ...calm, workers: 0, oldestDueSeconds: 60, openAlerts: 2 }))).toMatchObject({
    Workers: 'warn',
    Queue: 'warn',
    Alerts: 'warn',
  });
  expect(states(judgeQueue({ ...calm, oldestDueSeconds: 900, operations: { needs_staff: 1 } }))).toMatchObject({
    Queue: 'fail',
    'Needs staff': 'warn',
  });
});
