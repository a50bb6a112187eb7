import { hasOpenPayment, type InvoiceRow, lockInvoice } from '../billing/queries.ts';
import type { TransactionContext } from '../kit/context.ts';
import { Conflict } from '../kit/errors.ts';
import { wasCollected } from './queries.ts';
import type { Look } from './rung.ts';

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

/**
 * As `lockUnpaid`, to press for the money.
 * @throws Conflict `being_collected` on the day on which it was charged to a saved method: the answer is waited for
 */
export async function lockToChase(tx: TransactionContext, invoiceId: string, look: Look): Promise<InvoiceRow> {
  const invoice = await lockUnpaid(tx, invoiceId);
  if (await wasCollected(tx.db, invoiceId, look.todayBegan)) throw new Conflict('being_collected', { invoiceId });
  return invoice;
}
