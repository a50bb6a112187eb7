import { expect, test } from 'vitest';
import { optionAnswers } from './option-answers.ts';
import { wholeNumber } from './paging.ts';
import { facts, table } from './print.ts';

test('columns are as wide as their longest cell, and lines end with their last word', () => {
  const rows = [
    [7n, 'a-long-domain.test', null],
    [1234, 'b.test', new Date('2026-01-02T03:04:05.678Z')],
  ];
  expect(table(['no', 'domain', 'at'], rows, 'Nothing.')).toBe(
    [
      'NO    DOMAIN              AT',
      '7     a-long-domain.test  -',
      '1234  b.test              2026-01-02T03:04:05Z',
    ].join('\n'),
  );
  expect(table(['no'], [], 'Nothing.')).toBe('Nothing.');
  expect(facts({ State: 'active', 'Next due on': '' })).toBe('State        active\nNext due on  -');
});

test('answers to options become what the kind of the option wants', () => {
  const option = (code: string, kind: 'choice' | 'yes_no' | 'quantity') => ({ code, kind });
  const product = { options: [option('size', 'choice'), option('ssl', 'yes_no'), option('seats', 'quantity')] };
  const typed = { size: '10', ssl: 'false', seats: '3', other: '1' };
  expect(optionAnswers(product as Parameters<typeof optionAnswers>[0], typed)).toEqual({
    size: '10',
    ssl: false,
    seats: 3,
    other: '1',
  });
});

test('a number outside its bounds is refused with the bounds', () => {
  expect(wholeNumber(1, 200)('200')).toBe(200);
  for (const wrong of ['0', '201', '1.5', '-1', 'ten', '']) {
    expect(() => wholeNumber(1, 200)(wrong)).toThrow('It must be a whole number from 1 to 200.');
  }
});
