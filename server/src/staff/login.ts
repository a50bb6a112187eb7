/**
 * Sessions by better-auth, over our own tables and behind our own endpoints: it makes, reads, prolongs and ends them.
 * Logins are written by create-login.ts, because better-auth would write them in a transaction of its own, and a
 * customer without a login, or the reverse, must never exist. Whether somebody gets a session is decided by the verbs.
 */
import { randomBytes } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import type { App } from '../kit/context.ts';
import type { Caller } from './caller.ts';
import { cookieName, isSecure, SESSION_COOKIE } from './cookies.ts';

const SECRET_KEY = 'session_secret';
const ADDRESS_HEADER = 'x-client-address';
const SESSION_SECONDS = 14 * 24 * 3600;
const PROLONG_AFTER_SECONDS = 24 * 3600;

/** Who holds a session. But for `signedInAt`, its instants are better-auth's own and follow the machine's clock. */
export interface SessionUser {
  userId: string;
  sessionId: string;
  /** `Set-Cookie` values to answer with: a new or a prolonged session. */
  cookies: string[];
}

const opened = new WeakMap<App, ReturnType<typeof openLogin>>();

/**
 * Start a session for somebody who has proved who they are. The one the browser brought along ends.
 *
 * @throws Error when there is no such login
 */
export async function startSession(
  app: App,
  { userId, caller }: { userId: string; caller: Caller },
): Promise<SessionUser> {
  const login = await loginOf(app);
  const headers = new Headers({ 'user-agent': printable(caller.userAgent), [ADDRESS_HEADER]: caller.address });
  const { headers: answered, response } = await login.api.startSession({
    body: { userId, signedInAt: app.clock.now() },
    headers,
    returnHeaders: true,
  });
  if (caller.sessionId !== undefined)
    await app.db.deleteFrom('loginSession').where('id', '=', caller.sessionId).execute();
  return { userId, sessionId: response.sessionId, cookies: answered.getSetCookie() };
}

/** Whose session the `Cookie` header carries; `undefined` when it carries none that is alive. */
export async function readSessionUser(app: App, cookie: string): Promise<SessionUser | undefined> {
  if (!cookie.includes(SESSION_COOKIE)) return undefined;
  const login = await loginOf(app);
  const { headers, response } = await login.api.getSession({ headers: new Headers({ cookie }), returnHeaders: true });
  return response
    ? { userId: response.user.id, sessionId: response.session.id, cookies: headers.getSetCookie() }
    : undefined;
}

/** End the session of a `Cookie` header. Asking twice is fine. Returns the `Set-Cookie` values that clear it. */
export async function endSession(app: App, cookie: string): Promise<string[]> {
  const login = await loginOf(app);
  const { headers } = await login.api.signOut({ headers: new Headers({ cookie }), returnHeaders: true });
  return headers.getSetCookie();
}

function loginOf(app: App) {
  const known = opened.get(app);
  if (known) return known;
  const opening = openLogin(app);
  opened.set(app, opening);
  // The database may be away just now: the next request tries again.
  opening.catch(() => opened.delete(app));
  return opening;
}

/** better-auth's own way of signing in would ask for the password again and know nothing of our second factor. */
const startSessionEndpoint = {
  id: 'hostwright',
  endpoints: {
    startSession: createAuthEndpoint.serverOnly(
      { method: 'POST', body: z.object({ userId: z.string(), signedInAt: z.date() }), requireHeaders: true },
      async (ctx) => {
        const { internalAdapter } = ctx.context;
        const user = await internalAdapter.findUserById(ctx.body.userId);
        if (!user) throw new Error('There is no such login.');
        const { signedInAt } = ctx.body;
        const session = await internalAdapter.createSession(user.id, false, { signedInAt });
        await setSessionCookie(ctx, { session, user });
        return { sessionId: session.id };
      },
    ),
  },
};

async function openLogin(app: App) {
  const baseUrl = app.config.publicUrl ?? `http://${app.config.host}:${app.config.port}`;
  return betterAuth({
    appName: 'Hostwright',
    baseURL: baseUrl,
    secret: await sessionSecret(app),
    database: { db: app.db, type: 'postgres' },
    // Our Kysely turns camelCase into snake_case, so these are the tables login_user and so on.
    user: { modelName: 'loginUser' },
    session: {
      modelName: 'loginSession',
      expiresIn: SESSION_SECONDS,
      updateAge: PROLONG_AFTER_SECONDS,
      additionalFields: { signedInAt: { type: 'date', required: true, input: false } },
    },
    account: { modelName: 'loginAccount' },
    verification: { modelName: 'loginVerification' },
    plugins: [startSessionEndpoint],
    rateLimit: { enabled: false },
    logger: { disabled: true },
    telemetry: { enabled: false },
    advanced: {
      cookies: { session_token: { name: cookieName(app, SESSION_COOKIE) } },
      cookiePrefix: 'hostwright',
      // Its own switch would also rename the cookie.
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure(app) },
      database: { generateId: () => uuidv7() },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
  });
}

/** Signs the cookies. Made once, sealed, and shared by every process on the same database. */
async function sessionSecret(app: App): Promise<string> {
  const sealed = app.keyring.seal(randomBytes(32).toString('base64url'), SECRET_KEY);
  await app.db
    .insertInto('setting')
    .values({ key: SECRET_KEY, value: JSON.stringify(sealed), updatedAt: app.clock.now() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const stored = await app.db
    .selectFrom('setting')
    .select('value')
    .where('key', '=', SECRET_KEY)
    .executeTakeFirstOrThrow();
  return app.keyring.open(stored.value as string, SECRET_KEY);
}

/** Header values are Latin-1 without control characters; a user agent is anything. */
const printable = (text: string) => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 500);
