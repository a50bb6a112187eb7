/** Records in an account's zone, changed under the zone's serial so that nobody's edit is lost. */
import { ACCOUNT_IP, type AccountRef, type DnsRecord, NeedsStaff } from '@hostwright/sdk';
import { unreadable, type Whm } from './api.ts';
import { isRefusalOfPanel } from './failures.ts';
import { requireAccount } from './lifecycle.ts';
import { asList, asNumber, asRecords, asText, type Json } from './wire.ts';
import { countEdits, planEdits, type ZoneEdits, type ZoneRecord } from './zone.ts';

interface Zone {
  serial: string;
  records: ZoneRecord[];
}

const TRIES = 3;
const EDIT_SECONDS = 60;

export async function configureDns(api: Whm, account: AccountRef, records: DnsRecord[]): Promise<{ changed: number }> {
  const { domain, ip } = await requireAccount(api, account);
  if (ip === undefined && records.some(({ value }) => value.includes(ACCOUNT_IP))) {
    throw new NeedsStaff('The account has no IP address yet.', {
      code: 'no_ip',
      detail: `WHM gives no address for ${domain}.`,
    });
  }
  const wanted = records.map((record) => ({ ...record, value: record.value.replaceAll(ACCOUNT_IP, ip ?? '') }));

  let zone = await readZone(api, domain);
  for (let tried = 1; ; tried += 1) {
    const edits = planEdits(domain, zone.records, wanted);
    const changed = countEdits(edits);
    if (changed === 0) return { changed };
    try {
      await writeZone(api, domain, zone.serial, edits);
      return { changed };
    } catch (failure) {
      if (!isRefusalOfPanel(failure) || tried === TRIES) throw failure;
      const now = await readZone(api, domain);
      // Line numbers hold for one serial only: somebody else wrote in between, so plan anew.
      if (now.serial === zone.serial) throw failure;
      zone = now;
    }
  }
}

async function readZone(api: Whm, zone: string): Promise<Zone> {
  const rows = asRecords((await api.read('parse_dns_zone', { zone })).payload);
  const records = rows?.filter(({ type }) => type === 'record').map(asZoneRecord);
  const serial = records?.find(({ type }) => type === 'SOA')?.data[2];
  if (records === undefined || serial === undefined) throw unreadable('parse_dns_zone', 'no zone with a serial', false);
  return { serial, records };
}

async function writeZone(api: Whm, zone: string, serial: string, { add, edit, remove }: ZoneEdits): Promise<void> {
  await api.write(
    'mass_edit_dns_zone',
    {
      zone,
      serial,
      add: add.map((entry) => JSON.stringify(entry)),
      edit: edit.map((entry) => JSON.stringify(entry)),
      remove: remove.map(String),
    },
    { timeoutSeconds: EDIT_SECONDS },
  );
}

function asZoneRecord(row: Json): ZoneRecord {
  return {
    line: asNumber(row.line_index) ?? -1,
    name: decode(asText(row.dname_b64)),
    type: asText(row.record_type),
    ttlSeconds: asNumber(row.ttl) ?? 0,
    data: (asList(row.data_b64) ?? []).map((piece) => decode(asText(piece))),
  };
}

const decode = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');
