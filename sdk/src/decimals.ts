/** Amounts as many providers write them: `19.99`, with as many decimals as the currency has. */

/** How many decimals ISO 4217 gives a currency: 2 for EUR, 0 for JPY, 3 for KWD. @throws RangeError for no currency code */
export const decimalsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** @param amountMinor 0 or more, in minor units; @param currency ISO 4217 */
export function toDecimal(amountMinor: bigint, currency: string): string {
  const decimals = decimalsOf(currency);
  const digits = amountMinor.toString().padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/**
 * Minor units of what a provider wrote. More decimals than the currency has are fine when they are zeros.
 *
 * @throws RangeError when it is no amount of that currency: rounding it would lose money
 */
export function fromDecimal(text: string, currency: string): bigint {
  const [, whole = '', fraction = ''] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  const decimals = decimalsOf(currency);
  if (whole === '' || /[1-9]/.test(fraction.slice(decimals))) {
    throw new RangeError(`"${text}" is no amount of ${currency}.`);
  }
  return BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
}
