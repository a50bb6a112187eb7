/** The pattern of `ilike` that finds a text anywhere; `%` and `_` typed by a person mean themselves. */
export const searchPattern = (words: string): string => `%${words.replace(/[\\%_]/g, '\\$&')}%`;
