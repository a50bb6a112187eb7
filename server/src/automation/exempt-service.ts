import { createHash } from 'node:crypto';
import type { Context } from '../kit/context.ts';
import { Conflict, NotFound } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';

/** Rungs a service can be spared; the others act on whole invoices, or on what its owner asked for. */
export const EXEMPTIBLE = ['renewal_invoice', 'suspend', 'propose_termination'] as const;

export interface Exemption {
  rung: (typeof EXEMPTIBLE)[number];
  /** YYYY-MM-DD in the shop's time zone: the last day on which the service is spared. */
  until: string;
  reason: string;
}

export interface Exemptions {
  items: Exemption[];
  /** To be given back with a change, so that nobody undoes what somebody else did meanwhile. */
  version: string;
}

/**
 * Replace what a service is spared of the ladder; an empty list ends every exemption.
 *
 * @param input.version of the list that was changed, as `readExemptions` gave it
 * @throws NotFound `service_not_found`
 * @throws Conflict `exemptions_changed` when somebody else has changed the list since
 */
export async function exemptService(
  ctx: Context,
  { serviceId, exemptions, version }: { serviceId: string; exemptions: Exemption[]; version: string },
): Promise<Exemptions> {
  allow(ctx.actor, 'services:write');
  return ctx.transaction(async (tx) => {
    const before = await tx.db
      .selectFrom('service')
      .select('exemptions')
      .where('id', '=', serviceId)
      .forUpdate()
      .executeTakeFirst();
    if (!before) throw new NotFound('service_not_found', { serviceId });
    if (asExemptions(before).version !== version) throw new Conflict('exemptions_changed', { serviceId });
    await tx.db
      .updateTable('service')
      .set({ exemptions: JSON.stringify(exemptions), updatedAt: tx.clock.now() })
      .where('id', '=', serviceId)
      .execute();
    const change = { before: { exemptions: before.exemptions }, after: { exemptions } };
    await audit(tx, 'service.exempted', { kind: 'service', id: serviceId }, change);
    return asExemptions({ exemptions });
  });
}

/** @throws NotFound `service_not_found` */
export async function readExemptions(ctx: Context, serviceId: string): Promise<Exemptions> {
  allow(ctx.actor, 'services:read');
  const row = await ctx.db.selectFrom('service').select('exemptions').where('id', '=', serviceId).executeTakeFirst();
  if (!row) throw new NotFound('service_not_found', { serviceId });
  return asExemptions(row);
}

/** The column is written here only. The version is a sum of what the list says, so that equal lists have the same. */
function asExemptions(row: { exemptions: unknown }): Exemptions {
  const items = row.exemptions as Exemption[];
  const said = JSON.stringify(items.map(({ rung, until, reason }) => [rung, until, reason]));
  return { items, version: createHash('sha256').update(said).digest('base64url').slice(0, 16) };
}
