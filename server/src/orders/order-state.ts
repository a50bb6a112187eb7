/** How an order follows its invoice and its services. Each is a consequence in flow.ts; a second call changes nothing. */
import { type TransactionContext, withTrace } from '../kit/context.ts';
import { type EventMap, type EventType, record } from '../kit/events.ts';
import { lockOrder, type OrderRow } from './queries.ts';

type State = 'placed' | 'paid' | 'active' | 'cancelled';

const OVER = ['cancelled', 'terminated'];

/** On `invoice.paid`: the order it asked money for is paid. Other invoices have no order. */
export async function markOrderPaid(tx: TransactionContext, { invoiceId }: { invoiceId: string }): Promise<void> {
  const found = await tx.db.selectFrom('order').select('id').where('invoiceId', '=', invoiceId).executeTakeFirst();
  if (!found) return;
  const { order } = await lockOrder(tx.db, found.id);
  if (order.state !== 'placed') return;
  await moveOrder(tx, order, 'paid', 'order.paid', { orderId: order.id });
}

/**
 * On `service.active`: an order is active once every service of it is, those aside that are over.
 * Locks the order alone, since the caller holds one of its services already.
 */
export async function markOrderActive(tx: TransactionContext, { serviceId }: { serviceId: string }): Promise<void> {
  const order = await orderOfService(tx, serviceId);
  if (order.state !== 'placed' && order.state !== 'paid') return;
  const states = await serviceStates(tx, order.id);
  const live = states.filter((state) => !OVER.includes(state));
  if (live.length === 0 || live.some((state) => state === 'pending')) return;
  await moveOrder(tx, order, 'active', 'order.active', { orderId: order.id, customerId: order.customerId });
}

/** On `service.cancelled`: an order with no service left is cancelled; one that waited only for this one is active. */
export async function followCancelledService(
  tx: TransactionContext,
  { serviceId }: { serviceId: string },
): Promise<void> {
  const order = await orderOfService(tx, serviceId);
  if (order.state === 'cancelled') return;
  const states = await serviceStates(tx, order.id);
  if (states.every((state) => OVER.includes(state))) await markOrderCancelled(tx, order);
  else await markOrderActive(tx, { serviceId });
}

export async function markOrderCancelled(tx: TransactionContext, order: OrderRow): Promise<void> {
  await tx.db.updateTable('order').set({ cancelledAt: tx.clock.now() }).where('id', '=', order.id).execute();
  await moveOrder(tx, order, 'cancelled', 'order.cancelled', { orderId: order.id });
}

async function orderOfService(tx: TransactionContext, serviceId: string): Promise<OrderRow> {
  return tx.db
    .selectFrom('order')
    .selectAll()
    .where('id', '=', (eb) => eb.selectFrom('service').select('orderId').where('service.id', '=', serviceId))
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
}

async function serviceStates(tx: TransactionContext, orderId: string): Promise<string[]> {
  const rows = await tx.db.selectFrom('service').select('state').where('orderId', '=', orderId).execute();
  return rows.map(({ state }) => state);
}

async function moveOrder<T extends EventType>(
  tx: TransactionContext,
  order: OrderRow,
  state: State,
  event: T,
  payload: EventMap[T],
): Promise<void> {
  await tx.db.updateTable('order').set({ state }).where('id', '=', order.id).execute();
  const change = { before: { state: order.state }, after: { state } };
  const traced = withTrace(tx, { correlationId: order.correlationId });
  await record(traced, event, { kind: 'order', id: order.id }, payload, change);
}
