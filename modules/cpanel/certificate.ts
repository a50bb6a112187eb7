/** AutoSSL through UAPI as the account's user, which needs no root token. */
import type { AccountRef, CertificateState } from '@hostwright/sdk';
import { userOf } from './accounts.ts';
import { unreadable, type Whm } from './api.ts';
import { requireAccount } from './lifecycle.ts';
import { asFlag, asNumber, asRecord, asRecords, asText, asTexts } from './wire.ts';

/**
 * Installed when a certificate that is valid now and not self-signed covers the account's domain. Otherwise a check is
 * started unless one is running, and the answer is `pending` with what AutoSSL complained about last.
 */
export async function installCertificate(api: Whm, account: AccountRef): Promise<CertificateState> {
  const { domain } = await requireAccount(api, account);
  const user = userOf(account);
  const expiresAt = await certificateEnd(api, user, domain);
  if (expiresAt) return { state: 'installed', expiresAt };

  const problem = await lastProblem(api, user, domain);
  if (!asFlag(await api.uapiRead(user, 'SSL::is_autossl_check_in_progress'))) {
    await api.uapiWrite(user, 'SSL::start_autossl_check', {});
  }
  return { state: 'pending', detail: problem };
}

async function certificateEnd(api: Whm, user: string, domain: string): Promise<Date | undefined> {
  const vhosts = asRecords((await api.read('fetch_ssl_vhosts', onlyOf(user))).vhosts);
  if (vhosts === undefined) throw unreadable('fetch_ssl_vhosts', 'no list of sites', false);
  const now = Date.now();
  for (const vhost of vhosts) {
    const certificate = asRecord(vhost.crt);
    if (certificate === undefined || asText(vhost.user) !== user || asFlag(certificate.is_self_signed)) continue;
    const endMs = (asNumber(certificate.not_after) ?? 0) * 1000;
    if (endMs > now && asTexts(certificate.domains).some((name) => covers(name, domain))) return new Date(endMs);
  }
  return undefined;
}

async function lastProblem(api: Whm, user: string, domain: string): Promise<string | undefined> {
  const problems = asRecords(await api.uapiRead(user, 'SSL::get_autossl_problems')) ?? [];
  return asText(problems.findLast((one) => asText(one.domain) === domain)?.problem) || undefined;
}

/** Keeps the answer small on a server with thousands of sites; where it is ignored, the caller's own check decides. */
const onlyOf = (user: string) => ({
  'api.filter.enable': '1',
  'api.filter.a.field': 'user',
  'api.filter.a.type': 'eq',
  'api.filter.a.arg0': user,
});

function covers(name: string, domain: string): boolean {
  if (name === domain) return true;
  return name.startsWith('*.') && domain.slice(domain.indexOf('.') + 1) === name.slice(2);
}
