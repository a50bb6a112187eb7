/** Which edits make wanted records stand in a zone. Pure: values in, values out. */
import { isIP } from 'node:net';
import type { DnsRecord } from '@hostwright/sdk';

/** A record as WHM's zone file holds it. */
export interface ZoneRecord {
  /** Its line in the zone file, 0-based. */
  line: number;
  /** Absolute with a trailing dot, or relative to the zone. */
  name: string;
  type: string;
  ttlSeconds: number;
  data: string[];
}

/** A record as `mass_edit_dns_zone` takes it. */
export interface ZoneEntry {
  dname: string;
  ttl: number;
  record_type: string;
  data: string[];
}

export interface ZoneEdits {
  add: ZoneEntry[];
  edit: (ZoneEntry & { line_index: number })[];
  remove: number[];
}

/**
 * The wanted records of one name and type replace those standing there; other names and types are left alone, save
 * that a CNAME and an address cannot share a name. TXT records are told apart by purpose (SPF, DKIM, DMARC), since
 * several belong at one name; one without a purpose of these is only ever added.
 *
 * @param zone its name, without a trailing dot
 */
export function planEdits(zone: string, standing: ZoneRecord[], wanted: DnsRecord[]): ZoneEdits {
  const edits: ZoneEdits = { add: [], edit: [], remove: [] };
  const free = new Map(standing.map((record) => [record.line, record]));
  const entries = uniqueBy(
    wanted.map((record) => entryOf(zone, record)),
    (entry) => JSON.stringify(entry),
  );

  const missing = entries.filter((entry) => {
    const same = [...free.values()].find((record) => isSame(zone, record, entry) && record.ttlSeconds === entry.ttl);
    if (same) free.delete(same.line);
    return same === undefined;
  });
  for (const entry of missing) {
    const replaced = [...free.values()].find((record) => slotOf(zone, asEntry(record)) === slotOf(zone, entry));
    if (replaced) {
      free.delete(replaced.line);
      edits.edit.push({ ...entry, line_index: replaced.line });
    } else {
      edits.add.push(entry);
    }
  }
  const slots = new Set(entries.map((entry) => slotOf(zone, entry)));
  for (const record of free.values()) {
    const crowdedOut = entries.some((entry) => cannotStandBeside(zone, record, entry));
    if (crowdedOut || slots.has(slotOf(zone, asEntry(record)))) edits.remove.push(record.line);
  }
  return edits;
}

export const countEdits = (edits: ZoneEdits): number => edits.add.length + edits.edit.length + edits.remove.length;

function entryOf(zone: string, record: DnsRecord): ZoneEntry {
  return {
    dname: record.name === '@' || record.name === '' ? `${zone}.` : record.name,
    ttl: record.ttlSeconds,
    record_type: record.type,
    data: dataOf(zone, record),
  };
}

function dataOf(zone: string, { type, value, priority }: DnsRecord): string[] {
  switch (type) {
    case 'A':
    case 'AAAA':
      return [value];
    case 'CNAME':
      return [absolute(zone, value)];
    case 'MX':
      return [String(priority ?? 0), absolute(zone, value)];
    case 'TXT':
      return splitText(value);
    default:
      return type satisfies never;
  }
}

/** A character string of a TXT record holds at most 255 octets. */
function splitText(value: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of value) {
    if (Buffer.byteLength(piece + character) > 255) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}

const asEntry = (record: ZoneRecord): ZoneEntry => ({
  dname: record.name,
  ttl: record.ttlSeconds,
  record_type: record.type,
  data: record.data,
});

const isSame = (zone: string, record: ZoneRecord, entry: ZoneEntry): boolean =>
  slotOf(zone, asEntry(record)) === slotOf(zone, entry) &&
  comparable(record.type, record.data) === comparable(entry.record_type, entry.data);

function comparable(type: string, data: string[]): string {
  if (type === 'TXT') return data.join('');
  if (type === 'AAAA' && isIP(data[0] ?? '') === 6) return new URL(`http://[${data[0]}]`).hostname;
  return data.join(' ').toLowerCase();
}

/** Where a record belongs: records of one slot replace each other. */
function slotOf(zone: string, { dname, record_type, data }: ZoneEntry): string {
  const place = `${absolute(zone, dname, 'relative')} ${record_type}`;
  if (record_type !== 'TXT') return place;
  const text = data.join('');
  const purpose =
    /^v=(spf1|DMARC1|DKIM1)\b/i.exec(text)?.[1]?.toLowerCase() ??
    (/\bp=/.test(text) && /^k=/.test(text) ? 'dkim1' : `=${text}`);
  return `${place} ${purpose}`;
}

function cannotStandBeside(zone: string, record: ZoneRecord, entry: ZoneEntry): boolean {
  if (absolute(zone, record.name, 'relative') !== absolute(zone, entry.dname, 'relative')) return false;
  const isAddress = (type: string) => type === 'A' || type === 'AAAA';
  return (
    (record.type === 'CNAME' && isAddress(entry.record_type)) ||
    (entry.record_type === 'CNAME' && isAddress(record.type))
  );
}

/** @param dotless what a name without a trailing dot is: a target is a full host name, a record's name relative */
function absolute(zone: string, name: string, dotless: 'full' | 'relative' = 'full'): string {
  const lower = name.toLowerCase();
  if (lower === '@') return `${zone}.`;
  if (lower.endsWith('.')) return lower;
  return dotless === 'full' ? `${lower}.` : `${lower}.${zone}.`;
}

function uniqueBy<T>(items: T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}
