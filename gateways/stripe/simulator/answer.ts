/** HTTP as Stripe's API speaks it: keys, idempotency, forms in, JSON and its error bodies out. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { API, type ApiRoute } from './api.ts';
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

export function createApi(options: { bank: Bank; faults: Faults; mayUse: (key: string) => Caller | undefined }) {
  const { bank, faults } = options;
  return async (request: IncomingMessage, response: ServerResponse, body: string): Promise<void> => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://stripe');
    const method = request.method ?? 'GET';
    const route = API.find((candidate) => candidate.method === method && candidate.path.test(pathname));
    const id = route?.path.exec(pathname)?.[1] ?? '';
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
      const call = () => ({ status: 200, body: run(bank, route, { id, form, path: pathname }) });
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
    response.writeHead(status, {
      'content-type': 'application/json',
      'request-id': newId('req'),
      'stripe-version': request.headers['stripe-version'] ?? '',
      // Retrying a 5xx would only get the same answer again.
      ...(status >= 500 ? { 'stripe-should-retry': 'false' } : {}),
      ...(typeof key === 'string' ? { 'idempotency-key': key } : {}),
      ...(replayed ? { 'idempotent-replayed': 'true' } : {}),
    });
    response.end(JSON.stringify(answered, null, 2));
  };
}

function run(bank: Bank, route: ApiRoute, asked: { id: string; form: string; path: string }): unknown {
  const given = readForm(asked.form);
  return expand(
    bank.books,
    route.answer({ bank, id: decodeURIComponent(asked.id), given, path: asked.path }),
    given.expand,
  );
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
