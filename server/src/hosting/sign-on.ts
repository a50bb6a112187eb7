/** One-time links into a control panel. A link is a secret: it is made on the click and never stored. */
import type { Context } from '../kit/context.ts';
import { Conflict, NotFound } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { askPanel } from '../provisioning/ask-panel.ts';
import { serviceExists } from './queries.ts';
import { signOnRefusal } from './refusals.ts';
import { accountRef, readSubject } from './subject.ts';

/**
 * A link that opens a customer's account, for staff. Audited.
 * @throws NotFound; Conflict `sign_on_refused` with a `message` when the service is not active or its module cannot,
 *   or as `askPanel`
 */
export async function signOnService(ctx: Context, { serviceId }: { serviceId: string }): Promise<{ url: string }> {
  allow(ctx.actor, 'services:write');
  return signOn(ctx, { serviceId, customerId: undefined, app: undefined });
}

/** As `signOnService`, for a service of this customer. @param input.app a part of the panel, by the panel's own name */
export const signOnOwnService = (
  ctx: Context,
  input: { serviceId: string; customerId: string; app: string | undefined },
): Promise<{ url: string }> => signOn(ctx, input);

async function signOn(
  ctx: Context,
  { app, ...which }: { serviceId: string; customerId: string | undefined; app: string | undefined },
): Promise<{ url: string }> {
  const { serviceId } = which;
  if (!(await serviceExists(ctx.db, which))) throw new NotFound('service_not_found', { serviceId });
  const subject = await readSubject(ctx.db, serviceId);
  const message = signOnRefusal(subject, ctx.app.modules.get(subject.moduleId));
  if (message !== null || subject.serverId === null) throw new Conflict('sign_on_refused', { serviceId, message });
  const link = await askPanel(
    ctx,
    { serverId: subject.serverId, serviceId },
    async (module, call) => {
      const made = await module.signOn?.({ ...call, account: accountRef(subject), ...(app ? { app } : {}) });
      if (!made) throw new Conflict('sign_on_refused', { serviceId });
      return made;
    },
    { secretsIn: ({ url }) => secretsOfLink(url) },
  );
  await ctx.transaction((tx) =>
    audit(tx, 'service.signed_on', { kind: 'service', id: serviceId }, { after: { app: app ?? null } }),
  );
  return { url: link.url };
}

/** Shorter parts are words of the address, not what opens it. */
const SHORTEST_PART = 10;

/** The link and every part of it that could open the account by itself. */
export function secretsOfLink(link: string): string[] {
  if (!URL.canParse(link)) return [link];
  const { pathname, searchParams, hash } = new URL(link);
  const parts = [...pathname.split('/'), ...searchParams.values(), hash.slice(1)];
  return [link, ...parts.filter((part) => part.length >= SHORTEST_PART)];
}
