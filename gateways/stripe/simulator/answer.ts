/** HTTP as Stripe's API speaks it: keys, idempotency, forms in, JSON and its error bodies out. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApiRoute, checkParams } from './api/route.ts';
import { API } from './api.ts';
import type { Bank } from './banking.ts';
import { expand, newId } from './books.ts';
import type { Faults } from './faults.ts';
import { readForm } from './form.ts';
import { invalidRequest, StripeFailure } from './stripe-error.ts';

export interface Caller {
  key: string;
  may(permission: string): boolean;
}

interface Answer {
  status: number;
  body: unknown;
  replayed?: boolean;
}

export function createApi(options: {
  bank: Bank;
  faults: Faults;
  /** What is answered to who asks for no version. */
  apiVersion: string;
  mayUse: (key: string) => Caller | undefined;
}) {
  const { bank, faults, apiVersion } = options;
  return async (request: IncomingMessage, response: ServerResponse, body: string): Promise<void> => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://stripe');
    const method = request.method ?? 'GET';
    const route = API.find((candidate) => candidate.method === method && candidate.path.test(pathname));
    const [, id = '', below = ''] = route?.path.exec(pathname) ?? [];
    const fault = faults.meet(`${method} ${id === '' ? pathname : pathname.replace(id, '{id}')}`);
    const key = request.headers['idempotency-key'];
    const answer = (): Answer => {
      const caller = identify(options.mayUse, request.headers.authorization);
      if (!route) {
        throw invalidRequest(`Unrecognized request URL (${method}: ${pathname}).`, { status: 404 });
      }
      checkPermission(caller, route);
      if (fault === 'error_before')
        throw new StripeFailure(500, { type: 'api_error', message: 'An unexpected error occurred.' });
      if (fault === 'rate_limit') {
        throw new StripeFailure(429, {
          type: 'invalid_request_error',
          code: 'rate_limit',
          message: 'Request rate limit exceeded.',
        });
      }
      const form = method === 'GET' ? search.slice(1) : body;
      const work = () => ({ status: 200, body: run(bank, route, { id, below, form, path: pathname }) });
      const call = (): Answer => {
        if (fault === 'error_after') throw failedAfter(work);
        return work();
      };
      if (typeof key === 'string' && key.length > LONGEST_KEY) {
        throw new StripeFailure(400, { type: 'idempotency_error', message: LONG_KEY });
      }
      if (fault === 'in_use')
        throw new StripeFailure(409, { type: 'idempotency_error', code: 'idempotency_key_in_use', message: IN_USE });

      return method === 'POST' && typeof key === 'string'
        ? once(bank, { key: `${caller.key}:${key}`, request: `${pathname} ${digest(body)}` }, call)
        : call();
    };
    const { status, body: answered, replayed } = orError(answer);
    await bank.books.flush();
    if (fault === 'lose_answer') {
      response.destroy();
      return;
    }
    const requestId = newId('req');
    response.writeHead(status, {
      'content-type': 'application/json',
      'request-id': requestId,
      'stripe-version': request.headers['stripe-version'] ?? apiVersion,
      // Retrying a 5xx would only get the same answer again.
      ...(status >= 500 ? { 'stripe-should-retry': 'false' } : {}),
      ...(typeof key === 'string' ? { 'idempotency-key': key } : {}),
      ...(replayed ? { 'idempotent-replayed': 'true' } : {}),
    });
    response.end(JSON.stringify(withLog(answered, requestId), null, 2));
  };
}

function run(bank: Bank, route: ApiRoute, asked: { id: string; below: string; form: string; path: string }): unknown {
  const given = readForm(asked.form);
  checkParams(route, given);
  return expand(
    bank.books,
    route.answer({
      bank,
      id: decodeURIComponent(asked.id),
      below: decodeURIComponent(asked.below),
      given,
      path: asked.path,
    }),
    given.expand,
  );
}

const LONGEST_KEY = 255;
const LONG_KEY = `Idempotency keys may be at most ${LONGEST_KEY} characters long.`;
const IN_USE =
  'There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through). Please try again later.';

/** The work is done, and then the answer is that it failed: the key gets this answer again, as at Stripe. */
function failedAfter(work: () => Answer): StripeFailure {
  work();
  return new StripeFailure(500, { type: 'api_error', message: 'An unexpected error occurred.' }, true);
}

/** An error says where to read more about it: in the dashboard's log of requests. */
function withLog(body: unknown, requestId: string): unknown {
  if (typeof body !== 'object' || body === null || !('error' in body)) return body;
  const log = `https://dashboard.stripe.com/test/logs/${requestId}?t=${Math.floor(Date.now() / 1000)}`;
  return { error: { ...(body.error as object), request_log_url: log } };
}

/** The same key gets the first answer again, errors of a call that had begun included; with other parameters it is refused. */
function once({ books }: Bank, { key, request }: { key: string; request: string }, call: () => Answer): Answer {
  const before = books.answers.get(key);
  if (before && before.request !== request) {
    throw new StripeFailure(400, {
      type: 'idempotency_error',
      message:
        'Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than the one you meant to use.',
    });
  }
  if (before) return { status: before.status, body: before.body, replayed: true };
  const answer = orError(call, { onlyBegun: true });
  books.answers.set(key, { request, status: answer.status, body: answer.body });
  return answer;
}

function orError(run: () => Answer, { onlyBegun = false } = {}): Answer {
  try {
    return run();
  } catch (error) {
    if (error instanceof StripeFailure && (error.begun || !onlyBegun))
      return { status: error.status, body: error.body };
    throw error;
  }
}

function identify(mayUse: (key: string) => Caller | undefined, authorization: string | undefined): Caller {
  const key = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
  if (key === undefined) {
    throw invalidRequest(
      'You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth.',
      {
        status: 401,
      },
    );
  }
  const caller = mayUse(key);
  if (!caller) throw invalidRequest(`Invalid API Key provided: ${masked(key)}`, { status: 401 });
  return caller;
}

function checkPermission(caller: Caller, { permission, method }: ApiRoute): void {
  if (caller.may(permission)) return;
  throw invalidRequest(
    `The provided key '${masked(caller.key)}' does not have the required permissions for this endpoint. Having the 'rak_${permission}_${method === 'GET' ? 'read' : 'write'}' permission would allow this request to continue.`,
    { status: 403, code: 'more_permissions_required' },
  );
}

const masked = (key: string) => `${key.slice(0, 8)}${'*'.repeat(8)}${key.slice(-4)}`;
const digest = (text: string) => createHash('sha256').update(text).digest('hex');
