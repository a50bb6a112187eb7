/** Package changes as the API shows them. */
import type { Context } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { packageChangesOf } from './package-change-queries.ts';
import { serviceExists } from './queries.ts';
import type { PackageQuote } from './quote-package-change.ts';

export const asQuote = (quote: PackageQuote) => ({
  productId: quote.productId,
  productName: quote.productName,
  oldProductName: quote.oldProductName,
  currency: quote.currency,
  cycle: quote.cycle,
  oldRecurringMinor: quote.oldRecurringMinor,
  newRecurringMinor: quote.newRecurringMinor,
  optionValues: quote.optionValues,
  periodFrom: quote.left.from,
  periodTo: quote.left.to,
  daysLeft: quote.left.daysLeft,
  periodDays: quote.left.periodDays,
  furtherPeriods: quote.left.furtherPeriods,
  lines: [
    { kind: 'old_rest', productName: quote.oldProductName, amountMinor: -quote.oldRestMinor },
    { kind: 'new_rest', productName: quote.productName, amountMinor: quote.newRestMinor },
  ],
  dueMinor: quote.dueMinor,
  nextDueOn: quote.nextDueOn,
});

/**
 * The last change of a service, open or over; null when there never was one.
 *
 * @param input.customerId whose service it must be; left out for staff
 * @throws NotFound
 */
export async function presentPackageChange(ctx: Context, input: { serviceId: string; customerId?: string }) {
  const { serviceId, customerId } = input;
  if (!(await serviceExists(ctx.db, { serviceId, customerId }))) throw new NotFound('service_not_found', { serviceId });
  return { change: (await packageChangesOf(ctx.db, serviceId).limit(1).executeTakeFirst()) ?? null };
}
