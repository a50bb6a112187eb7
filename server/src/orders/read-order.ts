import type { Context } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { allow, customerRightsOf } from '../kit/permissions.ts';
import { paymentInstructions } from '../payments/invoice-to-pay.ts';
import { cancelRefusal } from './cancel-order.ts';
import { asOrderSummaries } from './present.ts';
import { orderProgress } from './progress.ts';
import { hasOpenOperation, ordersWithParties } from './queries.ts';
import { orderTrace } from './trace.ts';

/** An order with its whole trace. @throws NotFound */
export async function readOrder(ctx: Context, orderId: string) {
  allow(ctx.actor, 'orders:read');
  const order = await readSummary(ctx, { orderId });
  return {
    ...order,
    progress: await orderProgress(ctx, orderId),
    trace: await orderTrace(ctx, orderId),
    cancelRefusal: cancelRefusal({
      orderState: order.state,
      invoiceState: order.invoiceState,
      services: order.items,
      operationOpen: await hasOpenOperation(ctx.db, orderId),
    }),
  };
}

/** An order of a customer with its progress and, while it is unpaid, how to pay for those who may. @throws NotFound */
export async function readOwnOrder(ctx: Context, input: { orderId: string; customerId: string }) {
  const order = await readSummary(ctx, input);
  const { invoiceId, gatewayId } = order;
  const mayPay = customerRightsOf(ctx.actor).includes('billing');
  return {
    ...order,
    instructions: mayPay && gatewayId !== null ? await paymentInstructions(ctx, { invoiceId, gatewayId }) : null,
    progress: await orderProgress(ctx, order.id),
  };
}

async function readSummary(ctx: Context, input: { orderId: string; customerId?: string }) {
  let query = ordersWithParties(ctx.db).where('order.id', '=', input.orderId);
  if (input.customerId !== undefined) query = query.where('order.customerId', '=', input.customerId);
  const row = await query.executeTakeFirst();
  const [order] = row ? await asOrderSummaries(ctx.db, [row]) : [];
  if (!order) throw new NotFound('order_not_found');
  return order;
}
