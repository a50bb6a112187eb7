import { expect, test } from 'vitest';
import { longDay, periodWords, shortDay } from './day-words.ts';

test('a day is written so that nobody takes it for another, in the language of its reader', () => {
  expect(shortDay('2026-01-02')).toBe('2 Jan 2026');
  expect(longDay('2026-01-02', 'en-US')).toBe('January 2, 2026');
  expect(longDay('2026-01-02', 'de')).toBe('2. Januar 2026');
});

test('a period says once what its ends share', () => {
  const plain = (text: string) => text.replaceAll(/\s/g, ' ');
  expect(plain(periodWords({ from: '2026-11-01', to: '2026-11-30' }, 'en-GB'))).toBe('1 – 30 Nov 2026');
  expect(plain(periodWords({ from: '2026-12-15', to: '2027-01-14' }, 'de'))).toBe('15.12.2026 – 14.01.2027');
});
