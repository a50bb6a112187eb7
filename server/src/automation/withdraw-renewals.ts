import type { Context } from '../kit/context.ts';
import { unpaidRenewals } from './queries.ts';
import { reissueRenewal } from './reissue-renewal.ts';

/**
 * Take back the unpaid renewals of a service that ends: their invoices are void, and what else stood on them is invoiced
 * anew for the same due day. What was paid on them so far becomes credit and pays the new one. Asking twice is fine.
 *
 * @throws Conflict `payment_in_progress` while money for one of them may be under way
 */
export async function withdrawRenewals(ctx: Context, { serviceId }: { serviceId: string }): Promise<void> {
  for (const { invoiceId } of await unpaidRenewals(ctx.db, serviceId)) {
    await ctx.transaction((tx) =>
      reissueRenewal(tx, {
        invoiceId,
        change: async (lines) => lines.filter(({ cause }) => cause.kind !== 'service' || cause.id !== serviceId),
      }),
    );
  }
}
