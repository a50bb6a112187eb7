/** The plainest WHM client: sends what it is told and gives back what came, so that tests see the wire itself. */
import https from 'node:https';

export interface RawAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** What the simulator's tests read of any v1 answer. */
export interface Envelope {
  metadata: { version: number; command: string; reason: string; result: number | string; output?: { raw?: string } };
  data?: Record<string, unknown> | null;
}

interface Target {
  port: number;
  credentials: Record<string, string | number | boolean>;
}

/** @throws Error `socket hang up` and the like when the connection breaks. */
export function send(
  port: number,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string; signal?: AbortSignal } = {},
): Promise<RawAnswer> {
  const { body, ...rest } = options;
  return new Promise((resolve, reject) => {
    const target = { hostname: '127.0.0.1', port, path, agent: false, rejectUnauthorized: false };
    const request = https.request({ ...target, ...rest }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        text += piece;
      });
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

type Pairs = Record<string, string> | [string, string][];

/** POST a form as root, or with `authorization` given. */
export function post(whm: Target, name: string, form: Pairs = {}, authorization?: string): Promise<RawAnswer> {
  const { username, token } = whm.credentials;
  return send(whm.port, `/json-api/${name}`, {
    method: 'POST',
    headers: {
      authorization: authorization ?? `whm ${username}:${token}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams(form).toString(),
  });
}

/** A v1 call: the parsed envelope. */
export async function call(whm: Target, name: string, form: Pairs = {}, authorization?: string): Promise<Envelope> {
  const pairs = Array.isArray(form) ? form : Object.entries(form);
  const answer = await post(whm, name, [['api.version', '1'], ...pairs], authorization);
  return JSON.parse(answer.text);
}

/** A UAPI call as the account's user: the inner answer. */
export async function uapi(whm: Target, user: string, name: string, form: Record<string, string> = {}) {
  const [module = '', inner = ''] = name.split('::');
  const names = { 'cpanel.user': user, 'cpanel.module': module, 'cpanel.function': inner };
  const { data } = await call(whm, 'uapi_cpanel', { ...names, ...form });
  return data?.uapi as { status: number; data: unknown; errors: string[] | null };
}
