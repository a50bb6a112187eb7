/** Money onto an invoice, from a payment or from credit. An invoice turns paid here and nowhere else. */
import type { TransactionContext } from '../kit/context.ts';
import { record } from '../kit/events.ts';
import { writeCredit } from './credit-ledger.ts';
import { creditBalance, creditOnInvoice, type InvoiceRow, lockCustomer, lockInvoice } from './queries.ts';

/**
 * Put the money of a settled payment on its invoice. What is more than is owed becomes credit, and so does all of it
 * when the invoice is paid or void already: money that came in is never lost. The caller makes sure that a payment is
 * applied once.
 *
 * @param payment.amountMinor 1 or more, in the invoice's currency
 * @returns how much became credit, in minor units
 * @throws NotFound for the invoice
 */
export async function applyPayment(
  tx: TransactionContext,
  payment: { id: string; invoiceId: string; amountMinor: bigint },
): Promise<bigint> {
  const invoice = await lockInvoice(tx.db, payment.invoiceId);
  const appliedMinor = smaller(owed(invoice), payment.amountMinor);
  const overMinor = payment.amountMinor - appliedMinor;
  if (overMinor > 0n) {
    await writeCredit(tx, {
      customerId: invoice.customerId,
      currency: invoice.currency,
      amountMinor: overMinor,
      reason: `Paid more than invoice ${invoice.number} asked for`,
      cause: { kind: 'payment', id: payment.id },
    });
  }
  await addPaid(tx, invoice, appliedMinor);
  return overMinor;
}

/**
 * Pay an invoice from the customer's credit as far as it goes; one that owes nothing is paid. On an invoice that is
 * paid or void, or without credit, nothing happens.
 *
 * @param input.customerId whose invoice it must be; left out by staff
 * @throws NotFound
 */
export async function payFromCredit(
  tx: TransactionContext,
  input: { invoiceId: string; customerId?: string | undefined },
): Promise<InvoiceRow> {
  const invoice = await lockInvoice(tx.db, input.invoiceId, input.customerId);
  await lockCustomer(tx.db, invoice.customerId);
  const amountMinor = smaller(owed(invoice), await creditBalance(tx.db, invoice.customerId, invoice.currency));
  if (amountMinor > 0n) {
    const { times } = await creditOnInvoice(tx.db, invoice.id);
    await writeCredit(tx, {
      customerId: invoice.customerId,
      currency: invoice.currency,
      amountMinor: -amountMinor,
      // The ledger takes each reason once per cause, and an invoice may be paid in several goes.
      reason: `Paid on invoice ${invoice.number}${times > 0 ? ` (${times + 1})` : ''}`,
      cause: { kind: 'invoice', id: invoice.id },
    });
  }
  return addPaid(tx, invoice, amountMinor > 0n ? amountMinor : 0n);
}

/** Pay an invoice whose total is zero; on any other nothing happens. @throws NotFound */
export async function settleWhenCovered(tx: TransactionContext, invoiceId: string): Promise<InvoiceRow> {
  return addPaid(tx, await lockInvoice(tx.db, invoiceId), 0n);
}

/** What is still owed, in minor units; nothing on a paid or void invoice. */
export const owed = (invoice: Pick<InvoiceRow, 'state' | 'totalMinor' | 'paidMinor'>): bigint =>
  invoice.state === 'unpaid' ? invoice.totalMinor - invoice.paidMinor : 0n;

async function addPaid(tx: TransactionContext, invoice: InvoiceRow, amountMinor: bigint): Promise<InvoiceRow> {
  if (invoice.state !== 'unpaid') return invoice;
  const paidMinor = invoice.paidMinor + amountMinor;
  const paid = paidMinor === invoice.totalMinor;
  if (!paid && amountMinor === 0n) return invoice;
  const change = { paidMinor, state: paid ? 'paid' : 'unpaid', paidAt: paid ? tx.clock.now() : null };
  await tx.db.updateTable('invoice').set(change).where('id', '=', invoice.id).execute();
  if (paid) {
    const payload = { invoiceId: invoice.id, customerId: invoice.customerId };
    const states = { before: { state: 'unpaid' }, after: { state: 'paid' } };
    await record(tx, 'invoice.paid', { kind: 'invoice', id: invoice.id }, payload, states);
  }
  return { ...invoice, ...change };
}

const smaller = (a: bigint, b: bigint) => (a < b ? a : b);
