/** A DNS zone as the panel's zone file has it: lines with indexes that shift, and a serial that guards edits. */
import { refuse } from './messages.ts';

export interface ZoneRecord {
  /** `@` for the zone itself, else relative to it without a final dot. */
  name: string;
  type: string;
  ttl: number;
  data: string[];
}

export type ZoneLine = { text: string } | ZoneRecord;

export interface Zone {
  domain: string;
  /** The account it belongs to; empty when none does. */
  user: string;
  lines: ZoneLine[];
}

const SOA_FILE_LINES = 6;
const TYPES = new Set(['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT']);

export const isRecord = (line: ZoneLine): line is ZoneRecord => 'type' in line;

/** @param nowSeconds the serial begins with its day, UTC */
export function newZone(options: {
  domain: string;
  user: string;
  ip: string;
  nameservers: string[];
  hostname: string;
  nowSeconds: number;
}): Zone {
  const { domain, user, ip, nameservers, hostname, nowSeconds } = options;
  const day = new Date(nowSeconds * 1000).toISOString().slice(0, 10).replaceAll('-', '');
  const primary = nameservers[0] ?? hostname;
  const record = (name: string, type: string, ...data: string[]): ZoneRecord => ({ name, type, ttl: 14_400, data });
  return {
    domain,
    user,
    lines: [
      { text: `; cPanel first:${nowSeconds} (update_time):${nowSeconds}` },
      { text: `; Zone file for ${domain}` },
      { text: '$TTL 14400' },
      record('@', 'SOA', `${primary}.`, `hostmaster.${domain}.`, `${day}00`, '3600', '1800', '1209600', '86400'),
      ...nameservers.map((nameserver) => record('@', 'NS', `${nameserver}.`)),
      record('@', 'A', ip),
      record('@', 'MX', '0', `${domain}.`),
      record('mail', 'CNAME', `${domain}.`),
      record('www', 'CNAME', `${domain}.`),
      record('ftp', 'A', ip),
      record('@', 'TXT', `v=spf1 +a +mx +ip4:${ip} ~all`),
    ],
  };
}

/** Each line with its 0-based index in the file; a SOA record is spread over several. */
export function indexedLines(zone: Zone): { index: number; line: ZoneLine }[] {
  let index = 0;
  return zone.lines.map((line) => {
    const at = index;
    index += isRecord(line) && line.type === 'SOA' ? SOA_FILE_LINES : 1;
    return { index: at, line };
  });
}

export const serialOf = (zone: Zone) => Number(soaOf(zone)?.data[2] ?? 0);

export interface ZoneEdits {
  add: ZoneRecord[];
  edit: { index: number; record: ZoneRecord }[];
  remove: number[];
}

/**
 * The zone with all edits applied and the serial counted up; the given one stays as it was.
 * @throws PanelRefusal when there is no record at an index.
 */
export function editedZone(zone: Zone, edits: ZoneEdits): Zone {
  const indexed = indexedLines(zone);
  const recordAt = (index: number) => {
    const found = indexed.find((entry) => entry.index === index);
    if (found === undefined || !isRecord(found.line)) refuse('zoneLineAbsent', { line: index, zone: zone.domain });
  };
  for (const index of [...edits.remove, ...edits.edit.map((edit) => edit.index)]) recordAt(index);
  const lines = indexed
    .filter(({ index }) => !edits.remove.includes(index))
    .map(({ index, line }) => edits.edit.find((edit) => edit.index === index)?.record ?? line);
  const changed = { ...zone, lines: [...lines, ...edits.add] };
  const serial = String(Math.max(serialOf(zone), serialOf(changed)) + 1);
  changed.lines = changed.lines.map((line) =>
    isRecord(line) && line.type === 'SOA' ? { ...line, data: line.data.with(2, serial) } : line,
  );
  return changed;
}

/**
 * A record as written to the panel, names made relative.
 * @throws PanelRefusal naming what is wrong.
 */
export function recordOf(zone: Zone, given: { name: string; type: string; ttl: number; data: string[] }): ZoneRecord {
  const { type, ttl, data } = given;
  const invalid = (name: string, reason: string) => refuse('parameterInvalid', { name, reason });
  if (!TYPES.has(type)) invalid('record_type', `“${type}” is not a record type`);
  if (!Number.isInteger(ttl) || ttl < 1) invalid('ttl', `“${ttl}” is not a positive whole number`);
  if (data.length === 0 || data.some((piece) => typeof piece !== 'string'))
    invalid('data', 'an array of texts is needed');
  const [first = ''] = data;
  if (type === 'A' && !/^\d{1,3}(\.\d{1,3}){3}$/.test(first)) invalid('data', `“${first}” is not an IPv4 address`);
  if (type === 'AAAA' && !/^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(first))
    invalid('data', `“${first}” is not an IPv6 address`);
  if (type === 'MX' && data.length !== 2) invalid('data', 'MX needs a preference and a target');
  if (type === 'TXT' && data.some((piece) => Buffer.byteLength(piece) > 255)) {
    invalid('data', 'a text is longer than 255 octets; split it');
  }
  return { name: relativeName(zone.domain, given.name), type, ttl, data };
}

/** As the panel shows it: the apex absolute with a final dot, everything else relative without. */
export const shownName = (zone: Zone, record: ZoneRecord) => (record.name === '@' ? `${zone.domain}.` : record.name);

function relativeName(domain: string, name: string): string {
  const lower = name.toLowerCase();
  if (lower === '' || lower === '@' || lower === `${domain}.`) return '@';
  if (lower.endsWith(`.${domain}.`)) return lower.slice(0, -domain.length - 2);
  if (lower.endsWith('.')) refuse('parameterInvalid', { name: 'dname', reason: `“${name}” is not in “${domain}”` });
  return lower;
}

function soaOf(zone: Zone): ZoneRecord | undefined {
  return zone.lines.filter(isRecord).find((record) => record.type === 'SOA');
}
