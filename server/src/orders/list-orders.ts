import type { Context } from '../kit/context.ts';
import { type PageRequest, paginate } from '../kit/page.ts';
import { isAmong, isCalled, isOfCalled, typedNumber } from '../kit/search.ts';
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
    const { db } = ctx;
    const number = typedNumber(filter.search);
    const conditions = [
      await isOfCalled(db, 'order.customerId', 'customer', filter.search),
      await isOfCalled(db, 'order.invoiceId', 'invoice', filter.search),
      await isAmong(db, 'order.id', {
        table: 'service',
        column: 'orderId',
        where: isCalled('service', filter.search),
      }),
    ];
    query = query.where((eb) => eb.or([...conditions, ...(number === null ? [] : [eb('order.number', '=', number)])]));
  }
  const page = await paginate(query, filter, {
    db: ctx.db,
    id: 'order.id',
    sortable: { placedAt: 'order.placedAt', number: 'order.number', totalMinor: 'order.totalMinor' },
    fallback: '-number',
  });
  return { ...page, items: await asOrderSummaries(ctx.db, page.items) };
}
