/** SQL for orders and what they hold. */
import type { Selectable } from 'kysely';
import type { Order } from '../kit/database.generated.ts';
import type { Db, Tx } from '../kit/db.ts';

export type OrderRow = Selectable<Order>;

/**
 * Hold the services of an order, then the order. Whoever holds the invoice as well must have taken it before.
 */
export async function lockOrder(tx: Tx, orderId: string) {
  const services = await tx
    .selectFrom('service')
    .select(['id', 'state', 'productId', 'domain'])
    .where('orderId', '=', orderId)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  const order = await tx
    .selectFrom('order')
    .selectAll()
    .where('id', '=', orderId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  return { order, services };
}

/** Orders with what names their customer and invoice. */
export const ordersWithParties = (db: Db) =>
  db
    .selectFrom('order')
    .innerJoin('customer', 'customer.id', 'order.customerId')
    .innerJoin('invoice', 'invoice.id', 'order.invoiceId')
    .select([
      'order.id',
      'order.number',
      'order.customerId',
      'order.state',
      'order.currency',
      'order.totalMinor',
      'order.invoiceId',
      'order.gatewayId',
      'order.correlationId',
      'order.placedAt',
      'order.actor',
      'invoice.number as invoiceNumber',
      'invoice.state as invoiceState',
      'customer.firstName',
      'customer.lastName',
      'customer.company',
      'customer.email',
    ]);

/** The services of some orders, each order's in the order they were asked for. */
export async function orderItems(db: Db, orderIds: readonly string[]) {
  if (orderIds.length === 0) return [];
  return db
    .selectFrom('service')
    .innerJoin('product', 'product.id', 'service.productId')
    .select([
      'service.id as serviceId',
      'service.orderId',
      'service.domain',
      'service.state',
      'product.name as productName',
    ])
    .where('service.orderId', 'in', orderIds)
    .orderBy('service.id')
    .execute();
}

/** Whether a panel may be working on one of the order's services, or will be. */
export async function hasOpenOperation(db: Db, orderId: string): Promise<boolean> {
  const open = await db
    .selectFrom('operation')
    .innerJoin('service', 'service.id', 'operation.serviceId')
    .select('operation.id')
    .where('service.orderId', '=', orderId)
    .where('operation.state', 'in', ['planned', 'running', 'waiting', 'needs_staff'])
    .executeTakeFirst();
  return open !== undefined;
}
