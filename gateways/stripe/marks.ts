/** What is written on everything made at Stripe, so that it can be traced back to the shop. */
import type { InvoiceToPay } from '@hostwright/sdk';

export const PAYMENT = 'hostwright_payment';
export const INVOICE = 'hostwright_invoice';
export const CUSTOMER = 'hostwright_customer';
export const REFUND = 'hostwright_refund';

export const marksOf = (invoice: InvoiceToPay, idempotencyKey: string) => ({
  [PAYMENT]: idempotencyKey,
  [INVOICE]: invoice.id,
  [CUSTOMER]: invoice.customer.id,
});
