const names = new Intl.DisplayNames(undefined, { type: 'language', fallback: 'code' });

/** A language's name in the browser's language; what is no language tag stays as it is. */
export function languageName(locale: string): string {
  try {
    return locale ? (names.of(locale) ?? locale) : '';
  } catch {
    return locale;
  }
}
