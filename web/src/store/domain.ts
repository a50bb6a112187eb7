/** What people paste, as a bare domain: no scheme, path or port, lower case. */
export const tidyDomain = (typed: string) =>
  typed
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/[/?#].*$/, '')
    .replace(/:\d+$/, '')
    .replace(/\.$/, '');

const LABEL = /^[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?$/u;

/** Why this is no domain, in a sentence; null when it may be one. The server has the last word. */
export function domainProblem(domain: string): string | null {
  if (domain === '') return 'Enter the domain your site will have.';
  const labels = domain.split('.');
  if (labels.length < 2) return 'A domain has an ending, for example shop.example.com.';
  if (domain.length > 253 || labels.some((label) => label.length > 63)) return 'This domain is too long.';
  if (!labels.every((label) => LABEL.test(label))) return 'A domain has only letters, digits, dashes and dots.';
  return null;
}
