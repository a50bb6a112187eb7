/** Our cookies: never for scripts, never sent along by pages of other sites, and over https for this host alone. */
import type { Context as HonoContext } from 'hono';
import { setCookie } from 'hono/cookie';
import type { App } from '../kit/context.ts';
import type { Env } from '../kit/endpoint.ts';

/** Name of the session cookie; over https it begins with `__Host-`. */
export const SESSION_COOKIE = 'hostwright.session_token';
/** By which a browser is known again, so that a sign-in from a new one can be told by mail. It opens nothing. */
export const DEVICE_COOKIE = 'hostwright.device';
// Browsers keep no cookie for longer.
const DEVICE_SECONDS = 400 * 24 * 3600;

export const isSecure = (app: App): boolean => app.config.publicUrl?.startsWith('https://') ?? false;

/** Browsers take a `__Host-` cookie from this very host only, not from its neighbours, and only over https. */
export const cookieName = (app: App, name: string): string => (isSecure(app) ? `__Host-${name}` : name);

/** @param session its cookies come from better-auth as they are to be sent */
export function setCookies(http: HonoContext<Env>, session: { cookies: string[]; device?: string }): void {
  for (const cookie of session.cookies) http.header('set-cookie', cookie, { append: true });
  const { app } = http.get('ctx');
  if (session.device === undefined) return;
  setCookie(http, cookieName(app, DEVICE_COOKIE), session.device, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    secure: isSecure(app),
    maxAge: DEVICE_SECONDS,
  });
}
