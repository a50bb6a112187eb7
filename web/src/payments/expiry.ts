/** Ahead of its last month by this many months, a card is said to end soon. */
const SOON_MONTHS = 1;

export type Expiry = 'good' | 'soon' | 'over';

/**
 * How long a card is still good for.
 * @param expiresIn its last good month, `YYYY-MM`; null when it does not expire
 */
export function expiryOf(expiresIn: string | null, now = new Date()): Expiry {
  if (expiresIn === null) return 'good';
  const [year = 0, month = 0] = expiresIn.split('-').map(Number);
  const monthsLeft = (year - now.getUTCFullYear()) * 12 + (month - 1 - now.getUTCMonth());
  if (monthsLeft < 0) return 'over';
  return monthsLeft <= SOON_MONTHS ? 'soon' : 'good';
}

const monthFormat = new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** `2027-03` as people say it: March 2027. */
export const formatMonth = (month: string) => monthFormat.format(new Date(`${month}-01T00:00:00Z`));
