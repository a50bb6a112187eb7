import type { Context } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { type PageRequest, paginate } from '../kit/page.ts';
import { allow } from '../kit/permissions.ts';
import { searchPattern } from '../kit/search.ts';
import { paymentInstructions } from '../payments/invoice-to-pay.ts';
import { cancelRefusal } from './cancel-order.ts';
import { asOrderSummaries } from './present.ts';
import { orderProgress } from './progress.ts';
import { hasOpenOperation, ordersWithParties } from './queries.ts';
import { orderTrace } from './trace.ts';

export interface OrderFilter extends PageRequest {
  search?: string | undefined;
  state?: string | undefined;
  /** All customers when left out: only for staff. */
  customerId?: string | undefined;
}

/** Orders, newest first unless sorted otherwise; words are found in number, domain, invoice and customer. */
export async function listOrders(ctx: Context, filter: OrderFilter) {
  let query = ordersWithParties(ctx.db);
  if (filter.customerId !== undefined) query = query.where('order.customerId', '=', filter.customerId);
  if (filter.state !== undefined) query = query.where('order.state', '=', filter.state);
  if (filter.search) {
    const words = searchPattern(filter.search);
    query = query.where((eb) =>
      eb.or([
        eb(eb.cast<string>('order.number', 'text'), 'ilike', words),
        eb('invoice.number', 'ilike', words),
        eb('customer.email', 'ilike', words),
        eb.exists(
          eb
            .selectFrom('service')
            .select('service.id')
            .whereRef('service.orderId', '=', 'order.id')
            .where('service.domain', 'ilike', words),
        ),
      ]),
    );
  }
  const page = await paginate(query, filter, {
    id: 'order.id',
    sortable: { placedAt: 'order.placedAt', number: 'order.number', totalMinor: 'order.totalMinor' },
    fallback: '-number',
  });
  return { ...page, items: await asOrderSummaries(ctx.db, page.items) };
}

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

/** An order of a customer with its progress and, while it is unpaid, how to pay. @throws NotFound */
export async function readOwnOrder(ctx: Context, input: { orderId: string; customerId: string }) {
  const order = await readSummary(ctx, input);
  const { invoiceId, gatewayId } = order;
  return {
    ...order,
    instructions: gatewayId === null ? null : await paymentInstructions(ctx, { invoiceId, gatewayId }),
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
