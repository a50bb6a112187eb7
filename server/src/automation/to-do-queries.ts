/** SQL for what waits for a customer; no decisions. */
import type { Db } from '../kit/db.ts';

/** What the customer owes, the first due first, with the order it belongs to while that waits. */
export const unpaidInvoices = (db: Db, customerId: string) =>
  db
    .selectFrom('invoice')
    .leftJoin('order', (join) => join.onRef('order.invoiceId', '=', 'invoice.id').on('order.state', '=', 'placed'))
    .select(['invoice.id', 'invoice.number', 'invoice.state', 'invoice.currency', 'invoice.dueOn'])
    .select(['invoice.totalMinor', 'invoice.paidMinor', 'order.id as orderId'])
    .where('invoice.customerId', '=', customerId)
    .where('invoice.state', '=', 'unpaid')
    .orderBy('invoice.dueOn')
    .orderBy('invoice.id')
    .execute();

/** The customer's hosting that runs, or would if it were not suspended, and whether it was given up for the end of its term. */
export const runningServices = (db: Db, customerId: string) =>
  db
    .selectFrom('service')
    .leftJoin('cancellationRequest as request', (join) =>
      join.onRef('request.serviceId', '=', 'service.id').on('request.state', '=', 'open'),
    )
    .select(['service.id', 'service.domain', 'service.state', 'service.suspendCause', 'service.nextDueOn'])
    .select('request.timing')
    .where('service.customerId', '=', customerId)
    .where('service.state', 'in', ['active', 'suspended'])
    .orderBy('service.nextDueOn')
    .orderBy('service.id')
    .execute();
