/**
 * A calendar day in words, `31 January 2026`.
 * @param day YYYY-MM-DD
 * @param locale BCP 47
 */
export const dayText = (day: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
