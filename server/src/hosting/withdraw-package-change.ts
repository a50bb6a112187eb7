import { lockInvoice } from '../billing/queries.ts';
import type { Context } from '../kit/context.ts';
import { Conflict, NotFound } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import { abandonPackageChange } from './end-package-change.ts';
import { openPackageChange } from './package-change-queries.ts';
import { serviceExists } from './queries.ts';
import { lockService } from './subject.ts';

/**
 * Withdraw a package change that is not paid yet; its invoice is voided. When there is none, nothing happens.
 *
 * @throws NotFound; Conflict `package_change_paid` once it is paid, `payment_in_progress`
 */
export async function withdrawPackageChange(ctx: Context, input: { serviceId: string }): Promise<void> {
  allow(ctx.actor, 'services:write');
  await withdraw(ctx, { ...input, customerId: undefined });
}

/** As `withdrawPackageChange`, for a service of this customer. */
export const withdrawOwnPackageChange = (
  ctx: Context,
  input: { serviceId: string; customerId: string },
): Promise<void> => withdraw(ctx, input);

async function withdraw(ctx: Context, input: { serviceId: string; customerId: string | undefined }): Promise<void> {
  const { serviceId } = input;
  await ctx.transaction(async (tx) => {
    if (!(await serviceExists(tx.db, input))) throw new NotFound('service_not_found', { serviceId });
    const seen = await openPackageChange(tx.db, serviceId);
    if (!seen) return;
    if (seen.invoiceId !== null) await lockInvoice(tx.db, seen.invoiceId);
    await lockService(tx.db, serviceId);
    const change = await openPackageChange(tx.db, serviceId);
    if (!change) return;
    if (change.state !== 'unpaid' || change.id !== seen.id)
      throw new Conflict('package_change_paid', { serviceId, packageChangeId: change.id });
    await abandonPackageChange(tx, change, 'withdrawn');
  });
}
