import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CURRENCIES, isCurrency } from './currencies.ts';
import { Invalid } from './errors.ts';
import {
  allocate,
  decimalOf,
  exponentOf,
  formatMoney,
  MAX_MINOR,
  packageChangeCost,
  parseMoney,
  percentOf,
  prorate,
  share,
} from './money.ts';

const amount = fc.bigInt({ min: -MAX_MINOR, max: MAX_MINOR });
/** Any price a shop has: up to a billion in a currency with two decimals. */
const price = fc.bigInt({ min: 0n, max: 100_000_000_000n });
const currency = fc.constantFrom(...CURRENCIES);
const period = fc
  .integer({ min: 1, max: 1096 })
  .chain((periodDays) =>
    fc.record({ periodDays: fc.constant(periodDays), daysLeft: fc.integer({ min: 0, max: periodDays }) }),
  );

const issueOf = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    if (error instanceof Invalid) return `${error.code}: ${error.issues[0]?.message}`;
    throw error;
  }
  return undefined;
};

describe('currencies', () => {
  test('each counts by its ISO 4217 minor unit, also where it is customarily shown with less', () => {
    const expected = {
      USD: 2,
      EUR: 2,
      JPY: 0,
      KRW: 0,
      ISK: 0,
      UGX: 0,
      KWD: 3,
      IQD: 3,
      TND: 3,
      CLF: 4,
      HUF: 2,
      IDR: 2,
      COP: 2,
    };
    for (const [code, exponent] of Object.entries(expected)) expect([code, exponentOf(code)]).toEqual([code, exponent]);
  });

  test('the runtime knows every code, so that each has a name and a symbol', () => {
    const names = new Intl.DisplayNames('en', { type: 'currency', fallback: 'none' });
    expect(CURRENCIES.filter((code) => names.of(code) === undefined)).toEqual([]);
    expect(new Set(CURRENCIES).size).toBe(CURRENCIES.length);
  });

  test('what is no code in capitals is refused', () => {
    for (const code of ['usd', 'XXX', 'DEM', '', 'toString', '__proto__']) {
      expect(isCurrency(code)).toBe(false);
      expect(issueOf(() => exponentOf(code))).toMatch(/^unknown_currency: must be an ISO 4217 code/);
    }
  });
});

describe('parsing and showing', () => {
  test('amounts are read to the minor unit', () => {
    expect(parseMoney('12.34', 'USD')).toBe(1234n);
    expect(parseMoney(' 12.3 ', 'USD')).toBe(1230n);
    expect(parseMoney('-0.05', 'EUR')).toBe(-5n);
    expect(parseMoney('1234', 'JPY')).toBe(1234n);
    expect(parseMoney('1.999', 'KWD')).toBe(1999n);
    expect(parseMoney('92233720368547758.07', 'USD')).toBe(MAX_MINOR);
  });

  test('more decimals than the currency has are refused, not rounded', () => {
    expect(issueOf(() => parseMoney('12.345', 'USD'))).toBe('bad_amount: USD has at most 2 decimals');
    expect(issueOf(() => parseMoney('12.0', 'JPY'))).toBe('bad_amount: JPY has no decimals');
    expect(issueOf(() => parseMoney('92233720368547758.08', 'USD'))).toBe('bad_amount: is too large');
    expect(issueOf(() => parseMoney('1', 'EURO'))).toMatch(/^unknown_currency/);
  });

  test.each([
    '',
    'abc',
    '1,5',
    '1.',
    '.5',
    '1e3',
    '0x10',
    '--1',
    '+1',
    '1 000',
    'NaN',
    'Infinity',
    '٣',
    '1\n2',
    '9'.repeat(40),
  ])('%j is not an amount', (text) =>
    expect(issueOf(() => parseMoney(text, 'USD'))).toMatch(/^bad_amount: must be a number/));

  test('a written amount reads back as itself, in every currency', () => {
    fc.assert(fc.property(amount, currency, (minor, code) => parseMoney(decimalOf(minor, code), code) === minor));
  });

  test('people see every decimal, exactly, in their own notation', () => {
    expect(formatMoney(1234n, 'USD', 'en-US')).toBe('$12.34');
    expect(formatMoney(-5n, 'USD', 'en-US')).toBe('-$0.05');
    expect(formatMoney(123450n, 'EUR', 'de-DE')).toBe('1.234,50\u00a0€');
    expect(formatMoney(1234n, 'JPY', 'en-US')).toBe('¥1,234');
    expect(formatMoney(1999n, 'KWD', 'en-US')).toBe('KWD\u00a01.999');
    expect(formatMoney(150050n, 'HUF', 'en-US')).toBe('HUF\u00a01,500.50');
    expect(formatMoney(MAX_MINOR, 'USD', 'en-US')).toBe('$92,233,720,368,547,758.07');
    expect(() => formatMoney(1n, 'USD', 'not a locale')).toThrow(RangeError);
  });
});

describe('shares and periods', () => {
  test('half a minor unit goes away from zero', () => {
    expect(share(1n, 1, 2)).toBe(1n);
    expect(share(-1n, 1, 2)).toBe(-1n);
    expect(share(100n, 1, 3)).toBe(33n);
    expect(share(200n, 1, 3)).toBe(67n);
  });

  test('a share is never more than half a minor unit off', () => {
    fc.assert(
      fc.property(price, fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 1, max: 5000 }), (minor, part, whole) => {
        const off = share(minor, part, whole) * BigInt(whole) - minor * BigInt(part);
        return 2n * (off < 0n ? -off : off) <= BigInt(whole);
      }),
    );
  });

  test('a share of nothing, of fractions, or too large for a column is refused', () => {
    expect(() => share(100n, 1, 0)).toThrow(RangeError);
    expect(() => share(100n, 0.5, 2)).toThrow(RangeError);
    expect(() => share(MAX_MINOR, 2, 1)).toThrow('too large');
  });

  test('a full period costs its price and an ended one nothing', () => {
    fc.assert(
      fc.property(price, period, (minor, { periodDays }) => {
        expect(prorate(minor, { daysLeft: periodDays, periodDays })).toBe(minor);
        expect(prorate(minor, { daysLeft: 0, periodDays })).toBe(0n);
      }),
    );
  });

  test('an upgrade in mid-month costs the difference of the days left', () => {
    expect(packageChangeCost({ oldPrice: 1000n, newPrice: 2000n, daysLeft: 15, periodDays: 30 })).toBe(500n);
    expect(packageChangeCost({ oldPrice: 999n, newPrice: 1999n, daysLeft: 10, periodDays: 31 })).toBe(323n);
  });

  test('an upgrade and its reverse cancel out to the cent', () => {
    fc.assert(
      fc.property(price, price, period, (oldPrice, newPrice, days) => {
        const up = packageChangeCost({ oldPrice, newPrice, ...days });
        expect(packageChangeCost({ oldPrice: newPrice, newPrice: oldPrice, ...days })).toBe(-up);
      }),
    );
  });

  test('days outside the period are refused', () => {
    const days = (daysLeft: number, periodDays: number) => () =>
      packageChangeCost({ oldPrice: 0n, newPrice: 1n, daysLeft, periodDays });
    for (const wrong of [days(31, 30), days(-1, 30), days(0, 0), days(1.5, 30), days(Number.NaN, 30)]) {
      expect(wrong).toThrow(RangeError);
    }
    expect(() => prorate(1n, { daysLeft: 2, periodDays: 1 })).toThrow('2 days left do not fit a period of 1 days.');
  });
});

describe('percentages', () => {
  test('a rate is decimal to the last digit', () => {
    expect(percentOf(10000n, '19.25')).toBe(1925n);
    expect(percentOf(50n, '19')).toBe(10n); // 9.5
    expect(percentOf(-50n, '19')).toBe(-10n);
    expect(percentOf(10000n, '-5')).toBe(-500n);
    expect(percentOf(1n, '0.000000001')).toBe(0n);
  });

  test('a hundred percent is all, none is nothing, and a rate per mille of mille is not lost', () => {
    fc.assert(fc.property(amount, (minor) => percentOf(minor, '100.000') === minor && percentOf(minor, '0') === 0n));
    expect(percentOf(1_000_000_000_000n, '0.0001')).toBe(1_000_000n);
  });

  test.each(['', '19,25', '19%', '1e2', '.5', '1.0000000001'])('%j is not a rate', (percent) =>
    expect(() => percentOf(100n, percent)).toThrow(RangeError));

  test('a result too large for a column is refused', () => {
    expect(() => percentOf(MAX_MINOR, '101')).toThrow('too large');
  });
});

describe('allocating', () => {
  test('what rounding leaves over goes to those who lost most, of equals to the earlier', () => {
    expect(allocate(100n, [1, 1, 1])).toEqual([34n, 33n, 33n]);
    expect(allocate(-100n, [1, 1, 1])).toEqual([-34n, -33n, -33n]);
    expect(allocate(10n, [1, 3])).toEqual([3n, 7n]); // 2.5 and 7.5
    expect(allocate(5n, [0, 1])).toEqual([0n, 5n]);
    expect(allocate(0n, [2, 1])).toEqual([0n, 0n]);
  });

  test('the parts add up exactly, and none is a whole minor unit off its exact share', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(amount, weights, (total, weights) => {
        fc.pre(weights.some((weight) => weight > 0));
        const parts = allocate(total, weights);
        expect(parts.reduce((before, part) => before + part, 0n)).toBe(total);
        const sum = BigInt(weights.reduce((before, weight) => before + weight, 0));
        for (const [index, weight] of weights.entries()) {
          const off = (parts[index] ?? 0n) * sum - total * BigInt(weight);
          expect(off < sum && off > -sum).toBe(true);
        }
      }),
    );
  });

  test('weights that cannot be used are refused', () => {
    for (const weights of [[], [0, 0], [2, -1], [0.5]]) expect(() => allocate(100n, weights)).toThrow(RangeError);
  });
});
