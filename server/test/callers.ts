/** People with API keys at the HTTP door of a shop: requests go through every middleware to real handlers. */
import { uuidv7 } from 'uuidv7';
import { createHttp } from '../src/http/server.ts';
import type { StaffRole } from '../src/kit/actor.ts';
import { type App, type Context, createContext } from '../src/kit/context.ts';
import { ROLE_PERMISSIONS } from '../src/kit/permissions.ts';
import { createApiKey } from '../src/staff/create-api-key.ts';
import type { Answer } from './door.ts';

export interface Caller {
  get(path: string): Promise<Answer>;
  send(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Answer>;
}

export interface Callers {
  /** A new member of staff with a key for everything the role may do. */
  staff(role?: StaffRole): Promise<Caller>;
  /** A key for the portal. @param ctx of the customer */
  customer(ctx: Context): Promise<Caller>;
}

/** Paths are below `/api/v1` unless they begin with `/api/`. */
export function callersOf(app: App): Callers {
  const http = createHttp(app, { webFolder: '/nonexistent' });
  const withKey = (token: string): Caller => {
    const send = async (method: string, path: string, body?: unknown): Promise<Answer> => {
      const response = await http.request(path.startsWith('/api/') ? path : `/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? null : JSON.parse(text), headers: response.headers };
    };
    return { send, get: (path) => send('GET', path) };
  };
  return {
    async staff(role = 'owner') {
      const userId = uuidv7();
      const createdAt = app.clock.now();
      await app.db
        .insertInto('loginUser')
        .values({ id: userId, name: role, email: `${userId}@staff.test`, createdAt, updatedAt: createdAt })
        .execute();
      await app.db.insertInto('staffMember').values({ userId, role, createdAt }).execute();
      const ctx = createContext(app, { kind: 'staff', userId, role });
      return withKey((await createApiKey(ctx, { name: role, scopes: [...ROLE_PERMISSIONS[role]] })).token);
    },
    async customer(ctx) {
      return withKey((await createApiKey(ctx, { name: 'portal', scopes: ['portal'] })).token);
    },
  };
}
