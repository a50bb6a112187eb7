/**
 * One HTTP endpoint as data: who may call it, what it takes, what it answers. Rooms declare endpoints in schemas.ts
 * and join them with verbs in routes.ts; the OpenAPI document, validation and the access check all come from here.
 */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context as HonoContext } from 'hono';
import { type Actor, actorKey, customerIdOf } from './actor.ts';
import type { Context } from './context.ts';
import { Forbidden, Invalid, Unauthenticated } from './errors.ts';
import { answerOnce } from './idempotency.ts';
import { allow, type CustomerRight, customerRightsOf, type Permission } from './permissions.ts';
import { countUse, type Limit, networkOf } from './rate-limit.ts';

/**
 * `session`: whoever signed in with a password; no key will do, so that a stolen one cannot make itself at home.
 * `customer`: a signed-in user of a customer, or a key of one, for rows of that customer.
 */
export type Access = 'public' | 'session' | 'customer' | Permission;

export interface Env {
  Variables: {
    ctx: Context;
    /** IP address of the caller; of the one the proxy names when the proxy is trusted. */
    address: string;
    /** Of whoever came with a cookie that is alive. */
    sessionId?: string;
  };
}

type Shape = z.ZodObject;

export interface Endpoint<
  P extends Shape = Shape,
  Q extends Shape = Shape,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below `/api/v1` unless it begins with `/api/`; parameters as `{id}`. */
  path: string;
  summary: string;
  tag: string;
  access: Access;
  /** Of a customer's users and keys, only those with this right; everybody of the customer when not given. */
  customerRight?: CustomerRight;
  /** Somebody must be there in person: no key will do. `access: 'session'` says so already. */
  inPerson?: true;
  /**
   * A customer's user must have confirmed their address: what it gives lasts, and they may have signed up with that of
   * somebody else.
   */
  confirmedEmail?: true;
  /**
   * Whether staff who act as a customer may call it. When not given they may read what a customer may, and change
   * nothing; what is `session` is about the person who is signed in, so they may do nothing of it.
   */
  impersonation?: 'allowed' | 'refused';
  /** How often one caller may call it, beside the limit on all calls. */
  limit?: Limit;
  params?: P;
  query?: Q;
  body?: B;
  /** What is answered; left out for 204. Fields it does not name never leave the building. */
  ok?: R;
  /** 200 when not given; 204 without `ok`. */
  status?: 200 | 201 | 202;
  /** It takes or answers a password or a key: an `Idempotency-Key` is not honoured, as that would store it. */
  secret?: true;
  /** `text/event-stream` and friends: the handler returns a Response. */
  streams?: string;
}

export const endpoint = <P extends Shape, Q extends Shape, B extends z.ZodType, R extends z.ZodType>(
  definition: Endpoint<P, Q, B, R>,
): Endpoint<P, Q, B, R> => definition;

export interface Input<P extends Shape, Q extends Shape, B extends z.ZodType> {
  params: z.output<P>;
  query: z.output<Q>;
  body: z.output<B>;
  /** The request itself, for cookies, addresses and streams. */
  http: HonoContext<Env>;
}

/** How a room hands its endpoints to `http`, each with what answers it. */
export type AddRoute = <P extends Shape, Q extends Shape, B extends z.ZodType, R extends z.ZodType>(
  definition: Endpoint<P, Q, B, R>,
  run: (ctx: Context, input: Input<P, Q, B>) => Promise<unknown>,
) => void;

const idempotencyHeader = z.object({
  'idempotency-key': z
    .string()
    .max(200)
    .optional()
    .openapi({ description: 'The same key and request within a day get the first answer again.' }),
});

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().openapi({ description: 'Stable, snake_case.' }),
    detail: z.string().optional(),
    correlationId: z.string(),
    issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    details: z.record(z.string(), z.unknown()).optional(),
  })
  .openapi('Problem');

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
});

/**
 * Join an endpoint with what answers it. The answer is passed through the `ok` schema, so that a field nobody
 * declared cannot leak. A POST by somebody signed in honours `Idempotency-Key`.
 */
export function handle<P extends Shape, Q extends Shape, B extends z.ZodType, R extends z.ZodType>(
  app: OpenAPIHono<Env>,
  definition: Endpoint<P, Q, B, R>,
  run: (ctx: Context, input: Input<P, Q, B>) => Promise<unknown>,
): void {
  const status = definition.status ?? (definition.ok || definition.streams ? 200 : 204);
  const route = createRoute({
    method: definition.method,
    path: definition.path,
    summary: definition.summary,
    operationId: `${definition.method}${definition.path.replace(/[^a-zA-Z0-9]+(\w)?/g, (_, next: string | undefined) => next?.toUpperCase() ?? '')}`,
    tags: [definition.tag],
    'x-access': definition.access,
    ...(definition.customerRight ? { 'x-customer-right': definition.customerRight } : {}),
    ...(definition.inPerson ? { 'x-in-person': true } : {}),
    ...(definition.confirmedEmail ? { 'x-confirmed-email': true } : {}),
    ...(mayImpersonate(definition) ? { 'x-impersonation': true } : {}),
    ...(definition.access === 'public' ? {} : { security: securityOf(definition) }),
    request: {
      ...(definition.params ? { params: definition.params } : {}),
      ...(definition.query ? { query: definition.query } : {}),
      ...(remembers(definition) ? { headers: idempotencyHeader } : {}),
      ...(definition.body
        ? { body: { required: true, content: { 'application/json': { schema: definition.body } } } }
        : {}),
    },
    responses: {
      [status]: {
        description: 'Done',
        ...(definition.ok ? { content: { 'application/json': { schema: definition.ok } } } : {}),
        ...(definition.streams ? { content: { [definition.streams]: { schema: z.string() } } } : {}),
      },
      ...(definition.access === 'public' ? {} : { 401: problem('Not signed in'), 403: problem('Not allowed') }),
      ...(definition.params ? { 404: problem('No such thing') } : {}),
      ...(definition.body || definition.query || definition.params
        ? { 422: problem('Something in the request is wrong') }
        : {}),
      ...(definition.method === 'get' ? {} : { 409: problem('Not possible now') }),
      429: problem('Too often; `Retry-After` says in how many seconds'),
    },
  });
  app.openapi(
    {
      ...route,
      // Access comes before validation: somebody who may not call it learns nothing about its shape.
      middleware: async (c: HonoContext<Env>, next: () => Promise<void>) => {
        const { actor, app } = c.get('ctx');
        checkAccess(actor, definition);
        if (definition.limit)
          countUse(app, `${route.operationId} ${callerKey(c)}`, definition.limit, 'too_many_requests');
        await next();
      },
    } as never,
    (async (c: HonoContext<Env>) => {
      const ctx = c.get('ctx');
      const input = {
        params: definition.params ? c.req.valid('param' as never) : {},
        query: definition.query ? c.req.valid('query' as never) : {},
        body: definition.body ? c.req.valid('json' as never) : undefined,
        http: c,
      } as Input<P, Q, B>;
      if (definition.streams) return (await run(ctx, input)) as Response;
      const answer = async () => {
        const result = await run(ctx, input);
        return definition.ok ? definition.ok.parse(toJson(result)) : null;
      };
      const key = remembers(definition) ? c.req.header('idempotency-key') : undefined;
      const value =
        key !== undefined
          ? await answerOnce(ctx, { key, route: `${definition.method} ${c.req.path}`, body: input.body }, answer)
          : await answer();
      return value === null ? c.body(null, 204) : c.json(value as never, status as 200);
    }) as never,
  );
}

/** Whether an `Idempotency-Key` is honoured: by a POST of somebody signed in that carries no secret. */
const remembers = ({ method, access, secret }: Pick<Endpoint, 'method' | 'access' | 'secret'>) =>
  method === 'post' && access !== 'public' && !secret;

type Rules = Pick<Endpoint, 'method' | 'access' | 'customerRight' | 'inPerson' | 'confirmedEmail' | 'impersonation'>;

/**
 * Whether somebody may call an endpoint at all.
 *
 * @throws Unauthenticated `sign_in_required`
 * @throws Forbidden `session_required`, `not_while_impersonating`, `customers_only`, `right_missing`,
 *   `email_unconfirmed` with what sends the link again, `second_factor_required`, `permission_missing`
 */
export function checkAccess(actor: Actor, rules: Rules): void {
  const { access, customerRight } = rules;
  if (access === 'public') return;
  if (actor.kind === 'visitor') throw new Unauthenticated('sign_in_required');
  if (actor.kind === 'api_key' && (access === 'session' || rules.inPerson)) throw new Forbidden('session_required');
  if (access !== 'session' && access !== 'customer') {
    allow(actor, access);
    return;
  }
  const customerId = customerIdOf(actor);
  if (access === 'customer' && customerId === undefined) throw new Forbidden('customers_only');
  if (actor.kind === 'customer' && actor.impersonatedBy !== undefined && !mayImpersonate(rules))
    throw new Forbidden('not_while_impersonating');
  if (customerId === undefined) return;
  const rights = customerRightsOf(actor);
  if (customerRight ? !rights.includes(customerRight) : rights.length === 0)
    throw new Forbidden('right_missing', { right: customerRight ?? 'any' });
  if (rules.confirmedEmail && actor.kind === 'customer' && actor.emailUnconfirmed)
    throw new Forbidden('email_unconfirmed', { sendAgain: 'POST /api/v1/confirm-email/send' });
}

const mayImpersonate = ({ method, access, impersonation }: Rules) =>
  impersonation === undefined ? access === 'customer' && method === 'get' : impersonation === 'allowed';

const securityOf = ({ access, inPerson }: Rules): Record<string, string[]>[] =>
  access === 'session' || inPerson ? [{ session: [] }] : [{ session: [] }, { apiKey: [] }];

/** Who is counted: somebody who is known by what they are, a stranger by the network. */
export function callerKey(c: HonoContext<Env>): string {
  const { actor } = c.get('ctx');
  return actor.kind === 'visitor' ? networkOf(c.get('address')) : actorKey(actor);
}

/**
 * Rows as JSON: instants as ISO 8601, bigint as number.
 * @throws Invalid when an amount is too large for a JSON number.
 */
export function toJson(value: unknown): unknown {
  if (typeof value === 'bigint') {
    if (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER) throw new Invalid('amount_too_large');
    return Number(value);
  }
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(toJson);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toJson(inner)]));
  }
  return value;
}
