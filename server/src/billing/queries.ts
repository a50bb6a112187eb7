/** SQL for invoices, their lines and the credit ledger. */
import { type Selectable, sql } from 'kysely';
import type { Customer, Invoice } from '../kit/database.generated.ts';
import type { Db, Tx } from '../kit/db.ts';
import { NotFound } from '../kit/errors.ts';

export type CustomerRow = Selectable<Customer>;
export type InvoiceRow = Selectable<Invoice>;

/**
 * Hold an invoice until the end of the transaction. Locks are taken in the order invoice, services, order, customer.
 *
 * @param customerId whose invoice it must be; left out by staff and jobs
 * @throws NotFound, also when it is somebody else's
 */
export async function lockInvoice(tx: Tx, invoiceId: string, customerId?: string): Promise<InvoiceRow> {
  let query = tx.selectFrom('invoice').selectAll().where('id', '=', invoiceId).forNoKeyUpdate();
  if (customerId !== undefined) query = query.where('customerId', '=', customerId);
  const invoice = await query.executeTakeFirst();
  if (!invoice) throw new NotFound('invoice_not_found');
  return invoice;
}

/**
 * What a charge must know of an invoice before it holds it.
 *
 * @param customerId whose invoice it must be; left out by staff and jobs
 * @throws NotFound, also when it is somebody else's
 */
export async function invoiceToCharge(db: Db, invoiceId: string, customerId?: string) {
  let query = db.selectFrom('invoice').select(['id', 'customerId', 'correlationId']).where('id', '=', invoiceId);
  if (customerId !== undefined) query = query.where('customerId', '=', customerId);
  const invoice = await query.executeTakeFirst();
  if (!invoice) throw new NotFound('invoice_not_found');
  return invoice;
}

/** Hold a customer: whoever spends its credit or fixes its currency queues here. @throws NotFound */
export async function lockCustomer(tx: Tx, customerId: string): Promise<CustomerRow> {
  const customer = await tx
    .selectFrom('customer')
    .selectAll()
    .where('id', '=', customerId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!customer) throw new NotFound('customer_not_found');
  return customer;
}

export async function creditBalance(db: Db, customerId: string, currency: string): Promise<bigint> {
  const { balance } = await db
    .selectFrom('creditEntry')
    .select(sql<bigint>`coalesce(sum(amount_minor), 0)::bigint`.as('balance'))
    .where('customerId', '=', customerId)
    .where('currency', '=', currency)
    .executeTakeFirstOrThrow();
  return balance;
}

export const creditBalances = (db: Db, customerId: string) =>
  db
    .selectFrom('creditEntry')
    .select(['currency', sql<bigint>`sum(amount_minor)::bigint`.as('amountMinor')])
    .where('customerId', '=', customerId)
    .groupBy('currency')
    .orderBy('currency')
    .execute();

/** How much credit lies on an invoice now, and how often some was put there. */
export async function creditOnInvoice(db: Db, invoiceId: string): Promise<{ amountMinor: bigint; times: number }> {
  const { balance, times } = await db
    .selectFrom('creditEntry')
    .select([
      sql<bigint>`coalesce(sum(amount_minor), 0)::bigint`.as('balance'),
      sql<bigint>`count(*) filter (where amount_minor < 0)`.as('times'),
    ])
    .where('causeKind', '=', 'invoice')
    .where('causeId', '=', invoiceId)
    .executeTakeFirstOrThrow();
  return { amountMinor: -balance, times: Number(times) };
}

/** Whether a charge for the invoice is under way or nobody knows yet how it ended. */
export async function hasOpenPayment(db: Db, invoiceId: string): Promise<boolean> {
  const open = await db
    .selectFrom('payment')
    .select('id')
    .where('invoiceId', '=', invoiceId)
    .where('state', 'in', ['pending', 'unknown'])
    .executeTakeFirst();
  return open !== undefined;
}

/** Whether money that was paid on the invoice is on its way back, or nobody knows yet whether it is. */
export async function hasOpenRefund(db: Db, invoiceId: string): Promise<boolean> {
  const open = await db
    .selectFrom('refund')
    .innerJoin('payment', 'payment.id', 'refund.paymentId')
    .select('refund.id')
    .where('payment.invoiceId', '=', invoiceId)
    .where('refund.state', '=', 'pending')
    .executeTakeFirst();
  return open !== undefined;
}

/** Invoices with what names their customer. */
export const invoicesWithCustomer = (db: Db) =>
  db
    .selectFrom('invoice')
    .innerJoin('customer', 'customer.id', 'invoice.customerId')
    .select([
      'invoice.id',
      'invoice.number',
      'invoice.customerId',
      'invoice.state',
      'invoice.currency',
      'invoice.totalMinor',
      'invoice.paidMinor',
      'invoice.issuedOn',
      'invoice.dueOn',
      'invoice.paidAt',
      'invoice.createdAt',
      'customer.firstName',
      'customer.lastName',
      'customer.company',
      'customer.email',
    ]);

export const invoiceLines = (db: Db, invoiceId: string) =>
  db.selectFrom('invoiceLine').selectAll().where('invoiceId', '=', invoiceId).orderBy('position').execute();

/** Payments of an invoice with what has been given back of each. */
export async function invoicePayments(db: Db, invoiceId: string) {
  const rows = await db
    .selectFrom('payment')
    .select(({ selectFrom }) => [
      'id',
      'number',
      'gatewayId',
      'state',
      'amountMinor',
      'reference',
      'message',
      'receivedOn',
      'createdAt',
      'disputeState',
      'disputeMinor',
      'disputeReason',
      'disputedAt',
      selectFrom('refund')
        .select((refund) => refund.fn.sum<string>('refund.amountMinor').as('sum'))
        .whereRef('refund.paymentId', '=', 'payment.id')
        .where('refund.state', '=', 'done')
        .as('refundedMinor'),
    ])
    .where('invoiceId', '=', invoiceId)
    .orderBy('id')
    .execute();
  return rows.map(({ refundedMinor, ...row }) => ({ ...row, refundedMinor: BigInt(refundedMinor ?? 0) }));
}
