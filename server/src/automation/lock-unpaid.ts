import { hasOpenPayment, type InvoiceRow, lockInvoice } from '../billing/queries.ts';
import type { TransactionContext } from '../kit/context.ts';
import { Conflict } from '../kit/errors.ts';

/**
 * Hold an invoice that is to be chased, so that it cannot be paid meanwhile.
 * @throws Conflict `invoice_paid` or `invoice_void`, `payment_in_progress` while money may be under way
 */
export async function lockUnpaid(tx: TransactionContext, invoiceId: string): Promise<InvoiceRow> {
  const invoice = await lockInvoice(tx.db, invoiceId);
  if (invoice.state !== 'unpaid') throw new Conflict(`invoice_${invoice.state}`, { invoiceId });
  if (await hasOpenPayment(tx.db, invoiceId)) throw new Conflict('payment_in_progress', { invoiceId });
  return invoice;
}
