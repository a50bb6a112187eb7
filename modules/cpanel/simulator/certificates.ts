/** AutoSSL: a run takes a while of the wall clock, until then a host presents the panel's self-made certificate. */

import { visible } from './account-listing.ts';
import { checkOwner, type Outcome, ownAccount, type WhmCall, type WhmFunctions } from './call.ts';
import { refuse } from './messages.ts';
import type { Account, Panel } from './panel.ts';

export const certificateFunctions: WhmFunctions = {
  start_autossl_check_for_one_user: {
    acl: 'all',
    verb: 'installCertificate',
    run: (call) => {
      const account = ownAccount(call, namedUser(call));
      startAutossl(call.panel, account.user);
      return { data: { pid: 20_000 + account.uid } };
    },
  },
  get_autossl_problems_for_user: {
    acl: 'all',
    verb: 'installCertificate',
    run: (call) => ({ data: { problems_by_domain: autosslProblems(call.panel, ownAccount(call, namedUser(call))) } }),
  },
  fetch_ssl_vhosts: { acl: 'ssl-info', verb: 'installCertificate', run: sslHosts, list: 'vhosts' },
  fetch_ssl_certificates_for_fqdns: { acl: 'ssl', run: certificatesFor },
};

const namedUser = ({ parameters }: WhmCall) => parameters.text('username') ?? parameters.required('user');

/** A run under way goes on; a certificate that is there already stays, as nothing is to be renewed. */
export function startAutossl(panel: Panel, user: string): void {
  if (panel.autosslRuns.has(user) && !hasProblem(panel, user)) return;
  panel.autosslRuns.set(user, { user, dueAtMs: Date.now() + panel.settings.autosslSeconds * 1000 });
}

export function autosslRunning(panel: Panel, user: string): boolean {
  const run = panel.autosslRuns.get(user);
  return run !== undefined && run.dueAtMs > Date.now();
}

export function autosslProblems(panel: Panel, { user, domain }: Account) {
  const run = panel.autosslRuns.get(user);
  const problem = panel.settings.autosslProblems[domain];
  if (run === undefined || problem === undefined || autosslRunning(panel, user)) return [];
  const time = new Date(run.dueAtMs).toISOString();
  return [{ domain, problem, log: time.replaceAll(':', '-'), time }];
}

export interface InstalledCertificate {
  selfSigned: boolean;
  domains: string[];
  notBeforeSeconds: number;
  notAfterSeconds: number;
  issuer: string;
}

const DAY_SECONDS = 86_400;

/** What the account's main site presents now. */
export function certificateOf(panel: Panel, account: Account): InstalledCertificate {
  const domains = [account.domain, `www.${account.domain}`, `mail.${account.domain}`];
  const run = panel.autosslRuns.get(account.user);
  const issued = run !== undefined && !autosslRunning(panel, account.user) && !hasProblem(panel, account.user);
  const notBeforeSeconds = issued ? Math.floor(run.dueAtMs / 1000) : account.createdAtSeconds;
  return {
    selfSigned: !issued,
    domains,
    notBeforeSeconds,
    notAfterSeconds: notBeforeSeconds + (issued ? 90 : 365) * DAY_SECONDS,
    issuer: issued ? 'Let’s Encrypt' : account.domain,
  };
}

function hasProblem(panel: Panel, user: string): boolean {
  const domain = panel.accounts.get(user)?.domain;
  return domain !== undefined && panel.settings.autosslProblems[domain] !== undefined;
}

function sslHosts(call: WhmCall): Outcome {
  const user = call.parameters.text('user');
  const accounts = user === undefined ? visible(call) : [ownAccount(call, user)];
  const vhosts = accounts.map((account) => {
    const certificate = certificateOf(call.panel, account);
    return {
      user: account.user,
      servername: account.domain,
      domains: certificate.domains,
      docroot: `/home/${account.user}/public_html`,
      ip: account.ip,
      iptype: 'shared',
      is_primary_on_ip: '0',
      needs_sni: '1',
      crt: certificateRow(account, certificate),
    };
  });
  return { data: { vhosts } };
}

/** Numbers are text here, as recorded. */
export function certificateRow(account: Account, certificate: InstalledCertificate) {
  return {
    id: `${account.domain.replaceAll('.', '_')}_${certificate.notAfterSeconds}`,
    domains: certificate.domains,
    not_before: String(certificate.notBeforeSeconds),
    not_after: String(certificate.notAfterSeconds),
    'issuer.organizationName': certificate.issuer,
    'subject.commonName': account.domain,
    is_self_signed: certificate.selfSigned ? '1' : '0',
    modulus_length: '2048',
  };
}

function certificatesFor(call: WhmCall): Outcome {
  const names = call.parameters.every('domains').flatMap((list) => list.split(','));
  if (names.length === 0) refuse('parameterMissing', { name: 'domains' });
  const payload = names.flatMap((name) => {
    const account = call.panel.accountOfDomain(name);
    if (account === undefined) return [];
    checkOwner(call, account);
    return [certificateRow(account, certificateOf(call.panel, account))];
  });
  return { data: { payload } };
}
