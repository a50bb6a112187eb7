/** What staff may see of the data of a mail: neither passwords nor the keys inside one-time links. */
import { redactObject, STRUCK_OUT } from '../kit/redaction.ts';

/** A copy in which every value under a telling name is struck out, also in the query of a link. */
export function forStaff(data: Record<string, unknown>): Record<string, unknown> {
  return redactObject(withoutLinkKeys(data)) as Record<string, unknown>; // an object stays an object
}

function withoutLinkKeys(value: unknown): unknown {
  if (typeof value === 'string') return withoutKeysOf(value);
  if (Array.isArray(value)) return value.map(withoutLinkKeys);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutLinkKeys(inner)]));
}

function withoutKeysOf(text: string): string {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return text;
  const link = new URL(text);
  const redacted = redactObject(Object.fromEntries(link.searchParams)) as Record<string, string>;
  if (!Object.values(redacted).includes(STRUCK_OUT)) return text;
  const query = Object.entries(redacted).map(([name, value]) => `${encodeURIComponent(name)}=${value}`);
  return `${link.origin}${link.pathname}?${query.join('&')}`;
}
