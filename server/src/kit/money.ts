/**
 * Money as whole minor units in a bigint (1999n is 19.99 USD, 1999 JPY, 1.999 KWD), with one rounding rule: once, at
 * the end, half away from zero. So what is charged and what is given back for the same thing cancel out exactly.
 */
import { findExponent } from './currencies.ts';
import { Invalid } from './errors.ts';

/** The largest amount a bigint column holds. Every function here refuses to go past it, in both directions. */
export const MAX_MINOR = 2n ** 63n - 1n;

/**
 * How many decimals the currency's minor unit has.
 * @throws Invalid `unknown_currency` for anything but an ISO 4217 code in capitals
 */
export function exponentOf(currency: string): number {
  const exponent = findExponent(currency);
  if (exponent === undefined) {
    throw new Invalid('unknown_currency', {
      issues: [{ path: 'currency', message: 'must be an ISO 4217 code in capitals, for example EUR' }],
    });
  }
  return exponent;
}

/**
 * Minor units from what a person or a file says, with a point and without grouping: `12.34`, `-5`, `0.5`.
 *
 * @throws Invalid `bad_amount` when it is no such number, has more decimals than the currency, or does not fit
 * @throws Invalid `unknown_currency`
 */
export function parseMoney(text: string, currency: string): bigint {
  const exponent = exponentOf(currency);
  const parsed = /^(-?)(\d{1,30})(?:\.(\d{1,30}))?$/.exec(text.trim());
  if (!parsed) throw badAmount('must be a number such as 12.34, with a point and without grouping');
  const [, sign, whole = '', decimals = ''] = parsed;
  if (decimals.length > exponent) {
    throw badAmount(exponent === 0 ? `${currency} has no decimals` : `${currency} has at most ${exponent} decimals`);
  }
  const size = BigInt(whole + decimals.padEnd(exponent, '0'));
  if (size > MAX_MINOR) throw badAmount('is too large');
  return sign ? -size : size;
}

/** The amount as a plain number, `-12.34`, for forms, files and APIs of others. `parseMoney` reads it back. */
export function decimalOf(minor: bigint, currency: string): `${number}` {
  const exponent = exponentOf(currency);
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const decimals = digits.slice(digits.length - exponent);
  return `${minor < 0n ? '-' : ''}${whole}${decimals && `.${decimals}`}` as `${number}`;
}

/**
 * The amount as people read it, always with all the decimals of the currency: `$12.34`, `12,34 €`, `¥1,234`.
 *
 * @param locale BCP 47, for example `de-AT`
 * @throws RangeError when `locale` is malformed
 */
export function formatMoney(minor: bigint, currency: string, locale: string): string {
  const decimal = decimalOf(minor, currency);
  return formatterOf(currency, locale).format(decimal);
}

/**
 * `part` of `whole` of an amount, for example 12 of 31 days.
 *
 * @param part may be larger than `whole` or negative
 * @param whole 1 or more
 * @throws RangeError when `whole` is less than 1, or either is not a whole number
 */
export function share(minor: bigint, part: number | bigint, whole: number | bigint): bigint {
  const denominator = BigInt(whole);
  if (denominator < 1n) throw new RangeError(`A share of ${denominator} parts cannot be taken.`);
  return fitting(divide(minor * BigInt(part), denominator));
}

/**
 * What the rest of a period costs.
 *
 * @param price price of the full period, in minor units
 * @param daysLeft whole days still to come, 0 to `periodDays`
 * @param periodDays days in the full period, 1 or more
 * @throws RangeError when `daysLeft` is outside the period: the caller has the wrong period
 */
export function prorate(price: bigint, { daysLeft, periodDays }: { daysLeft: number; periodDays: number }): bigint {
  checkDays(daysLeft, periodDays);
  return share(price, daysLeft, periodDays);
}

/**
 * What a package change costs for the rest of a period that is already paid.
 *
 * Counts whole days; the day of the change is charged at the new price. Rounds once, at the end, half away from zero,
 * so that an upgrade and its reverse cancel out to the cent.
 *
 * @param change.oldPrice price of the full period, in minor units (1999n = 19.99)
 * @param change.newPrice as `oldPrice`, same currency
 * @param change.daysLeft days from the change to the period's end, both counted, 0 to `periodDays`
 * @param change.periodDays days in the paid period, 1 or more
 * @returns minor units: positive is charged now, negative becomes credit
 * @throws RangeError when `daysLeft` is outside the period: the caller has the wrong period
 */
export function packageChangeCost(change: {
  oldPrice: bigint;
  newPrice: bigint;
  daysLeft: number;
  periodDays: number;
}): bigint {
  checkDays(change.daysLeft, change.periodDays);
  return share(change.newPrice - change.oldPrice, change.daysLeft, change.periodDays);
}

/**
 * A percentage of an amount, for tax and discounts.
 *
 * @param percent decimal text, so that no binary fraction creeps in: `19`, `19.25`, `-5`; at most 9 decimals
 * @throws RangeError when `percent` is no such number: a stored rate is wrong
 */
export function percentOf(minor: bigint, percent: string): bigint {
  const parsed = /^(-?)(\d{1,9})(?:\.(\d{1,9}))?$/.exec(percent);
  if (!parsed) throw new RangeError(`Not a percentage: ${percent}`);
  const [, sign, whole = '', decimals = ''] = parsed;
  const rate = BigInt(`${sign}${whole}${decimals}`);
  return fitting(divide(minor * rate, 100n * 10n ** BigInt(decimals.length)));
}

/**
 * Split an amount by weights so that the parts add up to it exactly. What rounding leaves over goes, one minor unit
 * each, to the parts that lost most by it; of equals, to the earlier one. A negative amount splits as its positive.
 *
 * @param weights whole numbers, none negative, not all zero
 * @returns one part per weight, in the same order
 * @throws RangeError when the weights cannot be used
 */
export function allocate(totalMinor: bigint, weights: readonly (number | bigint)[]): bigint[] {
  const exact = weights.map((weight) => BigInt(weight));
  const sum = exact.reduce((before, weight) => before + weight, 0n);
  if (sum <= 0n || exact.some((weight) => weight < 0n)) {
    throw new RangeError('Weights must not be negative and must not all be zero.');
  }
  if (totalMinor < 0n) return allocate(-totalMinor, exact).map((part) => -part);
  const parts = exact.map((weight, index) => ({
    index,
    minor: (totalMinor * weight) / sum,
    lost: (totalMinor * weight) % sum,
  }));
  const left = Number(totalMinor - parts.reduce((before, part) => before + part.minor, 0n));
  const byLoss = [...parts].sort((a, b) => (a.lost === b.lost ? a.index - b.index : a.lost > b.lost ? -1 : 1));
  for (const part of byLoss.slice(0, left)) part.minor += 1n;
  return parts.map((part) => part.minor);
}

/** Rounded half away from zero; `denominator` is positive. */
function divide(numerator: bigint, denominator: bigint): bigint {
  const size = numerator < 0n ? -numerator : numerator;
  const rounded = (2n * size + denominator) / (2n * denominator);
  return numerator < 0n ? -rounded : rounded;
}

function fitting(minor: bigint): bigint {
  if (minor > MAX_MINOR || minor < -MAX_MINOR) throw new RangeError('The amount is too large to be stored.');
  return minor;
}

function checkDays(daysLeft: number, periodDays: number): void {
  const whole = Number.isInteger(daysLeft) && Number.isInteger(periodDays);
  if (!whole || periodDays < 1 || daysLeft < 0 || daysLeft > periodDays) {
    throw new RangeError(`${daysLeft} days left do not fit a period of ${periodDays} days.`);
  }
}

function badAmount(message: string): Invalid {
  return new Invalid('bad_amount', { issues: [{ path: 'amount', message }] });
}

// Making a formatter costs some 50 µs and lists show hundreds of amounts. The locale comes from stored settings, so
// the number of keys is small; the bound is there in case it is not.
const formatters = new Map<string, Intl.NumberFormat>();
const MAX_FORMATTERS = 500;

function formatterOf(currency: string, locale: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const known = formatters.get(key);
  if (known) return known;
  const digits = exponentOf(currency);
  const made = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  if (formatters.size >= MAX_FORMATTERS) formatters.clear();
  formatters.set(key, made);
  return made;
}
