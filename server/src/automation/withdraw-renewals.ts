import type { NewLine } from '../billing/issue-invoice.ts';
import { lockService } from '../hosting/subject.ts';
import type { Context, TransactionContext } from '../kit/context.ts';
import { isEnding, unpaidRenewals } from './queries.ts';
import { reissueRenewal } from './reissue-renewal.ts';

/**
 * Take back the unpaid renewals of a service that ends, or of days before the one it is due on: their invoices are void,
 * and what else stood on them is invoiced anew for the same due day. What was paid on them so far becomes credit and pays
 * the new one. Asking twice is fine.
 *
 * @throws Conflict `payment_in_progress` while money for one of them may be under way
 */
export async function withdrawRenewals(ctx: Context, { serviceId }: { serviceId: string }): Promise<void> {
  for (const { invoiceId } of await unpaidRenewals(ctx.db, serviceId)) {
    await ctx.transaction((tx) =>
      reissueRenewal(tx, { invoiceId, change: (lines) => withoutService(tx, serviceId, lines) }),
    );
  }
}

async function withoutService(tx: TransactionContext, serviceId: string, lines: NewLine[]): Promise<NewLine[] | null> {
  const service = await lockService(tx.db, serviceId);
  if (!service) return null;
  const ends = await isEnding(tx.db, service);
  const { nextDueOn } = service;
  const isOver = ({ cause, kind, period }: NewLine) =>
    cause.kind === 'service' &&
    cause.id === serviceId &&
    (ends || (kind === 'recurring' && period !== undefined && nextDueOn !== null && period.from < nextDueOn));
  const kept = lines.filter((line) => !isOver(line));
  return kept.length < lines.length ? kept : null;
}
