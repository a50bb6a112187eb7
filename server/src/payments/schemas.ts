import { z } from '@hono/zod-openapi';
import { invoiceOut } from '../billing/schemas.ts';
import { endpoint } from '../kit/endpoint.ts';
import {
  currency,
  day,
  fieldOut,
  fieldValues,
  id,
  idParams,
  instant,
  listQuery,
  minor,
  pageOf,
} from '../kit/shapes.ts';

const tag = 'Payments';
const paymentState = z.enum(['pending', 'settled', 'declined', 'unknown']);

const paymentOut = z
  .object({
    id,
    number: z.string().nullable(),
    invoiceId: id,
    invoiceNumber: z.string(),
    customerId: id,
    customerName: z.string(),
    gatewayId: z.string(),
    gatewayName: z.string(),
    state: paymentState,
    currency,
    amountMinor: minor,
    reference: z.string().nullable(),
    message: z.string(),
    receivedOn: day.nullable(),
    createdAt: instant,
    settledAt: instant.nullable(),
  })
  .openapi('Payment');

export const listPayments = endpoint({
  method: 'get',
  path: '/payments',
  tag,
  access: 'billing:read',
  summary: 'Payments',
  query: listQuery.extend({ state: paymentState.optional(), customerId: id.optional() }),
  ok: pageOf(paymentOut),
});
/** The same reference twice is the same money: the second call changes nothing. More than is owed becomes credit. */
export const recordPayment = endpoint({
  method: 'post',
  path: '/invoices/{id}/payments',
  tag,
  access: 'billing:write',
  summary: 'Record money that arrived outside a gateway, for example by bank transfer',
  status: 201,
  params: idParams,
  body: z.object({
    amountMinor: z.int().min(1).max(1_000_000_000_000),
    reference: z.string().trim().min(1).max(200),
    receivedOn: day.optional(),
  }),
  ok: invoiceOut,
});

const methodOut = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    paysAtOnce: z.boolean(),
    fields: z.array(fieldOut),
  })
  .openapi('PaymentMethod');
export const listPaymentMethods = endpoint({
  method: 'get',
  path: '/store/payment-methods',
  tag: 'Store',
  access: 'public',
  summary: 'How one can pay here',
  ok: z.object({ items: z.array(methodOut) }),
});

export const payResult = z
  .object({
    outcome: z.enum(['paid', 'declined', 'instructions', 'unknown']),
    message: z.string().openapi({ description: 'For the customer: why declined, or how to pay.' }),
    invoice: invoiceOut,
  })
  .openapi('PayResult');
/** The amount, currency and owner are the stored invoice's; nothing in the request changes them. */
export const payInvoice = endpoint({
  method: 'post',
  path: '/portal/invoices/{id}/pay',
  tag,
  access: 'customer',
  summary: 'Pay an invoice with a payment method',
  params: idParams,
  body: z.object({ gatewayId: z.string().max(40), payment: fieldValues.default({}) }),
  ok: payResult,
});

const gatewayOut = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    demoOnly: z.boolean(),
    enabled: z.boolean(),
    position: z.int(),
    settings: fieldValues.openapi({ description: 'Secrets are masked.' }),
    fields: z.array(fieldOut),
  })
  .openapi('Gateway');
export const listGateways = endpoint({
  method: 'get',
  path: '/gateways',
  tag: 'Gateways',
  access: 'settings:read',
  summary: 'Payment gateways',
  ok: z.object({
    items: z.array(gatewayOut),
    notLoaded: z.array(z.object({ folder: z.string(), reason: z.string() })),
  }),
});
export const writeGateway = endpoint({
  method: 'put',
  path: '/gateways/{id}',
  tag: 'Gateways',
  access: 'settings:write',
  summary: 'Set a gateway up; a blank secret keeps the stored one',
  params: z.object({ id: z.string().max(40) }),
  body: z.object({ enabled: z.boolean(), position: z.int().default(0), settings: fieldValues.default({}) }),
  ok: gatewayOut,
});
