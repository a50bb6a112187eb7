import { issueInvoice, type NewLine } from '../billing/issue-invoice.ts';
import { invoiceLines, lockInvoice } from '../billing/queries.ts';
import { payFromCredit } from '../billing/settle-invoice.ts';
import { voidLockedInvoice } from '../billing/void-invoice.ts';
import { type Context, type TransactionContext, withTrace } from '../kit/context.ts';
import { renewalMarks } from './renewal-marks.ts';

type Line = Awaited<ReturnType<typeof invoiceLines>>[number];

/**
 * Take back the unpaid renewals of a service that ends: their invoices are void, and what else stood on them is invoiced
 * anew for the same due day. What was paid on them so far becomes credit and pays the new one. Asking twice is fine.
 *
 * @throws Conflict `payment_in_progress` while money for one of them may be under way
 */
export async function withdrawRenewals(ctx: Context, { serviceId }: { serviceId: string }): Promise<void> {
  for (const invoiceId of await unpaidRenewals(ctx, serviceId)) {
    await ctx.transaction((tx) => withdraw(tx, { serviceId, invoiceId }));
  }
}

async function withdraw(
  outer: TransactionContext,
  { serviceId, invoiceId }: { serviceId: string; invoiceId: string },
): Promise<void> {
  const invoice = await lockInvoice(outer.db, invoiceId);
  if (invoice.state !== 'unpaid') return;
  const tx = withTrace(outer, { correlationId: invoice.correlationId });
  const lines = await invoiceLines(tx.db, invoiceId);
  const rest = lines.filter(({ causeKind, causeId }) => causeKind !== 'service' || causeId !== serviceId);
  const marks = await renewalMarks(tx.db, invoiceId);
  await voidLockedInvoice(tx, invoice);
  if (rest.length === 0) return;
  const kept = marks.filter(({ subjectId }) => rest.some(({ causeId }) => causeId === subjectId));
  if (kept.length > 0) await tx.db.insertInto('automationStep').values(kept).execute();
  const { customerId, currency, dueOn } = invoice;
  const { id } = await issueInvoice(tx, { customerId, currency, dueOn, lines: rest.map(asNewLine) });
  await payFromCredit(tx, { invoiceId: id });
}

const asNewLine = (line: Line): NewLine => ({
  kind: line.kind as NewLine['kind'],
  cause: { kind: line.causeKind, id: line.causeId },
  description: line.description,
  quantity: line.quantity,
  unitMinor: line.unitMinor,
  amountMinor: line.amountMinor,
  ...(line.periodFrom && line.periodTo ? { period: { from: line.periodFrom, to: line.periodTo } } : {}),
});

async function unpaidRenewals(ctx: Context, serviceId: string): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('invoiceLine')
    .innerJoin('invoice', 'invoice.id', 'invoiceLine.invoiceId')
    .select('invoice.id')
    .distinct()
    .where('invoiceLine.causeKind', '=', 'service')
    .where('invoiceLine.causeId', '=', serviceId)
    .where('invoiceLine.periodFrom', 'is not', null)
    .where('invoice.state', '=', 'unpaid')
    .orderBy('invoice.id')
    .execute();
  return rows.map(({ id }) => id);
}
