/** Faults only the panel itself can play: refusals in its words, half-done work, warnings inside a success. */
import type { PanelFault } from '@hostwright/sdk/testing/faults';
import type { FaultTarget } from '@hostwright/sdk/testing/simulator';
import { checkedRequest } from './account-creation.ts';
import type { Outcome, WhmCall } from './call.ts';
import { errorId } from './envelope.ts';
import { type MessageName, refuse } from './messages.ts';
import { newZone } from './zone.ts';

/**
 * Kinds beside the contract's, for tests of this panel:
 * - `dns_error`: success whose log tells of a failed DNS update
 * - `warning`: success with a refusal among `output.warnings`
 * - `leave_userdata`: `removeacct` succeeds, but the domain stays in the userdata
 */
export function runUnderFault(call: WhmCall, verb: FaultTarget | undefined, kind: string, run: () => Outcome): Outcome {
  switch (kind) {
    case 'refuse':
      return refuse(REFUSALS[verb ?? 'any'] ?? 'permissionDenied', namesIn(call));
    case 'quota_full':
      return refuse(FULL[verb ?? 'any'] ?? 'diskFull', namesIn(call));
    case 'half_done':
      return halfDone(call, verb, run);
    case 'dns_error': {
      const outcome = run();
      return { ...outcome, raw: `${outcome.raw ?? ''}Error: the DNS server could not be reloaded.\n` };
    }
    case 'warning':
      return { ...run(), warnings: ['You cannot change backup settings.'] };
    case 'leave_userdata': {
      const { panel, parameters } = call;
      const account = panel.accounts.get(parameters.text('user') ?? parameters.text('username') ?? '');
      const outcome = run();
      if (account !== undefined) panel.leftovers.set(account.domain, { domain: account.domain, user: account.user });
      return outcome;
    }
    default:
      return run();
  }
}

/** Whether a fault of that kind is answered inside a bridged UAPI call rather than around it. */
export const isInnerFault = ({ kind }: PanelFault) =>
  kind === 'refuse' || kind === 'quota_full' || kind === 'half_done';

/** How the panel refuses each act, in a way that asking again does not change. */
const REFUSALS: Partial<Record<FaultTarget, MessageName>> = {
  create: 'domainInvalid',
  find: 'accountNotYours',
  suspend: 'accountNotYours',
  unsuspend: 'locked',
  terminate: 'accountNotYours',
  changePackage: 'packageNotYours',
  changePassword: 'passwordWeak',
  configureDns: 'zoneNotYours',
  installCertificate: 'autosslOff',
  createMailbox: 'featureOff',
  createDatabase: 'featureOff',
};

const FULL: Partial<Record<FaultTarget, MessageName>> = {
  create: 'licenceFull',
  createMailbox: 'mailboxLimit',
  createDatabase: 'databaseLimit',
};

/** Whatever the texts above may name. */
function namesIn({ panel, parameters }: WhmCall): Record<string, string | number> {
  const count = panel.accounts.size;
  const text = (...names: string[]) => names.map((name) => parameters.text(name)).find(Boolean) ?? '';
  return {
    user: text('user', 'username', 'cpanel.user', 'cpanel_jsonapi_user'),
    domain: text('domain'),
    zone: text('zone', 'domain'),
    package: text('pkg', 'plan'),
    feature: parameters.text('cpanel.module') === 'Mysql' ? 'mysql' : 'popaccts',
    needed: panel.settings.minimumPasswordStrength,
    limit: panel.settings.licenceMaximum || count,
    count,
  };
}

/** A creation leaves a group and a zone, a removal its userdata; anything else just fails inside the panel. */
function halfDone(call: WhmCall, verb: FaultTarget | undefined, run: () => Outcome): never {
  const { panel, parameters } = call;
  if (verb === 'create') {
    const { user, domain } = checkedRequest(call);
    const { nameservers, hostname } = panel.settings;
    const ip = panel.sharedIp;
    panel.groups.set(user, { name: user });
    panel.zones.set(domain, newZone({ domain, user, ip, nameservers, hostname, nowSeconds: panel.nowSeconds() }));
  }
  if (verb === 'terminate') {
    const account = panel.accounts.get(parameters.text('user') ?? parameters.text('username') ?? '');
    run();
    if (account !== undefined) {
      panel.leftovers.set(account.domain, { domain: account.domain, user: account.user });
      refuse('removeFailed', { user: account.user });
    }
  }
  return refuse('internal', { id: errorId(panel) });
}
