/** Orders, for the store, the customer and staff. What follows an order live has routes of its own. */
import { presentInvoice } from '../billing/present.ts';
import type { AddRoute } from '../kit/endpoint.ts';
import { ownCustomerId } from '../kit/own-customer.ts';
import { cancelOrder } from './cancel-order.ts';
import { listOrders } from './list-orders.ts';
import { placeOrder, placeOrderForCustomer } from './place-order.ts';
import { quoteItems } from './quote-items.ts';
import { readOrder, readOwnOrder } from './read-order.ts';
import * as schemas from './schemas.ts';
import { search } from './search.ts';

export function orderRoutes(add: AddRoute): void {
  add(schemas.quoteItems, (ctx, { body }) => quoteItems(ctx, body));
  add(schemas.placeOrder, async (ctx, { body }) => {
    const customerId = ownCustomerId(ctx.actor);
    const { orderId, invoiceId, payment } = await placeOrder(ctx, { ...body, customerId });
    return {
      order: await readOwnOrder(ctx, { orderId, customerId }),
      payment: payment && { ...payment, invoice: await presentInvoice(ctx, { invoiceId, customerId }) },
    };
  });
  add(schemas.listOwnOrders, (ctx, { query }) => listOrders(ctx, { ...query, customerId: ownCustomerId(ctx.actor) }));
  add(schemas.readOwnOrder, (ctx, { params }) =>
    readOwnOrder(ctx, { orderId: params.id, customerId: ownCustomerId(ctx.actor) }),
  );

  add(schemas.listOrders, (ctx, { query }) => listOrders(ctx, query));
  add(schemas.placeOrderForCustomer, async (ctx, { params, body }) => {
    const { orderId } = await placeOrderForCustomer(ctx, { ...body, customerId: params.id });
    return readOrder(ctx, orderId);
  });
  add(schemas.readOrder, (ctx, { params }) => readOrder(ctx, params.id));
  add(schemas.cancelOrder, async (ctx, { params, body }) => {
    await cancelOrder(ctx, { orderId: params.id, note: body.note });
    return readOrder(ctx, params.id);
  });

  add(schemas.search, async (ctx, { query }) => ({ items: await search(ctx, query) }));
}
