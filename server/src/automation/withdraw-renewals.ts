import { issueInvoice, type NewLine } from '../billing/issue-invoice.ts';
import { type InvoiceRow, invoiceLines, lockInvoice } from '../billing/queries.ts';
import { payFromCredit } from '../billing/settle-invoice.ts';
import { voidLockedInvoice } from '../billing/void-invoice.ts';
import { type Context, type TransactionContext, withTrace } from '../kit/context.ts';

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
  const isOf = (line: Line) => line.causeKind === 'service' && line.causeId === serviceId;
  await voidLockedInvoice(tx, invoice);
  await forget(tx, serviceId, lines.filter(isOf));
  await invoiceRest(
    tx,
    invoice,
    lines.filter((line) => !isOf(line)),
  );
}

/** Should the service go on after all, the next night invoices it again. */
async function forget(tx: TransactionContext, serviceId: string, lines: Line[]): Promise<void> {
  const dueDays = lines.flatMap(({ periodFrom }) => periodFrom ?? []);
  if (dueDays.length === 0) return;
  await tx.db
    .deleteFrom('automationStep')
    .where('rung', '=', 'renewal_invoice')
    .where('subjectId', '=', serviceId)
    .where('dueOn', 'in', dueDays)
    .execute();
}

async function invoiceRest(tx: TransactionContext, invoice: InvoiceRow, rest: Line[]): Promise<void> {
  if (rest.length === 0) return;
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
