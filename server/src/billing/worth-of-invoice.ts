/** What of the money that came in for an invoice is still the shop's, so that none of it is given back twice. */
import { sql } from 'kysely';
import type { Db } from '../kit/db.ts';

/**
 * Payments and credit that went onto an invoice, less what has been refunded of them, or is about to be, and less the
 * credit that was given for its services when they were not made. Hold the customer while anything is decided by it.
 *
 * @returns minor units; nothing on a void invoice, below zero when more was given back than had come in
 */
export async function worthOfInvoice(db: Db, invoiceId: string): Promise<bigint> {
  const { rows } = await sql<{ worth: bigint }>`
    select (
      (select coalesce(sum(amount_minor), 0) from payment where invoice_id = ${invoiceId} and state = 'settled')
      - (select coalesce(sum(refund.amount_minor - refund.credit_minor), 0)
           from refund join payment on payment.id = refund.payment_id
          where payment.invoice_id = ${invoiceId} and refund.state <> 'refused')
      - (select coalesce(sum(amount_minor), 0) from credit_entry
          where (cause_kind = 'invoice' and cause_id = ${invoiceId})
             or (cause_kind = 'payment' and cause_id in (select id from payment where invoice_id = ${invoiceId}))
             or (cause_kind = 'invoice_line' and cause_id in (select id from invoice_line where invoice_id = ${invoiceId}))
             -- One that never had an account was on no other invoice.
             or (cause_kind = 'service' and cause_id in (
                  select service.id from invoice_line join service on service.id = invoice_line.cause_id
                   where invoice_line.invoice_id = ${invoiceId} and service.state = 'cancelled'))
             or (cause_kind = 'package_change' and amount_minor > 0 and cause_id in (
                  select cause_id from invoice_line where invoice_id = ${invoiceId} and cause_kind = 'package_change')))
    )::bigint as worth`.execute(db);
  return rows[0]?.worth ?? 0n;
}
