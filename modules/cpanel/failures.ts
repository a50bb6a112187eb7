/**
 * What a refusal of WHM means. Messages are translated to the calling user's locale, so this table is a hint: whoever
 * gets `unexplained` or acts on a state reads the state again (reference: "Classifying reason").
 */
import { type ModuleFailure, NeedsStaff, Refused, Retry } from '@hostwright/sdk';

interface Meaning {
  code: string;
  kind: 'refused' | 'retry' | 'needs_staff';
  /** Tried against the cleaned text, quotes straightened. */
  matches: RegExp;
  /** Safe for customers. */
  message: string;
}

/** The first match counts, so narrower phrases stand above wider ones. */
const MEANINGS: Meaning[] = [
  {
    code: 'username_taken',
    kind: 'refused',
    matches:
      /already has an? (account|group|database owner) (named|for)|group for that username already exists|same initial|user .* already exists on this system/i,
    message: 'The username is taken on this server.',
  },
  {
    code: 'username_invalid',
    kind: 'refused',
    matches:
      /reserved username|must only contain lowercase|(username|it) (cannot|must) start with|username cannot (be|contain)|not a valid username/i,
    message: 'The server does not allow this username.',
  },
  {
    code: 'domain_taken',
    kind: 'refused',
    matches:
      /already exists in the userdata|DNS entry for|already controls a domain|already owned by|domain .* already exists/i,
    message: 'The domain is already in use on this server.',
  },
  {
    code: 'domain_invalid',
    kind: 'refused',
    matches: /domain .* is not valid|not a valid domain/i,
    message: 'The server does not accept this domain.',
  },
  {
    code: 'package_denied',
    kind: 'needs_staff',
    matches: /do not have access to (a )?package/i,
    message: 'The hosting package is not available on this server.',
  },
  {
    code: 'package_missing',
    kind: 'needs_staff',
    matches: /not a valid package name|package .*does not exist/i,
    message: 'The hosting package is not available on this server.',
  },
  {
    code: 'password_rejected',
    kind: 'refused',
    matches: /too weak|may not contain the username|at least \d+ characters/i,
    message: 'The server asks for a stronger password.',
  },
  {
    code: 'not_suspended',
    kind: 'refused',
    matches: /not in a suspended state/i,
    message: 'The account is not suspended.',
  },
  {
    code: 'suspended',
    kind: 'refused',
    matches: /currently suspended|is suspended/i,
    message: 'The account is suspended.',
  },
  {
    code: 'locked',
    kind: 'needs_staff',
    matches: /allowed to unsuspend/i,
    message: 'The account is locked by the administrator of the server.',
  },
  {
    code: 'server_full',
    kind: 'refused',
    matches: /license (allows|.*exceeded)|current license|upgrade your license|account limit|exceed.*(reseller|limit)/i,
    message: 'The server takes no more accounts.',
  },
  {
    code: 'quota_full',
    kind: 'refused',
    matches: /maximum allotment|quota (exceeded|is full)|over quota/i,
    message: 'The limit of the hosting package is reached.',
  },
  {
    code: 'ip_pool',
    kind: 'needs_staff',
    matches: /no IP addresses/i,
    message: 'The server has no free IP address.',
  },
  {
    code: 'not_found',
    kind: 'refused',
    matches: /(user|account)\b.* (does|do) not exist|user that does not exist|Unable to fetch the cPanel user file/i,
    message: 'There is no such account on the server.',
  },
  {
    code: 'permission',
    kind: 'needs_staff',
    matches:
      /access denied|permission denied|do not have (access|permission)|do not control|not authorized|insufficient ACLs|lack the required privilege/i,
    message: 'The server does not let us do this.',
  },
  {
    code: 'rate_limited',
    kind: 'retry',
    matches: /temporarily blocked|too many requests/i,
    message: 'The server is busy.',
  },
];

const UNEXPLAINED: Omit<Meaning, 'matches'> = {
  code: 'unexplained',
  kind: 'retry',
  message: 'The server could not do this now.',
};

/** Long enough for cPHulk to forgive us; more tries would prolong the block. */
export const BLOCK_SECONDS = 900;

/**
 * The failure for a `reason` of WHM or an error of UAPI.
 * @param label the function that was called, for staff
 */
export function failureFor(label: string, reason: string): ModuleFailure {
  const { text, xid } = clean(reason);
  const { code, kind, message } = MEANINGS.find(({ matches }) => matches.test(text)) ?? UNEXPLAINED;
  const options = { code, detail: `${label}: ${text || 'no reason given'}${xid ? ` (XID ${xid})` : ''}` };
  switch (kind) {
    case 'refused':
      return new Refused(message, options);
    case 'needs_staff':
      return new NeedsStaff(message, options);
    case 'retry':
      return new Retry(message, code === 'rate_limited' ? { ...options, afterSeconds: BLOCK_SECONDS } : options);
    default:
      return kind satisfies never;
  }
}

/** Whether WHM itself refused the act, as opposed to not having been asked or not having answered. */
export function isRefusalOfPanel(failure: unknown): failure is ModuleFailure {
  const { code } = (failure ?? {}) as { code?: unknown };
  return code === UNEXPLAINED.code || (code !== 'rate_limited' && MEANINGS.some((meaning) => meaning.code === code));
}

/** WHM decorates its reasons: `API failure: (XID 6ekdqc) ... at /usr/local/cpanel/Create.pm line 1298.` */
function clean(reason: string): { text: string; xid: string | undefined } {
  const xid = /^(?:API failure:\s*)?\(XID (\w+)\)/.exec(reason)?.[1];
  const text = reason
    .replace(/^(?:API failure:\s*)?(?:\(XID \w+\)\s*)?/, '')
    .replace(/ at \/\S+ line \d+\.?\s*$/, '')
    .replace(/[“”]/g, '"')
    .replace(/[‘’]/g, "'")
    .trim();
  return { text, xid };
}
