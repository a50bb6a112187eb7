import type { Context } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
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

/**
 * Replace what a service is spared of the ladder; an empty list ends every exemption.
 * @throws NotFound `service_not_found`
 */
export async function exemptService(
  ctx: Context,
  { serviceId, exemptions }: { serviceId: string; exemptions: Exemption[] },
): Promise<Exemption[]> {
  allow(ctx.actor, 'services:write');
  return ctx.transaction(async (tx) => {
    const before = await tx.db
      .selectFrom('service')
      .select('exemptions')
      .where('id', '=', serviceId)
      .forUpdate()
      .executeTakeFirst();
    if (!before) throw new NotFound('service_not_found', { serviceId });
    await tx.db
      .updateTable('service')
      .set({ exemptions: JSON.stringify(exemptions), updatedAt: tx.clock.now() })
      .where('id', '=', serviceId)
      .execute();
    const change = { before: { exemptions: before.exemptions }, after: { exemptions } };
    await audit(tx, 'service.exempted', { kind: 'service', id: serviceId }, change);
    return exemptions;
  });
}

/** @throws NotFound `service_not_found` */
export async function readExemptions(ctx: Context, serviceId: string): Promise<Exemption[]> {
  allow(ctx.actor, 'services:read');
  const row = await ctx.db.selectFrom('service').select('exemptions').where('id', '=', serviceId).executeTakeFirst();
  if (!row) throw new NotFound('service_not_found', { serviceId });
  return row.exemptions as unknown as Exemption[]; // written here only
}
