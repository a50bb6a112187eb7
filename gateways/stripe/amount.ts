/**
 * Stripe counts most currencies as ISO 4217 does. https://docs.stripe.com/currencies has the exceptions: some have a
 * smallest unit for Stripe that is none for ISO, or the other way round, and three decimals end in a zero.
 */
import { Refused } from '@hostwright/sdk';

/** Stripe's units in one of ISO's, as a fraction. */
const UNITS: Record<string, { times: bigint; by: bigint }> = {
  ISK: { times: 100n, by: 1n },
  UGX: { times: 100n, by: 1n },
  MGA: { times: 1n, by: 100n },
};
const SAME = { times: 1n, by: 1n };
const ENDS_IN_ZERO = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

/** @throws Refused when Stripe has no coin small enough */
export function toStripe(amountMinor: bigint, currency: string): number {
  const { times, by } = UNITS[currency] ?? SAME;
  const amount = amountMinor * times;
  if (amount % by !== 0n || (ENDS_IN_ZERO.has(currency) && amount % 10n !== 0n)) {
    throw new Refused('This amount cannot be paid by card. Please choose another payment method.', {
      code: 'amount_too_fine',
      detail: `Stripe cannot take ${amountMinor} minor units of ${currency}.`,
    });
  }
  return Number(amount / by);
}

/** @param currency in Stripe's lower case or ISO's upper case */
export function fromStripe(amount: number, currency: string): bigint {
  const { times, by } = UNITS[currency.toUpperCase()] ?? SAME;
  return (BigInt(amount) * by) / times;
}
