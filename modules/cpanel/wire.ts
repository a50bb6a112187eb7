/** Reading what WHM sends: numbers come as strings, flags as `"0"`, lists as `null`. Nothing here throws. */

export type Json = Record<string, unknown>;

export function asRecord(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

/** `undefined` when it is not a list, so that a missing list is never taken for an empty one. */
export function asList(value: unknown): unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

/** The objects of a list; anything else in it is dropped. */
export function asRecords(value: unknown): Json[] | undefined {
  return asList(value)
    ?.map(asRecord)
    .filter((item) => item !== undefined);
}

/** `''` for anything that is neither text nor a number. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

export function asTexts(value: unknown): string[] {
  return (asList(value) ?? []).map(asText).filter((text) => text !== '');
}

export function asNumber(value: unknown): number | undefined {
  const text = asText(value).trim();
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
}

export const asFlag = (value: unknown): boolean => value === true || asNumber(value) === 1;

/** WHM's limits: a number, or `unlimited` as `null`; `*unknown*` and the like are `undefined`. */
export function asLimit(value: unknown): number | null | undefined {
  return asText(value) === 'unlimited' ? null : asNumber(value);
}
