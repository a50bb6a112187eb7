/** What is watched rather than asked for: orders as they are made, and the shop as a whole. */
import type { Context } from '../kit/context.ts';
import type { AddRoute } from '../kit/endpoint.ts';
import { NotFound } from '../kit/errors.ts';
import { ownCustomerId } from '../kit/own-customer.ts';
import { readOverview } from './overview.ts';
import { streamProgress } from './progress-stream.ts';
import { ordersWithParties } from './queries.ts';
import * as schemas from './schemas.ts';

export function orderProgressRoutes(add: AddRoute): void {
  add(schemas.followOwnOrder, async (ctx, { params, http }) => {
    await mustExist(ctx, { orderId: params.id, customerId: ownCustomerId(ctx.actor) });
    return streamProgress(ctx, http, params.id);
  });
  add(schemas.followOrder, async (ctx, { params, http }) => {
    await mustExist(ctx, { orderId: params.id });
    return streamProgress(ctx, http, params.id);
  });
  add(schemas.readOverview, (ctx) => readOverview(ctx));
}

/** @throws NotFound, also for somebody else's */
async function mustExist(ctx: Context, { orderId, customerId }: { orderId: string; customerId?: string }) {
  let query = ordersWithParties(ctx.db).where('order.id', '=', orderId);
  if (customerId !== undefined) query = query.where('order.customerId', '=', customerId);
  if (!(await query.executeTakeFirst())) throw new NotFound('order_not_found');
}
