import { issueInvoice, type NewLine } from '../billing/issue-invoice.ts';
import { invoiceLines, lockInvoice } from '../billing/queries.ts';
import { payFromCredit } from '../billing/settle-invoice.ts';
import { voidLockedInvoice } from '../billing/void-invoice.ts';
import { type TransactionContext, withTrace } from '../kit/context.ts';
import { renewalMarks } from './renewal-marks.ts';

/**
 * Put other lines in place of those of an unpaid invoice: it is void, and another for the same due day asks for the new
 * lines, if there are any. What was paid on it so far becomes credit and pays the other one. An invoice that is paid or
 * void is left alone.
 *
 * @param input.change the new lines, or null to leave the invoice as it is
 * @throws Conflict `payment_in_progress` while money for it may be under way
 */
export async function reissueRenewal(
  outer: TransactionContext,
  { invoiceId, change }: { invoiceId: string; change(lines: NewLine[]): Promise<NewLine[] | null> },
): Promise<void> {
  const invoice = await lockInvoice(outer.db, invoiceId);
  if (invoice.state !== 'unpaid') return;
  const tx = withTrace(outer, { correlationId: invoice.correlationId });
  const lines = await change((await invoiceLines(tx.db, invoiceId)).map(asNewLine));
  if (lines === null) return;
  const marks = await renewalMarks(tx.db, invoiceId);
  await voidLockedInvoice(tx, invoice);
  if (lines.length === 0) return;
  const kept = marks.filter(({ subjectId }) => lines.some(({ cause }) => cause.id === subjectId));
  if (kept.length > 0) await tx.db.insertInto('automationStep').values(kept).execute();
  const { customerId, currency, dueOn } = invoice;
  const { id } = await issueInvoice(tx, { customerId, currency, dueOn, lines });
  await payFromCredit(tx, { invoiceId: id });
}

type Line = Awaited<ReturnType<typeof invoiceLines>>[number];

const asNewLine = (line: Line): NewLine => ({
  kind: line.kind as NewLine['kind'],
  cause: { kind: line.causeKind, id: line.causeId },
  description: line.description,
  quantity: line.quantity,
  unitMinor: line.unitMinor,
  amountMinor: line.amountMinor,
  ...(line.periodFrom && line.periodTo ? { period: { from: line.periodFrom, to: line.periodTo } } : {}),
});
