/** Domain names as they are stored and sent to panels: lower case, A-labels (punycode), without `www.`. */
import { domainToASCII } from 'node:url';
import { getDomain, parse } from 'tldts';

const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;
const MAX_LENGTH = 253;

/**
 * The domain a person means by what they typed or pasted: `https://WWW.Bücher.example/` is `xn--bcher-kva.example`.
 * Subdomains stay. Normalising twice changes nothing more.
 *
 * @returns the domain, or in plain words why it is none: an IP address, a bare ending such as `co.uk`, a bad label
 */
export function readDomain(typed: string): { domain: string } | { refusal: string } {
  const host = typed
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/\/.*$/, '')
    .replace(/\.$/, '');
  const ascii = domainToASCII(host).toLowerCase();
  if (ascii === '') return { refusal: 'must be a domain name such as example.com' };
  if (parse(ascii).isIp) return { refusal: 'must be a domain name, not an IP address' };
  const domain = withoutWww(ascii);
  if (domain.length > MAX_LENGTH || !domain.split('.').every((label) => LABEL.test(label))) {
    return { refusal: 'must have letters, digits and dashes only, such as example.com' };
  }
  if (getDomain(domain) === null) {
    return { refusal: 'must be a whole domain name such as example.com, not only its ending' };
  }
  return { domain };
}

/** `www.com` is a domain of its own, so `www.` goes only where a whole domain stays. */
function withoutWww(host: string): string {
  let domain = host;
  while (domain.startsWith('www.') && getDomain(domain.slice(4)) !== null) domain = domain.slice(4);
  return domain;
}
