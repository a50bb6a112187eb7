/** Who asks, from the request: an API key, else the session cookie, else a visitor. */
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context as HonoContext } from 'hono';
import { createMiddleware } from 'hono/factory';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import type { Actor } from '../kit/actor.ts';
import { type App, createContext } from '../kit/context.ts';
import type { Env } from '../kit/endpoint.ts';
import { Unauthenticated } from '../kit/errors.ts';
import { setCookies } from '../staff/cookies.ts';
import { identifyKey, identifySession } from '../staff/identify.ts';
import { readSessionUser } from '../staff/login.ts';
import { countRequest } from './rate-limit.ts';

const CORRELATION_HEADER = 'x-correlation-id';

/** Starts a trace, or goes on with the caller's, before anything can fail; everybody is a visitor until identified. */
export const startTrace = (app: App) =>
  createMiddleware<Env>(async (c, next) => {
    const given = z.uuid().safeParse(c.req.header(CORRELATION_HEADER));
    const ctx = createContext(app, { kind: 'visitor' }, given.success ? given.data.toLowerCase() : uuidv7());
    c.set('ctx', ctx);
    c.set('address', addressOf(c, app.config.trustProxy));
    await next();
    // Afterwards, so that a Response a handler made itself carries it too.
    c.res.headers.set(CORRELATION_HEADER, ctx.correlationId);
  });

/**
 * Finds out who asks.
 * @throws Unauthenticated `bad_api_key` when a key was sent that does not work; a dead cookie is just a visitor
 * @throws TooManyRequests `too_many_requests` when too many such keys came from one network
 */
export const identify = (app: App) =>
  createMiddleware<Env>(async (c, next) => {
    const actor = await actorOf(app, c);
    if (actor.kind !== 'visitor') c.set('ctx', createContext(app, actor, c.get('ctx').correlationId));
    await next();
  });

async function actorOf(app: App, c: HonoContext<Env>): Promise<Actor> {
  const authorization = c.req.header('authorization');
  if (authorization !== undefined) {
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    const actor = token === undefined ? undefined : await identifyKey(app, token);
    if (actor) return actor;
    countRequest(c);
    throw new Unauthenticated('bad_api_key');
  }
  const session = await readSessionUser(app, c.req.header('cookie') ?? '');
  if (!session) return { kind: 'visitor' };
  setCookies(c, session);
  c.set('sessionId', session.sessionId);
  return (await identifySession(app, session)) ?? { kind: 'visitor' };
}

/** The proxy's own entry is the last one: whatever stands before it was written by the caller. */
function addressOf(c: HonoContext<Env>, trustProxy: boolean): string {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  if (forwarded) return forwarded;
  // A request that came through `app.request()` has no connection.
  return (c.env ? getConnInfo(c).remote.address : undefined) ?? 'unknown';
}
