import { expect, test } from 'vitest';
import { fromDecimal, toDecimal } from './decimals.ts';

test.each([
  [1999n, 'EUR', '19.99'],
  [5n, 'EUR', '0.05'],
  [0n, 'USD', '0.00'],
  [500n, 'JPY', '500'],
  [1234n, 'KWD', '1.234'],
])('%d minor units of %s are written %s, and read back', (minor, currency, text) => {
  expect(toDecimal(minor, currency)).toBe(text);
  expect(fromDecimal(text, currency)).toBe(minor);
});

test('fewer decimals are read, and more when they are zeros', () => {
  expect([fromDecimal('20', 'EUR'), fromDecimal('20.5', 'EUR'), fromDecimal('20.5000', 'EUR')]).toEqual([
    2000n,
    2050n,
    2050n,
  ]);
  expect(fromDecimal('500.00', 'JPY')).toBe(500n);
});

test.each(['', '-1.00', '1,00', '19.999', '1e3', ' 1', '1.'])('"%s" is no amount', (text) => {
  expect(() => fromDecimal(text, 'EUR')).toThrow('is no amount of EUR');
});
