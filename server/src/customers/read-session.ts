import type { Actor } from '../kit/actor.ts';
import type { Context } from '../kit/context.ts';
import { customerRightsOf, permissionsOf } from '../kit/permissions.ts';
import { readDemoLogins } from '../staff/demo-logins.ts';
import { findLoginUser, findSession, isSetUpNeeded } from '../staff/queries.ts';
import { readShopSettings } from '../staff/settings.ts';
import { findLogin } from './queries.ts';

/** Who asks, what they may do, and what of the shop anybody may know. */
export async function readSession(ctx: Context, who: { actor?: Actor; sessionId?: string | undefined } = {}) {
  const actor = who.actor ?? ctx.actor;
  const { demo } = ctx.app.config;
  const [settings, setUpNeeded, demoLogins] = await Promise.all([
    readShopSettings(ctx.db),
    isSetUpNeeded(ctx.db),
    demo ? readDemoLogins(ctx.db) : [],
  ]);
  return {
    ...(await whoIs(ctx, actor)),
    permissions: permissionsOf(actor),
    customerRights: customerRightsOf(actor),
    secondFactorMissing: actor.kind === 'staff' && actor.secondFactorMissing === true,
    impersonator: await impersonatorOf(ctx, actor, who.sessionId),
    shop: {
      name: settings.shopName,
      headline: settings.storeHeadline || settings.shopName,
      intro: settings.storeIntro,
      address: settings.shopAddress,
      supportEmail: settings.supportEmail,
      taxId: settings.taxId,
      currencies: settings.currencies,
      termsUrl: settings.termsUrl,
      demo,
      setUpNeeded,
      demoLogins,
    },
  };
}

/** A key is shown as its owner: the permissions beside it tell the difference. */
async function whoIs(ctx: Context, actor: Actor) {
  const visitor = { kind: 'visitor' as const, user: null, customerId: null, role: null };
  switch (actor.kind) {
    case 'staff':
    case 'customer': {
      const login = await findLogin(ctx.db, actor.userId);
      if (!login) return visitor;
      return { kind: actor.kind, user: login, customerId: login.customerId, role: actor.role };
    }
    case 'api_key':
      if (actor.owner.kind === 'customer')
        return { ...visitor, kind: 'customer' as const, customerId: actor.owner.customerId };
      return { ...visitor, kind: 'staff' as const, role: actor.owner.role };
    case 'visitor':
    case 'job':
    case 'system':
      return visitor;
    default:
      return actor satisfies never;
  }
}

async function impersonatorOf(ctx: Context, actor: Actor, sessionId: string | undefined) {
  if (actor.kind !== 'customer' || actor.impersonatedBy === undefined || sessionId === undefined) return null;
  const [staff, session] = await Promise.all([
    findLoginUser(ctx.db, actor.impersonatedBy),
    findSession(ctx.db, sessionId),
  ]);
  const until = session?.impersonatedUntil;
  return staff && until ? { userId: staff.id, name: staff.name, until } : null;
}
