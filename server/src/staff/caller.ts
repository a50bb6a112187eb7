/** Who is at the other end of a request, as far as it tells. */
import type { Context as HonoContext } from 'hono';
import { getCookie } from 'hono/cookie';
import type { Env } from '../kit/endpoint.ts';
import { cookieName, DEVICE_COOKIE } from './cookies.ts';

/** What is known of a caller besides the request itself; stored with the session. */
export interface Caller {
  address: string;
  userAgent: string;
  /** What its browser keeps to be known again; `undefined` in a new one. */
  device: string | undefined;
  /** The session it brought along, if one is alive. */
  sessionId: string | undefined;
}

export const callerOf = (http: HonoContext<Env>): Caller => ({
  address: http.get('address'),
  userAgent: http.req.header('user-agent') ?? '',
  device: getCookie(http, cookieName(http.get('ctx').app, DEVICE_COOKIE)),
  sessionId: http.get('sessionId'),
});
