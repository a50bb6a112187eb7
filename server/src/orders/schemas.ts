import { z } from '@hono/zod-openapi';
import { endpoint } from '../kit/endpoint.ts';
import {
  currency,
  cycle,
  day,
  fieldValues,
  id,
  idParams,
  instant,
  line,
  listQuery,
  minor,
  pageOf,
} from '../kit/shapes.ts';
import { action, operationState, stepOut } from '../operations/schemas.ts';
import { payResult } from '../payments/schemas.ts';

const tag = 'Orders';

/** What is wanted. Prices are never part of a request. */
export const itemIn = z.object({
  productId: id,
  cycle,
  domain: z.string().trim().min(1).max(253),
  options: z.record(z.string().max(60), z.union([z.string().max(200), z.number(), z.boolean()])).default({}),
  answers: fieldValues.default({}),
});
const itemsIn = z.array(itemIn).min(1).max(20);

const quoteOut = z
  .object({
    currency,
    totalMinor: minor,
    creditMinor: minor.openapi({ description: "What the customer's credit takes, with `useCredit`." }),
    dueMinor: minor.openapi({ description: 'What is left to pay today.' }),
    renewsMinor: minor.openapi({ description: 'Sum of what the items renew at, each per its own cycle.' }),
    items: z.array(
      z.object({
        productId: id,
        productName: z.string(),
        domain: z.string(),
        cycle,
        recurringMinor: minor,
        setupMinor: minor,
        totalMinor: minor,
        lines: z.array(
          z.object({
            kind: z.enum(['recurring', 'setup', 'option']),
            description: z.string(),
            quantity: z.int(),
            unitMinor: minor,
            amountMinor: minor,
          }),
        ),
      }),
    ),
  })
  .openapi('Quote');
export const quoteItems = endpoint({
  method: 'post',
  path: '/store/quote',
  tag: 'Store',
  access: 'public',
  summary: 'What items cost; the same function prices the order',
  body: z.object({ currency: currency.optional(), items: itemsIn, useCredit: z.boolean().default(false) }),
  ok: quoteOut,
});

const orderState = z.enum(['placed', 'paid', 'active', 'cancelled']);
const orderSummary = z
  .object({
    id,
    number: z.int(),
    customerId: id,
    customerName: z.string(),
    state: orderState,
    currency,
    totalMinor: minor,
    invoiceId: id,
    invoiceNumber: z.string(),
    invoiceState: z.enum(['unpaid', 'paid', 'void']),
    items: z.array(z.object({ serviceId: id, productName: z.string(), domain: z.string(), state: z.string() })),
    placedAt: instant,
    placedByStaff: z.boolean(),
  })
  .openapi('OrderSummary');

/** What the progress page shows, and what is sent again over the event stream at every change. */
export const progressOut = z
  .object({
    orderId: id,
    orderState,
    invoiceId: id,
    invoiceState: z.enum(['unpaid', 'paid', 'void']),
    paymentState: z.enum(['pending', 'waiting', 'settled', 'declined', 'unknown']).nullable(),
    services: z.array(
      z.object({
        serviceId: id,
        productName: z.string(),
        domain: z.string(),
        state: z.string(),
        operationId: id.nullable(),
        operationState: operationState.nullable(),
        message: z.string().nullable().openapi({ description: 'For the customer: why it waits.' }),
        steps: z.array(stepOut),
        seconds: z.number().nullable(),
      }),
    ),
  })
  .openapi('OrderProgress');

export const orderOut = orderSummary
  .extend({
    gatewayId: z.string().nullable(),
    correlationId: id,
    progress: progressOut,
    cancelRefusal: z.string().nullable(),
    trace: z
      .array(
        z.object({
          at: instant,
          kind: z.enum(['event', 'operation', 'panel_call', 'mail', 'payment']),
          id: z.string(),
          text: z.string(),
          state: z.string().nullable(),
        }),
      )
      .openapi({ description: "Everything that happened in this order's trace, oldest first; staff only." }),
  })
  .openapi('Order');
const ownOrderOut = orderSummary
  .omit({ customerName: true })
  .extend({ gatewayId: z.string().nullable(), instructions: z.string().nullable(), progress: progressOut })
  .openapi('OwnOrder');

export const placeOrder = endpoint({
  method: 'post',
  path: '/portal/orders',
  tag,
  access: 'customer',
  customerRight: 'billing',
  limit: { most: 30, windowSeconds: 900 },
  status: 201,
  summary: 'Order and, where the payment method can, pay at once. Priced from stored data',
  body: z
    .object({
      currency: currency.optional(),
      items: itemsIn,
      gatewayId: z
        .string()
        .max(40)
        .optional()
        .openapi({ description: 'How the rest is paid. Neither is needed when nothing is due today.' }),
      payment: fieldValues.default({}),
      savedMethodId: id.optional().openapi({ description: 'In place of `gatewayId`: what the customer saved.' }),
      useCredit: z.boolean().default(true),
      acceptTerms: z.literal(true),
      note: line(500).optional(),
    })
    .refine(({ gatewayId, savedMethodId }) => gatewayId === undefined || savedMethodId === undefined, {
      path: ['gatewayId'],
      message: 'must not be given with savedMethodId',
    }),
  ok: z.object({
    order: ownOrderOut,
    payment: payResult.nullable().openapi({ description: 'Null when nothing was owed.' }),
  }),
});
export const listOwnOrders = endpoint({
  method: 'get',
  path: '/portal/orders',
  tag,
  access: 'customer',
  summary: "The customer's orders",
  query: listQuery,
  ok: pageOf(orderSummary),
});
export const readOwnOrder = endpoint({
  method: 'get',
  path: '/portal/orders/{id}',
  tag,
  access: 'customer',
  summary: 'An order of the customer with its progress',
  params: idParams,
  ok: ownOrderOut,
});
export const followOwnOrder = endpoint({
  method: 'get',
  path: '/portal/orders/{id}/progress',
  tag,
  access: 'customer',
  summary: 'Progress as server-sent events, each an OrderProgress',
  params: idParams,
  streams: 'text/event-stream',
});

export const listOrders = endpoint({
  method: 'get',
  path: '/orders',
  tag,
  access: 'orders:read',
  summary: 'Orders',
  query: listQuery.extend({ state: orderState.optional(), customerId: id.optional() }),
  ok: pageOf(orderSummary),
});
export const placeOrderForCustomer = endpoint({
  method: 'post',
  path: '/customers/{id}/orders',
  tag,
  access: 'orders:write',
  status: 201,
  summary: "Order for a customer, in the customer's currency; priced from stored data, the invoice goes out by mail",
  params: idParams,
  body: z.object({ items: itemsIn, note: line(500).optional() }),
  ok: orderOut,
});
export const readOrder = endpoint({
  method: 'get',
  path: '/orders/{id}',
  tag,
  access: 'orders:read',
  summary: 'An order with its whole trace',
  params: idParams,
  ok: orderOut,
});
export const followOrder = endpoint({
  method: 'get',
  path: '/orders/{id}/progress',
  tag,
  access: 'orders:read',
  summary: 'Progress as server-sent events',
  params: idParams,
  streams: 'text/event-stream',
});
export const cancelOrder = endpoint({
  method: 'post',
  path: '/orders/{id}/cancel',
  tag,
  access: 'orders:write',
  summary:
    'Cancel an order: services not made are cancelled, an unpaid invoice is voided, money paid for them becomes credit',
  params: idParams,
  body: z.object({ note: line(500) }),
  ok: orderOut,
});

export const readOverview = endpoint({
  method: 'get',
  path: '/overview',
  tag: 'Overview',
  access: 'orders:read',
  summary: 'Health first, then money',
  ok: z
    .object({
      needsStaff: z.int(),
      waiting: z.int(),
      openAlerts: z.int(),
      serversOpen: z.int(),
      servers: z.int(),
      services: z.record(z.string(), z.int()),
      terminationsProposed: z.int(),
      packageChangesLate: z.int().openapi({ description: 'Open package changes that wait too long.' }),
      paymentsUnclear: z.int().openapi({ description: 'Charges nobody knows the end of, ten minutes later.' }),
      nightDone: day.nullable().openapi({ description: 'The last day whose nightly run was finished.' }),
      nightLate: z.boolean().openapi({ description: 'Whether a night that should be over by now was not finished.' }),
      money: z
        .array(
          z.object({
            currency,
            todayMinor: minor,
            monthMinor: minor,
            lastMonthMinor: minor,
            unpaidCount: z.int(),
            unpaidMinor: minor,
            overdueCount: z.int(),
            overdueMinor: minor,
            recurringServices: z.int(),
            recurringMinor: minor.openapi({ description: 'Of active services, by the month.' }),
          }),
        )
        .openapi({
          description: 'Days and months are those of the shop. Refunds are taken off the day they were made.',
        }),
      orders: z.object({ today: z.int(), month: z.int(), lastMonth: z.int() }),
      newCustomers: z.object({ today: z.int(), month: z.int(), lastMonth: z.int() }),
      cancellations: z
        .object({ today: z.int(), month: z.int(), lastMonth: z.int(), open: z.int() })
        .openapi({ description: 'Asked for and not withdrawn; `open` are those still to come.' }),
      recentOrders: z.array(
        z.object({
          id,
          number: z.int(),
          customerName: z.string(),
          state: z.string(),
          currency,
          totalMinor: minor,
          placedAt: instant,
        }),
      ),
      medianSecondsToActive: z.number().nullable(),
      recentOperations: z.array(
        z.object({
          id,
          action,
          domain: z.string(),
          state: operationState,
          createdAt: instant,
          seconds: z.number().nullable(),
        }),
      ),
    })
    .openapi('Overview'),
});

export const search = endpoint({
  method: 'get',
  path: '/search',
  tag: 'Search',
  access: 'customers:read',
  summary: 'Customers, services, orders, invoices and servers by name or number; the best 20 of what one may read',
  query: z.object({ q: z.string().trim().min(1).max(100) }),
  ok: z.object({
    items: z.array(
      z
        .object({
          kind: z.enum(['customer', 'service', 'order', 'invoice', 'server']),
          id,
          title: z.string(),
          subtitle: z.string(),
          state: z.string().nullable(),
        })
        .openapi('SearchHit'),
    ),
  }),
});
