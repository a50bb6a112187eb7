import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../kit/calendar.ts';
import { LADDER } from './ladder.ts';
import { nightsToRun } from './run-nights.ts';
import { RUNG_NAMES } from './rung.ts';
import { DEFAULTS } from './settings.ts';
import { contradictions } from './write-settings.ts';

test('every rung is on the ladder once, in the order of its names', () => {
  expect(LADDER.map(({ name }) => name)).toEqual(RUNG_NAMES);
});

test('the docs print the ladder as it is', () => {
  const docs = readFileSync(path.join(import.meta.dirname, '../../../docs/automation.md'), 'utf8');
  const printed = docs.split('\n').filter((line) => line.startsWith('| `'));
  const told = LADDER.map(({ name, countedFrom, days, does }) => {
    const list = days(DEFAULTS).map((count) => String(count).replace('-', '−'));
    return `| \`${name}\` | ${list.join(', ')} | ${countedFrom} | ${does} |`;
  });
  expect(printed).toEqual(told);
});

test('the days of a rung ascend, and the shop that sets nothing contradicts itself nowhere', () => {
  for (const rung of LADDER) {
    const days = rung.days(DEFAULTS);
    expect(days).toEqual(days.toSorted((a, b) => a - b));
  }
  expect(contradictions(DEFAULTS)).toEqual([]);
});

test('days that contradict each other are named', () => {
  const paths = (change: Partial<typeof DEFAULTS>) =>
    contradictions({ ...DEFAULTS, ...change }).map(({ path }) => path);
  expect(paths({ reminderDays: [1, 4, 1] })).toEqual(['reminderDays.2']);
  expect(paths({ collectDays: [0, 0] })).toEqual(['collectDays.1']);
  expect(paths({ reminderDays: [4, 10], suspendAfterDays: 10 })).toEqual(['reminderDays.1']);
  expect(paths({ suspendAfterDays: 45, terminateAfterDays: 45 })).toEqual(['terminateAfterDays']);
});

test('nights are made up for in order, each once, and a shop without a past has none to make up for', () => {
  expect(nightsToRun(null, '2026-03-01')).toEqual(['2026-03-01']);
  expect(nightsToRun('2026-03-01', '2026-03-01')).toEqual([]);
  expect(nightsToRun('2026-03-02', '2026-03-01')).toEqual([]);
  expect(nightsToRun('2026-02-26', '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3000 }), fc.array(fc.integer({ min: 0, max: 40 })), (start, gaps) => {
      const run: string[] = [];
      let today = addDays('2024-01-01', start);
      for (const gap of gaps) {
        today = addDays(today, gap);
        run.push(...nightsToRun(run.at(-1) ?? null, today));
      }
      expect(run).toEqual([...new Set(run)].toSorted());
      const [first] = run;
      if (first !== undefined) expect(run).toEqual(nightsToRun(addDays(first, -1), today));
    }),
  );
});
