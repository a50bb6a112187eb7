/** The marks of the rung `renewal_invoice`: that a period of a service was invoiced. */
import { sql } from 'kysely';
import type { TransactionContext } from '../kit/context.ts';
import type { Db } from '../kit/db.ts';

/** Those an invoice stands for. */
export const renewalMarks = (db: Db, invoiceId: string) =>
  db
    .selectFrom('automationStep')
    .selectAll()
    .where('rung', '=', 'renewal_invoice')
    .where(isInvoicedBy(invoiceId))
    .execute();

/**
 * Consequence of `invoice.voided`: voiding an invoice does not make its period free. Unless the service ends, is exempted
 * or was renewed by hand, the next night invoices it again.
 */
export async function forgetVoidedRenewals(
  tx: TransactionContext,
  { invoiceId }: { invoiceId: string },
): Promise<void> {
  await tx.db
    .deleteFrom('automationStep')
    .where('rung', '=', 'renewal_invoice')
    .where(isInvoicedBy(invoiceId))
    .execute();
}

/** That a period was invoiced counts for nothing: the next night invoices it again, if the service goes on. */
export async function forgetRenewal(
  tx: TransactionContext,
  { serviceId, dueOn }: { serviceId: string; dueOn: string },
): Promise<void> {
  await tx.db
    .deleteFrom('automationStep')
    .where('rung', '=', 'renewal_invoice')
    .where('subjectId', '=', serviceId)
    .where('dueOn', '=', dueOn)
    .execute();
}

const isInvoicedBy = (invoiceId: string) =>
  sql<boolean>`(subject_id, due_on) in (
    select cause_id, period_from from invoice_line where invoice_id = ${invoiceId} and cause_kind = 'service')`;
