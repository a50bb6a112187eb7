import type { Actor } from '../kit/actor.ts';
import type { Context } from '../kit/context.ts';
import { permissionsOf } from '../kit/permissions.ts';
import { readDemoLogins } from '../staff/demo-logins.ts';
import { isSetUpNeeded } from '../staff/queries.ts';
import { readShopSettings } from '../staff/settings.ts';
import { findLogin } from './queries.ts';

/** Who asks, what they may do, and what of the shop anybody may know. */
export async function readSession(ctx: Context, actor: Actor = ctx.actor) {
  const { demo } = ctx.app.config;
  const [settings, setUpNeeded, demoLogins] = await Promise.all([
    readShopSettings(ctx.db),
    isSetUpNeeded(ctx.db),
    demo ? readDemoLogins(ctx.db) : [],
  ]);
  return {
    ...(await whoIs(ctx, actor)),
    permissions: permissionsOf(actor),
    shop: {
      name: settings.shopName,
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
