/** Calendar days, `YYYY-MM-DD`, as people read them. */
const at = (day: string) => new Date(`${day}T00:00:00Z`);
const english = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** `31 Jan 2026`, which no reader takes for another day: for what is in English, such as invoices and words for staff. */
export const shortDay = (day: string): string => english.format(at(day));

/** `31 January 2026` in the reader's language. @param locale BCP 47 */
export const longDay = (day: string, locale: string): string => ofLocale(locale, 'long').format(at(day));

/** The first and last day of a period in the reader's language, what they share said once: `1 – 30 Nov 2026`. */
export const periodWords = ({ from, to }: { from: string; to: string }, locale: string): string =>
  ofLocale(locale, 'medium').formatRange(at(from), at(to));

const ofLocale = (locale: string, dateStyle: 'long' | 'medium') =>
  new Intl.DateTimeFormat(locale, { dateStyle, timeZone: 'UTC' });
