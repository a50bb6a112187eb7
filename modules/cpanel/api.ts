/** WHM API 1 over HTTPS: one envelope, its failures, and UAPI functions called on behalf of an account. */
import { type Call, type Fields, ModuleFailure, NeedsStaff, type PanelAnswer, Retry, Unknown } from '@hostwright/sdk';
import { BLOCK_SECONDS, failureFor } from './failures.ts';
import { asFlag, asList, asNumber, asRecord, asText, asTexts, type Json } from './wire.ts';

export type Arguments = Record<string, string | string[]>;

interface CallOptions {
  /** Seconds; 30 for reads and 120 for writes when not given. */
  timeoutSeconds?: number;
  /** Values of this call that must not be stored. */
  secrets?: string[];
  /** Values of the answer that must not be stored. */
  answerSecrets?: (data: Json) => string[];
}

/** What WHM answers under `data`; `{}` when the function has nothing to say. */
export interface Whm {
  read(name: string, parameters?: Arguments, options?: CallOptions): Promise<Json>;
  /** @throws Unknown when the answer was lost or unreadable: the work may have been done. */
  write(name: string, parameters: Arguments, options?: CallOptions): Promise<Json>;
  /** UAPI as the account's user. `name` is `Module::function`; answers UAPI's `data`. */
  uapiRead(user: string, name: string, parameters?: Arguments): Promise<unknown>;
  uapiWrite(user: string, name: string, parameters: Arguments, options?: CallOptions): Promise<unknown>;
}

export interface WhmLogin {
  username: string;
  token: string;
}

const READ_SECONDS = 30;
const WRITE_SECONDS = 120;

export function whm({ server, http }: { server: WhmLogin; http: Call<Fields>['http'] }): Whm {
  // Tokens pasted from a terminal bring line breaks along, which a header cannot carry.
  const authorization = `whm ${server.username}:${server.token.replace(/\s+/g, '')}`;

  async function call(name: string, parameters: Arguments, writes: boolean, options: CallOptions = {}, label = name) {
    const answer = await http({
      // POST for reads too: parameters in an address end up in access logs.
      method: 'POST',
      path: `/json-api/${name}`,
      headers: { authorization },
      form: [['api.version', '1'], ...pairs(parameters)],
      writes,
      timeoutSeconds: options.timeoutSeconds ?? (writes ? WRITE_SECONDS : READ_SECONDS),
      label,
      secrets: options.secrets,
      answerSecrets: options.answerSecrets && ((body) => options.answerSecrets?.(dataOf(body)) ?? []),
    });
    return readEnvelope(label, answer, writes);
  }

  async function callAndExplain(...asked: Parameters<typeof call>) {
    try {
      return await call(...asked);
    } catch (failure) {
      throw await explain(asked[0], failure);
    }
  }

  /** A refusal in words we cannot read may be a missing privilege, which `applist` tells in any language. */
  async function explain(name: string, failure: unknown): Promise<unknown> {
    if (!(failure instanceof ModuleFailure) || failure.code !== 'unexplained' || name === 'applist') return failure;
    const allowed = await call('applist', {}, false).then(
      ({ app }) => asList(app),
      () => undefined,
    );
    if (allowed === undefined || allowed.includes(name)) return failure;
    return new NeedsStaff('The server does not let us do this.', {
      code: 'permission',
      detail: `The token may not call ${name}. ${failure.detail}`,
    });
  }

  async function uapi(user: string, name: string, parameters: Arguments, writes: boolean, options?: CallOptions) {
    const [module = '', func = ''] = name.split('::');
    const whole = { 'cpanel.user': user, 'cpanel.module': module, 'cpanel.function': func, ...parameters };
    return readUapi(name, await callAndExplain('uapi_cpanel', whole, writes, options, name), writes);
  }

  return {
    read: (name, parameters = {}, options) => callAndExplain(name, parameters, false, options),
    write: (name, parameters, options) => callAndExplain(name, parameters, true, options),
    uapiRead: (user, name, parameters = {}) => uapi(user, name, parameters, false),
    uapiWrite: (user, name, parameters, options) => uapi(user, name, parameters, true, options),
  };
}

/** The failure of an answer that makes no sense: after a write nobody knows what happened. */
export function unreadable(label: string, what: string, writes: boolean): ModuleFailure {
  const options = { code: 'protocol', detail: `${label}: ${what}` };
  return writes
    ? new Unknown('The panel gave an answer that cannot be read.', options)
    : new Retry('The panel gave an answer that cannot be read.', options);
}

function readEnvelope(label: string, answer: PanelAnswer, writes: boolean): Json {
  refuseStatus(label, answer, writes);
  const body = parse(answer.body);
  if (body === undefined) {
    // WHM shows its sign-in page to whoever it does not know, and another port shows another program's.
    if (/^\s*</.test(answer.body)) throw notSignedIn(`${label}: a web page instead of an answer of the API`);
    throw unreadable(label, answer.body === '' ? 'an empty answer' : 'an answer that is not JSON', writes);
  }
  const refused = asRecord(body.cpanelresult);
  if (refused) {
    const reason = asText(refused.error) || asText(asRecord(refused.data)?.reason);
    throw /access denied/i.test(reason) ? notSignedIn(`${label}: ${reason}`) : failureFor(label, reason);
  }
  const metadata = asRecord(body.metadata);
  const result = asNumber(metadata?.result);
  const data = asRecord(body.data) ?? {};
  if (metadata === undefined || result === undefined) throw unreadable(label, 'an answer without metadata', writes);
  if (result !== 1) throw failureFor(label, asText(metadata.reason) || asText(data.reason));
  return data;
}

function refuseStatus(label: string, { status, headers, body }: PanelAnswer, writes: boolean): void {
  const detail = `${label}: HTTP ${status}`;
  if (status >= 200 && status < 300) return;
  if (status === 429 || (status < 500 && /temporarily blocked/i.test(body))) {
    const afterSeconds = asNumber(headers['retry-after']) ?? BLOCK_SECONDS;
    throw new Retry('The server is busy.', { code: 'rate_limited', afterSeconds, detail });
  }
  if (status === 401 || status === 403) throw notSignedIn(detail);
  if (status >= 300 && status < 400) {
    throw new NeedsStaff('The server is not set up correctly.', {
      code: 'protocol',
      detail: `${detail}: WHM redirects elsewhere. Give the host name and port WHM itself listens on.`,
    });
  }
  if (status >= 400 && status < 500) {
    throw new NeedsStaff('The server is not set up correctly.', { code: 'protocol', detail });
  }
  throw writes
    ? new Unknown('The panel did not say whether it worked.', { code: 'lost', detail })
    : new Retry('The panel could not answer.', { code: 'unreachable', detail });
}

function notSignedIn(detail: string): Retry {
  return new Retry('The server does not accept our credentials.', {
    code: 'auth',
    afterSeconds: BLOCK_SECONDS,
    detail: `${detail}. Check the user name, the token, its expiry and its allowed addresses, and cPHulk.`,
  });
}

/** The envelope says 1 even when the UAPI function inside failed. */
function readUapi(name: string, data: Json, writes: boolean): unknown {
  const answer = asRecord(data.uapi) ?? asRecord(data.result);
  if (answer === undefined || answer.status === undefined) {
    throw unreadable(name, 'an answer without a UAPI status', writes);
  }
  if (!asFlag(answer.status)) throw failureFor(name, asTexts(answer.errors).join(' '));
  return answer.data;
}

function parse(body: string): Json | undefined {
  try {
    return asRecord(JSON.parse(body));
  } catch {
    return undefined;
  }
}

const dataOf = (body: string): Json => asRecord(parse(body)?.data) ?? {};

const pairs = (parameters: Arguments): [string, string][] =>
  Object.entries(parameters).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one]));
