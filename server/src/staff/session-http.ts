/** What sessions need of a request, and what they leave in its answer. */
import type { Context as HonoContext } from 'hono';
import type { Env } from '../kit/endpoint.ts';
import type { Caller } from './login.ts';

export const callerOf = (http: HonoContext<Env>): Caller => ({
  address: http.get('address'),
  userAgent: http.req.header('user-agent') ?? '',
});

export function setCookies(http: HonoContext<Env>, cookies: string[]): void {
  for (const cookie of cookies) http.header('set-cookie', cookie, { append: true });
}
