/** How outcomes and refusals travel: the v1 envelope with its quirks, and the older shapes without `api.version=1`. */
import type { Outcome } from './call.ts';
import type { PanelRefusal } from './messages.ts';
import type { Panel } from './panel.ts';

/** Functions recorded with `result` as a string. */
const STRING_RESULT = new Set(['fetch_ssl_vhosts', 'get_pkgacct_session_state']);

export function v1Success(panel: Panel, command: string, outcome: Outcome): unknown {
  if (outcome.flat !== undefined) return outcome.flat;
  const { reason = 'OK', data, raw, messages, warnings, metadata } = outcome;
  const output =
    raw === undefined && messages === undefined && warnings === undefined
      ? {}
      : { output: { raw, messages, warnings } };
  const head = { version: 1, command, reason, result: resultFlag(panel, command, 1), ...metadata, ...output };
  return data === undefined ? { metadata: head } : { metadata: head, data };
}

export function v1Failure(panel: Panel, command: string, refusal: PanelRefusal): unknown {
  const reason = decorated(panel, refusal.in(panel.settings.locale));
  const metadata = { version: 1, command, reason, result: resultFlag(panel, command, 0) };
  // Live servers do both; a client must live with either.
  return panel.random() < 0.5 ? { metadata, data: null } : { metadata };
}

function resultFlag(panel: Panel, command: string, result: 0 | 1): number | string {
  const asText = panel.settings.stringResults === 'random' ? panel.random() < 0.5 : STRING_RESULT.has(command);
  return asText ? String(result) : result;
}

/** An XID in front, a source line behind, both or neither. */
function decorated(panel: Panel, reason: string): string {
  if (!panel.settings.decorateReasons) return reason;
  const chance = panel.random();
  const before = chance < 0.5 ? `API failure: (XID ${errorId(panel)}) ` : '';
  const after = chance < 0.25 || chance >= 0.75 ? ' at /usr/local/cpanel/Whostmgr/Accounts/Create.pm line 1298.' : '';
  return `${before}${reason}${after}`;
}

export const errorId = (panel: Panel) =>
  Math.floor(panel.random() * 36 ** 6)
    .toString(36)
    .padStart(6, '0');

/** What a client gets that forgot `api.version=1`. */
export function v0Success(command: string, { reason = 'Ok', data = {}, raw = '' }: Outcome): unknown {
  switch (command) {
    case 'accountsummary':
    case 'listaccts':
      return { status: 1, statusmsg: 'Ok', acct: data.acct };
    case 'listsuspended':
      return { status: 1, statusmsg: 'Ok', accts: data.account };
    case 'listpkgs':
      return { package: data.pkg };
    case 'passwd': {
      const services = (data.app as string[]).map((app) => ({ app }));
      return { passwd: [{ status: 1, statusmsg: reason, services, rawout: raw }] };
    }
    case 'showbw':
      return { bandwidth: [data] };
    case 'version':
    case 'gethostname':
    case 'applist':
    case 'listresellers':
    case 'listzones':
      return data;
    case 'dumpzone': {
      const [zone] = data.zone as { record: unknown[] }[];
      return { result: [{ status: 1, statusmsg: 'Zone Serialized', record: zone?.record }] };
    }
    case 'domainuserdata':
      return { result: [{ status: 1, statusmsg: 'Obtained userdata.' }], userdata: data.userdata };
    default:
      return { result: [{ status: 1, statusmsg: reason, rawout: raw, options: data }] };
  }
}

export function v0Failure(panel: Panel, command: string, refusal: PanelRefusal): unknown {
  const statusmsg = refusal.in(panel.settings.locale);
  if (command === 'accountsummary' || command === 'listaccts') return { status: 0, statusmsg, acct: null };
  if (command === 'passwd') return { passwd: [{ status: 0, statusmsg, services: null, rawout: '' }] };
  return { result: [{ status: 0, statusmsg, rawout: '', options: null }] };
}
