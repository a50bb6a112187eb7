/** The intent of a charge, on disk before a gateway is asked to take money. */
import type { InvoiceToPay } from '@hostwright/sdk';
import { uuidv7 } from 'uuidv7';
import type { InvoiceRow } from '../billing/queries.ts';
import { owed } from '../billing/settle-invoice.ts';
import type { TransactionContext } from '../kit/context.ts';
import { Conflict } from '../kit/errors.ts';
import { ABSENT_COUNTS_AFTER_SECONDS } from './charge-window.ts';
import { invoiceToPay } from './invoice-to-pay.ts';
import { resolvePaymentJob } from './resolve-payment.job.ts';

export interface IntendedCharge {
  paymentId: string;
  invoice: InvoiceToPay;
}

/**
 * Store what is about to be charged on an unpaid invoice the caller holds, and the job that finds out what became of it
 * should this process end first.
 */
export async function intendCharge(
  tx: TransactionContext,
  locked: InvoiceRow,
  gatewayId: string,
): Promise<IntendedCharge> {
  const paymentId = uuidv7();
  await tx.db
    .insertInto('payment')
    .values({
      id: paymentId,
      invoiceId: locked.id,
      customerId: locked.customerId,
      gatewayId,
      state: 'pending',
      currency: locked.currency,
      amountMinor: owed(locked),
      idempotencyKey: paymentId,
      actor: JSON.stringify(tx.actor),
      correlationId: tx.correlationId,
      createdAt: tx.clock.now(),
    })
    .execute();
  await tx.app.jobs.enqueue(tx, resolvePaymentJob, { paymentId }, { startAfterSeconds: ABSENT_COUNTS_AFTER_SECONDS });
  return { paymentId, invoice: await invoiceToPay(tx.db, locked) };
}

/**
 * Refuse an invoice, which the caller holds, that must not be charged now. A page that somebody opened since the caller
 * took the others away counts as well: two of them could both be paid.
 *
 * @throws Conflict `invoice_void`, or `payment_in_progress` while another charge is under way, on a page, or its end unknown
 */
export async function refuseUnpayable(tx: TransactionContext, locked: InvoiceRow): Promise<void> {
  if (locked.state === 'void') throw new Conflict('invoice_void', { invoiceId: locked.id });
  const open = await tx.db
    .selectFrom('payment')
    .select('id')
    .where('invoiceId', '=', locked.id)
    .where('state', 'in', ['pending', 'waiting', 'unknown'])
    .executeTakeFirst();
  if (open) throw new Conflict('payment_in_progress', { invoiceId: locked.id });
}
