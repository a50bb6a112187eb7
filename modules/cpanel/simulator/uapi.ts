/** UAPI as an account's user, reached through WHM: the outer answer succeeds even when the inner one failed. */
import { type Outcome, ownAccount, type Parameters, type WhmCall, type WhmFunctions } from './call.ts';
import { autosslProblems, autosslRunning, certificateOf, certificateRow, startAutossl } from './certificates.ts';
import { massEdited, parsedZone } from './dns.ts';
import { type Locale, PanelRefusal, refuse } from './messages.ts';
import type { Account } from './panel.ts';
import type { UapiCall, UapiFunction, UapiFunctions } from './uapi-call.ts';
import { mailFunctions } from './uapi-mail.ts';
import { mysqlFunctions } from './uapi-mysql.ts';
import { serialOf, type Zone } from './zone.ts';

const otherFunctions: UapiFunctions = {
  'SSL::start_autossl_check': {
    verb: 'installCertificate',
    run: ({ panel, account }) => {
      startAutossl(panel, account.user);
      return null;
    },
  },
  // Reads carry the verb as well: a certificate is mostly asked for by looking, as a new account's first run starts itself.
  'SSL::is_autossl_check_in_progress': {
    verb: 'installCertificate',
    run: ({ panel, account }) => (autosslRunning(panel, account.user) ? 1 : 0),
  },
  'SSL::get_autossl_problems': {
    verb: 'installCertificate',
    run: ({ panel, account }) => autosslProblems(panel, account),
  },
  'SSL::installed_hosts': {
    verb: 'installCertificate',
    run: ({ panel, account }) => {
      const certificate = certificateOf(panel, account);
      const { user, domain, ip } = account;
      const row = certificateRow(account, certificate);
      const docroot = `/home/${user}/public_html`;
      return [{ servername: domain, domains: certificate.domains, docroot, ip, certificate: row }];
    },
  },
  'Quota::get_quota_info': {
    run: ({ account: { diskUsedMb, limits } }) => ({
      megabytes_used: diskUsedMb.toFixed(2),
      megabyte_limit: (limits.quota ?? 0).toFixed(2),
      inodes_used: diskUsedMb * 25,
      inode_limit: 0,
      under_quota_overall: limits.quota === null || diskUsedMb < limits.quota ? 1 : 0,
    }),
  },
  'ResourceUsage::get_usages': {
    run: ({ account: { diskUsedMb, bandwidthUsedMb, limits } }) => [
      usage('disk_usage', 'Disk Usage', diskUsedMb, limits.quota),
      usage('bandwidth', 'Bandwidth', bandwidthUsedMb, limits.bwlimit),
    ],
  },
  'DNS::parse_zone': { run: (call) => parsedZone(accountZone(call)) },
  'DNS::mass_edit_zone': {
    verb: 'configureDns',
    run: (call) => {
      const changed = massEdited(accountZone(call), call.parameters);
      call.panel.zones.set(changed.domain, changed);
      return { new_serial: String(serialOf(changed)) };
    },
  },
};

export const UAPI_FUNCTIONS: UapiFunctions = { ...mailFunctions, ...mysqlFunctions, ...otherFunctions };

export const uapiFunctions: WhmFunctions = {
  uapi_cpanel: { acl: 'cpanel-api', run: (call) => ({ data: { uapi: innerAnswer(call, whmNames(call)) } }) },
  cpanel: { acl: 'cpanel-api', run: legacyBridge },
};

interface InnerNames {
  user: string;
  module: string;
  name: string;
}

const whmNames = ({ parameters }: WhmCall): InnerNames => ({
  user: parameters.required('cpanel.user'),
  module: parameters.required('cpanel.module'),
  name: parameters.required('cpanel.function'),
});

/** `Module::function` of a bridged call, for faults and the journal. */
export function innerFunctionOf(parameters: Parameters): string | undefined {
  const module = parameters.text('cpanel.module') ?? parameters.text('cpanel_jsonapi_module');
  const name = parameters.text('cpanel.function') ?? parameters.text('cpanel_jsonapi_func');
  return module === undefined || name === undefined ? undefined : `${module}::${name}`;
}

function innerAnswer(call: WhmCall, names: InnerNames) {
  const account = ownAccount(call, names.user);
  const { panel, parameters } = call;
  try {
    if (account.suspension !== null && !panel.settings.uapiWhileSuspended) refuse('accessDenied');
    const data = uapiFunction(names).run({ panel, account, parameters });
    return { status: 1, data, errors: null, messages: null, warnings: null, metadata: {} };
  } catch (error) {
    return innerRefusal(error, localeOf(account));
  }
}

/** @throws whatever is not a refusal */
export function innerRefusal(error: unknown, locale: Locale) {
  if (!(error instanceof PanelRefusal)) throw error;
  return { status: 0, data: null, errors: [error.in(locale)], messages: null, warnings: null, metadata: {} };
}

export const localeOf = (account: Account | undefined): Locale => (account?.language === 'pl' ? 'pl' : 'en');

/** Names are case-sensitive. */
function uapiFunction({ module, name }: InnerNames): UapiFunction {
  const found = UAPI_FUNCTIONS[`${module}::${name}`];
  if (found !== undefined) return found;
  const known = Object.keys(UAPI_FUNCTIONS).some((key) => key.startsWith(`${module}::`));
  return known ? refuse('uapiFunctionUnknown', { module, name }) : refuse('uapiModuleUnknown', { module });
}

/** The older function, for API 2; version 3 is UAPI under another name. */
function legacyBridge(call: WhmCall): Outcome {
  const { parameters, panel } = call;
  const user = parameters.required('cpanel_jsonapi_user');
  const module = parameters.required('cpanel_jsonapi_module');
  const name = parameters.required('cpanel_jsonapi_func');
  const data =
    parameters.text('cpanel_jsonapi_apiversion') === '3'
      ? { result: innerAnswer(call, { user, module, name }) }
      : { cpanelresult: api2Answer(call, { user, module, name }) };
  return panel.settings.legacyBridgePlace === 'top' ? { flat: data } : { data };
}

/** API 2 functions with a UAPI twin. */
const API2_TWINS: Record<string, string> = {
  'Email::addpop': 'Email::add_pop',
  'Email::delpop': 'Email::delete_pop',
  'Email::passwdpop': 'Email::passwd_pop',
  'Email::listpopswithdisk': 'Email::list_pops_with_disk',
};

/** A failure still says `event.result: 1`; only `error` and the inner `result` tell. */
function api2Answer(call: WhmCall, { user, module, name }: InnerNames) {
  const account = ownAccount(call, user);
  const answer = { apiversion: 2, module, func: name, event: { result: 1 } };
  try {
    if (`${module}::${name}` === 'Backups::listfullbackups') return { ...answer, data: [] };
    const [twinModule = module, twinName = name] = API2_TWINS[`${module}::${name}`]?.split('::') ?? [];
    const made = uapiFunction({ user, module: twinModule, name: twinName }).run({ ...call, account });
    return { ...answer, data: Array.isArray(made) ? made : [{ result: 1, reason: 'OK' }] };
  } catch (error) {
    if (!(error instanceof PanelRefusal)) throw error;
    const reason = error.in(localeOf(account));
    return { ...answer, error: reason, data: [{ result: 0, reason }] };
  }
}

function accountZone({ panel, account, parameters }: UapiCall): Zone {
  const name = parameters.required('zone');
  const zone = panel.zones.get(name);
  return zone !== undefined && zone.user === account.user ? zone : refuse('zoneNotYours', { zone: name });
}

function usage(id: string, description: string, usedMb: number, limitMb: number | null) {
  const bytes = (mb: number) => mb * 1_048_576;
  const maximum = limitMb === null ? null : bytes(limitMb);
  return { id, description, usage: bytes(usedMb), maximum, formatter: 'format_bytes', url: null, error: null };
}
