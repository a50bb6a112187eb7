import { ACCOUNT_IP, type DnsRecord } from '@hostwright/sdk';

const TTL_SECONDS = 14_400;

/**
 * What a new zone must hold: the site, its www name, mail to the same server, and who may send mail for the domain.
 * DKIM is the panel's: only it has the private key.
 */
export function zoneRecords(domain: string): DnsRecord[] {
  const record = (name: string, type: DnsRecord['type'], value: string, more: Partial<DnsRecord> = {}): DnsRecord => ({
    name,
    type,
    value,
    ttlSeconds: TTL_SECONDS,
    ...more,
  });
  return [
    record('@', 'A', ACCOUNT_IP),
    record('www', 'CNAME', domain),
    record('mail', 'CNAME', domain),
    record('@', 'MX', domain, { priority: 0 }),
    record('@', 'TXT', `v=spf1 +a +mx +ip4:${ACCOUNT_IP} ~all`),
    record('_dmarc', 'TXT', 'v=DMARC1; p=none;'),
  ];
}
