import { lockInvoice } from '../billing/queries.ts';
import { voidLockedInvoice } from '../billing/void-invoice.ts';
import { cancelService } from '../hosting/cancel-service.ts';
import { type Context, type TransactionContext, withTrace } from '../kit/context.ts';
import { Conflict, NotFound } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { markOrderCancelled } from './order-state.ts';
import { hasOpenOperation, lockOrder } from './queries.ts';

/**
 * Cancel what an order has not been given yet. An unpaid invoice is voided, and what came in on it becomes credit; of a
 * paid one, what the cancelled services cost. Services that were made stay, and the order with them. Asking twice is
 * fine.
 *
 * @throws NotFound
 * @throws Conflict with the code `cancelRefusal` gives, or `payment_in_progress`
 */
export async function cancelOrder(ctx: Context, input: { orderId: string; note: string }): Promise<void> {
  allow(ctx.actor, 'orders:write');
  await ctx.transaction(async (outer) => {
    const found = await outer.db
      .selectFrom('order')
      .select(['invoiceId', 'correlationId'])
      .where('id', '=', input.orderId)
      .executeTakeFirst();
    if (!found) throw new NotFound('order_not_found');
    const tx = withTrace(outer, { correlationId: found.correlationId });
    const invoice = await lockInvoice(tx.db, found.invoiceId);
    const { order, services } = await lockOrder(tx.db, input.orderId);
    if (order.state === 'cancelled') return;
    const operationOpen = await hasOpenOperation(tx.db, order.id);
    const refusal = cancelRefusal({ orderState: order.state, invoiceState: invoice.state, services, operationOpen });
    if (refusal !== null) throw new Conflict(refusal, { orderId: order.id });
    await audit(tx, 'order.cancel_asked', { kind: 'order', id: order.id }, { after: { note: input.note } });
    const pending = services.filter(({ state }) => state === 'pending');
    if (invoice.state !== 'paid') {
      // Before the invoice, so that the order is not found waiting when the void is told of.
      await markOrderCancelled(tx, order);
      await voidLockedInvoice(tx, invoice);
    }
    for (const { id } of pending) await cancelService(tx, id);
  });
}

/**
 * Why an order cannot be cancelled now, as a stable code; null when it can. The button shows it, the verb throws it.
 */
export function cancelRefusal(order: {
  orderState: string;
  invoiceState: string;
  services: readonly { state: string }[];
  operationOpen: boolean;
}): string | null {
  if (order.orderState === 'cancelled') return 'order_cancelled';
  if (order.operationOpen) return 'operation_open';
  if (!order.services.some(({ state }) => state === 'pending')) return 'nothing_to_cancel';
  const made = order.services.some(({ state }) => state === 'active' || state === 'suspended');
  // Voiding would forgive what the services that exist cost.
  if (made && order.invoiceState === 'unpaid') return 'services_unpaid';
  return null;
}

/** On `invoice.voided`: an order whose invoice is void can never be paid, so it is cancelled. */
export async function cancelVoidedOrder(tx: TransactionContext, { invoiceId }: { invoiceId: string }): Promise<void> {
  const found = await tx.db.selectFrom('order').select('id').where('invoiceId', '=', invoiceId).executeTakeFirst();
  if (!found) return;
  const { order, services } = await lockOrder(tx.db, found.id);
  if (order.state !== 'placed' || (await hasOpenOperation(tx.db, order.id))) return;
  for (const { id, state } of services) {
    if (state === 'pending') await cancelService(tx, id);
  }
}
