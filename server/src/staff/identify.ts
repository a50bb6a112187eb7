/** From a session or a key to who asks. What they are is read anew on every request, so that a change holds at once. */
import type { Actor, CustomerRole, Person, StaffRole } from '../kit/actor.ts';
import type { App } from '../kit/context.ts';
import { may } from '../kit/permissions.ts';
import { hashApiKeyToken } from './api-key-token.ts';
import type { SessionUser } from './login.ts';
import { findIdentity, findLiveKey, findOwnerLogin, findSession } from './queries.ts';
import { isOver } from './session-life.ts';
import { readShopSettings } from './settings.ts';

// Exact to a minute, so that a busy key or page does not cost a write per request.
const LAST_USED_STEP_MS = 60_000;

/** `undefined` when the login is gone, shut out, or belongs to nobody. */
export async function identifyUser(app: App, userId: string): Promise<Person | undefined> {
  const found = await findIdentity(app.db, userId);
  if (found?.staffRole && !found.disabledAt) {
    const staff: Person = { kind: 'staff', userId, role: found.staffRole as StaffRole };
    if (found.secondFactor !== null) return staff;
    const { staffTwoFactor } = await readShopSettings(app.db);
    return staffTwoFactor === 'required' ? { ...staff, secondFactorMissing: true } : staff;
  }
  if (found?.customerId) {
    const { customerId, customerRole: role, emailVerified } = found;
    const customer: Person = { kind: 'customer', userId, customerId, role: role as CustomerRole };
    return emailVerified ? customer : { ...customer, emailUnconfirmed: true };
  }
  return undefined;
}

/** As `identifyUser`, and as which customer staff act in this session; `undefined` too for one that is over. */
export async function identifySession(app: App, { userId, sessionId }: SessionUser): Promise<Person | undefined> {
  const [actor, session] = await Promise.all([identifyUser(app, userId), findSession(app.db, sessionId)]);
  if (!actor || !session) return undefined;
  const now = app.clock.now();
  if (isOver(actor.kind === 'staff' ? 'staff' : 'customer', session, now)) {
    await app.db.deleteFrom('loginSession').where('id', '=', sessionId).execute();
    return undefined;
  }
  if (!session.lastSeenAt || Math.abs(now.getTime() - session.lastSeenAt.getTime()) >= LAST_USED_STEP_MS) {
    await app.db.updateTable('loginSession').set({ lastSeenAt: now }).where('id', '=', sessionId).execute();
  }
  const { impersonatedCustomerId: customerId, impersonatedUntil: until } = session;
  if (!customerId || !until || until <= now || !may(actor, 'customers:impersonate')) return actor;
  const owner = await findOwnerLogin(app.db, customerId);
  return owner ? { kind: 'customer', userId: owner.userId, customerId, role: 'owner', impersonatedBy: userId } : actor;
}

/** `undefined` when there is no such key, it was revoked or has run out, or who made it is shut out or gone. */
export async function identifyKey(app: App, token: string): Promise<Actor | undefined> {
  const now = app.clock.now();
  const key = await findLiveKey(app.db, hashApiKeyToken(token), now);
  if (!key) return undefined;
  const makerId = key.staffUserId ?? key.madeBy;
  const owner = makerId === null ? undefined : await identifyUser(app, makerId);
  if (!owner) return undefined;
  if (!key.lastUsedAt || Math.abs(now.getTime() - key.lastUsedAt.getTime()) >= LAST_USED_STEP_MS) {
    await app.db.updateTable('apiKey').set({ lastUsedAt: now }).where('id', '=', key.id).execute();
  }
  return { kind: 'api_key', keyId: key.id, scopes: key.scopes, owner };
}
