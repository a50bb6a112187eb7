import { type Context, type TransactionContext, withTrace } from '../kit/context.ts';
import { Conflict } from '../kit/errors.ts';
import { record } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { writeCredit } from './credit-ledger.ts';
import { creditOnInvoice, hasOpenPayment, hasOpenRefund, type InvoiceRow, lockInvoice } from './queries.ts';

/**
 * Void an unpaid invoice so that it can no longer be paid or chased. Credit on it goes back to the customer's balance.
 * Asking twice is fine.
 *
 * @throws NotFound
 * @throws Conflict `invoice_paid`, `invoice_has_payments` once money has come in, `payment_in_progress` while a charge
 *   or a refund is under way
 */
export async function voidInvoice(ctx: Context, input: { invoiceId: string }): Promise<void> {
  allow(ctx.actor, 'billing:write');
  await ctx.transaction(async (tx) => {
    const invoice = await lockInvoice(tx.db, input.invoiceId);
    if (invoice.state === 'void') return;
    const credit = await creditOnInvoice(tx.db, invoice.id);
    if (invoice.paidMinor > credit.amountMinor) throw new Conflict('invoice_has_payments', { invoiceId: invoice.id });
    await voidLockedInvoice(tx, invoice);
  });
}

/**
 * Void an invoice the caller has locked. Everything paid on it so far, by credit or in money, becomes credit.
 *
 * @throws Conflict `invoice_paid`, or `payment_in_progress` while a charge or a refund is under way
 */
export async function voidLockedInvoice(tx: TransactionContext, invoice: InvoiceRow): Promise<void> {
  if (invoice.state === 'void') return;
  if (invoice.state === 'paid') throw new Conflict('invoice_paid', { invoiceId: invoice.id });
  // What is on its way back to the customer must not become their credit as well.
  if ((await hasOpenPayment(tx.db, invoice.id)) || (await hasOpenRefund(tx.db, invoice.id))) {
    throw new Conflict('payment_in_progress', { invoiceId: invoice.id });
  }
  const traced = withTrace(tx, { correlationId: invoice.correlationId });
  if (invoice.paidMinor > 0n) {
    await writeCredit(traced, {
      customerId: invoice.customerId,
      currency: invoice.currency,
      amountMinor: invoice.paidMinor,
      reason: `Given back from void invoice ${invoice.number}`,
      cause: { kind: 'invoice', id: invoice.id },
    });
  }
  await tx.db
    .updateTable('invoice')
    .set({ state: 'void', paidMinor: 0n, voidedAt: tx.clock.now() })
    .where('id', '=', invoice.id)
    .execute();
  const payload = { invoiceId: invoice.id, customerId: invoice.customerId };
  const change = { before: { state: invoice.state }, after: { state: 'void' } };
  await record(traced, 'invoice.voided', { kind: 'invoice', id: invoice.id }, payload, change);
}
