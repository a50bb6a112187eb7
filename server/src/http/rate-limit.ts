import type { Context as HonoContext } from 'hono';
import { createMiddleware } from 'hono/factory';
import { callerKey, type Env } from '../kit/endpoint.ts';
import { countUse, type Limit } from '../kit/rate-limit.ts';

/** Far above what the pages ask for, and what a script needs that looks once a second at a dozen things. */
const KNOWN: Limit = { most: 1_200, windowSeconds: 60 };
/** One network of strangers: a classroom may look at the store at once. */
const STRANGER: Limit = { most: 600, windowSeconds: 60 };

/** No caller may keep the API from the others. @throws TooManyRequests `too_many_requests` */
export const limitRequests = createMiddleware<Env>(async (c, next) => {
  countRequest(c);
  await next();
});

/** Count a request of whoever asks. @throws TooManyRequests `too_many_requests` */
export function countRequest(c: HonoContext<Env>): void {
  const { app, actor } = c.get('ctx');
  countUse(app, `api ${callerKey(c)}`, actor.kind === 'visitor' ? STRANGER : KNOWN, 'too_many_requests');
}
