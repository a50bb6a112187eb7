import type { Context } from '../kit/context.ts';
import { type PageRequest, paginate } from '../kit/page.ts';
import { searchPattern } from '../kit/search.ts';
import { asOrderSummaries } from './present.ts';
import { ordersWithParties } from './queries.ts';

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
