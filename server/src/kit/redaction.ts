/** Secrets are struck out at the places that write: the panel log, application logs, stored errors, mails shown to staff. */

export const STRUCK_OUT = '•••';

/** Shorter values are common words and numbers: striking them out would hide more than it protects. */
const SHORTEST_SECRET = 4;

const TELLING_NAME =
  /pass(word|wd)?$|^pass|secret|token|authorization|cookie|api_?key|credential|private_?key|^sealed/i;

/**
 * The text without these secrets, in any spelling they travel in: plain, percent-encoded, form-encoded, JSON, HTML and base64.
 */
export function strikeOut(text: string, secrets: Iterable<string>): string {
  const spellings = new Set<string>();
  for (const secret of secrets) {
    if (secret.length < SHORTEST_SECRET) continue;
    for (const spelling of spellingsOf(secret)) spellings.add(spelling);
  }
  let struck = text;
  // Longest first: a secret inside another must not leave the other's ends behind.
  for (const spelling of [...spellings].sort((a, b) => b.length - a.length))
    struck = struck.replaceAll(spelling, STRUCK_OUT);
  return struck;
}

function spellingsOf(secret: string): string[] {
  const percent = encodeURIComponent(secret);
  const strictPercent = percent.replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const form = new URLSearchParams([['', secret]]).toString().slice(1);
  const json = JSON.stringify(secret).slice(1, -1);
  const html = secret
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
  const base64 = Buffer.from(secret, 'utf8').toString('base64');
  return [
    secret,
    percent,
    strictPercent,
    lowerEscapes(percent),
    lowerEscapes(strictPercent),
    form,
    lowerEscapes(form),
    json,
    json.replaceAll('/', '\\/'),
    html,
    html.replaceAll("'", '&#39;'),
    html.replaceAll("'", '&#x27;'),
    base64,
    base64.replace(/=+$/, ''),
    Buffer.from(secret, 'utf8').toString('base64url'),
  ].filter((spelling) => spelling.length >= SHORTEST_SECRET);
}

const lowerEscapes = (text: string) => text.replace(/%[0-9A-F]{2}/g, (octet) => octet.toLowerCase());

/** A copy in which every value under a telling name (password, token, secret, …) is struck out, however deep. */
export function redactObject(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redactObject);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      TELLING_NAME.test(name) && inner !== null && inner !== undefined && typeof inner !== 'boolean'
        ? STRUCK_OUT
        : redactObject(inner),
    ]),
  );
}
