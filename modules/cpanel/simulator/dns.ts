/** WHM's DNS functions: the guarded parse/mass-edit pair, and the older one-record ones. */
import type { Outcome, WhmCall, WhmFunctions } from './call.ts';
import { refuse } from './messages.ts';
import { domainAsKept } from './names.ts';
import {
  editedZone,
  indexedLines,
  isRecord,
  newZone,
  recordOf,
  serialOf,
  shownName,
  type Zone,
  type ZoneRecord,
} from './zone.ts';

const DEFAULT_TTL = 14_400;

export const dnsFunctions: WhmFunctions = {
  listzones: { acl: 'manage-dns-records', run: listZones, list: 'zone' },
  parse_dns_zone: {
    acl: 'manage-dns-records',
    run: (call) => ({ data: { payload: parsedZone(ownZone(call, call.parameters.required('zone'))) } }),
  },
  mass_edit_dns_zone: { acl: 'edit-dns', verb: 'configureDns', run: massEdit },
  dumpzone: { acl: 'manage-dns-records', run: dumpZone },
  addzonerecord: { acl: 'manage-dns-records', verb: 'configureDns', run: addRecord },
  editzonerecord: { acl: 'manage-dns-records', verb: 'configureDns', run: editRecord },
  removezonerecord: { acl: 'manage-dns-records', verb: 'configureDns', run: removeRecord },
  getzonerecord: {
    acl: 'manage-dns-records',
    run: (call) => {
      const zone = namedZone(call);
      const line = lineNumber(call);
      const row = dumpedRecords(zone).find((record) => record.Line === line);
      return { data: { record: [row ?? refuse('zoneLineAbsent', { line, zone: zone.domain })] } };
    },
  },
  adddns: { acl: 'create-dns', verb: 'configureDns', run: addZone },
  killdns: { acl: 'kill-dns', run: removeZone },
};

function ownZone(
  { panel, caller }: WhmCall,
  name: string,
  absent: 'zoneNotYours' | 'zoneAbsent' = 'zoneNotYours',
): Zone {
  const zone = panel.zones.get(domainAsKept(name)) ?? refuse(absent, { zone: name });
  const owner = panel.accounts.get(zone.user)?.owner;
  if (!caller.seesAll && owner !== caller.user && zone.user !== caller.user) refuse('zoneNotYours', { zone: name });
  return zone;
}

const namedZone = (call: WhmCall) =>
  ownZone(call, call.parameters.text('zone') ?? call.parameters.required('domain'), 'zoneAbsent');

function listZones({ panel, caller }: WhmCall): Outcome {
  const mine = [...panel.zones.values()].filter(
    ({ user }) => caller.seesAll || user === caller.user || panel.accounts.get(user)?.owner === caller.user,
  );
  const names = [...mine.map(({ domain }) => domain), ...(caller.seesAll ? panel.settings.peerZones : [])];
  return { data: { zone: names.map((domain) => ({ domain, zonefile: `${domain}.db` })) } };
}

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

/** As parse_dns_zone shows it, every text in base64. */
export function parsedZone(zone: Zone) {
  return indexedLines(zone).map(({ index, line }) =>
    isRecord(line)
      ? {
          line_index: index,
          type: 'record',
          record_type: line.type,
          ttl: line.ttl,
          dname_b64: base64(shownName(zone, line)),
          data_b64: line.data.map(base64),
        }
      : { line_index: index, type: line.text.startsWith('$') ? 'control' : 'comment', text_b64: base64(line.text) },
  );
}

function massEdit(call: WhmCall): Outcome {
  const { panel, parameters } = call;
  const changed = massEdited(ownZone(call, parameters.required('zone')), parameters);
  panel.zones.set(changed.domain, changed);
  return { data: { new_serial: serialOf(changed) } };
}

/** @throws PanelRefusal when the serial is stale or any one edit is wrong: then none of them counts. */
export function massEdited(zone: Zone, parameters: WhmCall['parameters']): Zone {
  const given = parameters.required('serial');
  if (Number(given) !== serialOf(zone)) refuse('zoneSerial', { given, serial: serialOf(zone) });
  return editedZone(zone, {
    add: parameters.every('add').map((text) => writtenRecord(zone, 'add', text).record),
    edit: parameters.every('edit').map((text) => {
      const { record, index } = writtenRecord(zone, 'edit', text);
      return { record, index: index ?? refuse('parameterInvalid', { name: 'edit', reason: 'line_index is missing' }) };
    }),
    remove: parameters.every('remove').map(Number),
  });
}

function writtenRecord(zone: Zone, parameter: string, text: string): { record: ZoneRecord; index: number | undefined } {
  let given: Record<string, unknown>;
  try {
    given = JSON.parse(text);
  } catch {
    return refuse('parameterInvalid', { name: parameter, reason: 'not JSON' });
  }
  const { dname, record_type: type, ttl, data, line_index: index } = given;
  if (typeof dname !== 'string' || typeof type !== 'string' || !Array.isArray(data)) {
    refuse('parameterInvalid', { name: parameter, reason: 'dname, record_type and data are needed' });
  }
  const record = recordOf(zone, { name: dname, type, ttl: Number(ttl), data: data.map((piece) => piece as string) });
  return { record, index: index === undefined ? undefined : Number(index) };
}

function dumpZone(call: WhmCall): Outcome {
  return { data: { zone: [{ record: dumpedRecords(namedZone(call)) }] } };
}

/** `Line` counts from 1, unlike parse_dns_zone's index. */
function dumpedRecords(zone: Zone) {
  return indexedLines(zone).flatMap(({ index, line }) => {
    if (!isRecord(line)) return [];
    const name = line.name === '@' ? `${zone.domain}.` : `${line.name}.${zone.domain}.`;
    return [{ Line: index + 1, type: line.type, name, ttl: line.ttl, class: 'IN', ...dumpedValue(line) }];
  });
}

const withoutFinalDot = (name = '') => name.replace(/\.$/, '');

function dumpedValue({ type, data }: ZoneRecord): Record<string, string> {
  const [first = '', second] = data;
  switch (type) {
    case 'A':
    case 'AAAA':
      return { address: first };
    case 'CNAME':
      return { cname: withoutFinalDot(first) };
    case 'MX':
      return { preference: first, exchange: withoutFinalDot(second) };
    case 'NS':
      return { nsdname: withoutFinalDot(first) };
    case 'SOA':
      return { mname: withoutFinalDot(first), rname: withoutFinalDot(second), serial: data[2] ?? '' };
    case 'PTR':
      return { ptrdname: withoutFinalDot(first) };
    default:
      return { txtdata: data.join('') };
  }
}

function addRecord(call: WhmCall): Outcome {
  const zone = namedZone(call);
  const changed = editedZone(zone, { add: [recordFromParameters(call, zone)], edit: [], remove: [] });
  call.panel.zones.set(changed.domain, changed);
  return { reason: reloaded(call, zone) };
}

function editRecord(call: WhmCall): Outcome {
  const zone = namedZone(call);
  const index = lineNumber(call) - 1;
  const changed = editedZone(zone, {
    add: [],
    edit: [{ index, record: recordFromParameters(call, zone) }],
    remove: [],
  });
  call.panel.zones.set(changed.domain, changed);
  return { reason: reloaded(call, zone) };
}

function removeRecord(call: WhmCall): Outcome {
  const zone = namedZone(call);
  const changed = editedZone(zone, { add: [], edit: [], remove: [lineNumber(call) - 1] });
  call.panel.zones.set(changed.domain, changed);
  return { reason: reloaded(call, zone) };
}

const lineNumber = ({ parameters }: WhmCall) => Number(parameters.text('line') ?? parameters.required('Line'));

const reloaded = ({ panel }: WhmCall, zone: Zone) =>
  `Bind reloading on ${panel.settings.hostname.split('.')[0]} using rndc zone: [${zone.domain}]`;

function recordFromParameters({ parameters }: WhmCall, zone: Zone): ZoneRecord {
  const type = parameters.required('type').toUpperCase();
  const target = (name: string) => `${withoutFinalDot(parameters.required(name))}.`;
  return recordOf(zone, {
    name: parameters.text('name') ?? '@',
    type,
    ttl: Number(parameters.text('ttl') ?? DEFAULT_TTL),
    data: valueFromParameters(type, parameters, target),
  });
}

function valueFromParameters(type: string, parameters: WhmCall['parameters'], target: (name: string) => string) {
  switch (type) {
    case 'A':
    case 'AAAA':
      return [parameters.required('address')];
    case 'CNAME':
      return [target('cname')];
    case 'MX':
      return [parameters.text('preference') ?? '0', target('exchange')];
    case 'NS':
      return [target('nsdname')];
    case 'PTR':
      return [target('ptrdname')];
    default:
      return [parameters.required('txtdata')];
  }
}

function addZone(call: WhmCall): Outcome {
  const { panel, parameters } = call;
  const domain = domainAsKept(parameters.required('domain'));
  const ip = parameters.required('ip');
  if (panel.zones.has(domain) || panel.settings.peerZones.includes(domain)) refuse('dnsEntryExists', { domain });
  const user = parameters.text('trueowner') ?? panel.accountOfDomain(domain)?.user ?? '';
  const { nameservers, hostname } = panel.settings;
  panel.zones.set(domain, newZone({ domain, user, ip, nameservers, hostname, nowSeconds: panel.nowSeconds() }));
  return { reason: `Added ${domain} ok${user === '' ? '' : ` belonging to user ${user}`}` };
}

function removeZone(call: WhmCall): Outcome {
  const { panel, parameters } = call;
  const domain = domainAsKept(parameters.required('domain'));
  if (!panel.zones.has(domain)) refuse('zoneRemoveAbsent');
  ownZone(call, domain);
  if (panel.accountOfDomain(domain) !== undefined) refuse('zoneMainDomain');
  panel.zones.delete(domain);
  return { reason: 'Zones Removed' };
}
