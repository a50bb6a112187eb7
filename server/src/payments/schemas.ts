import { z } from '@hono/zod-openapi';
import { disputeOut, invoiceOut } from '../billing/schemas.ts';
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
const paymentState = z.enum(['pending', 'waiting', 'settled', 'declined', 'unknown']);

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
    refundedMinor: minor.openapi({ description: 'What has been given back of it, as money or credit.' }),
    reference: z.string().nullable(),
    message: z.string(),
    receivedOn: day.nullable(),
    createdAt: instant,
    settledAt: instant.nullable(),
    ...disputeOut,
  })
  .openapi('Payment');

const refundTarget = z.enum(['gateway', 'credit', 'by_hand']);
const paymentDetailOut = paymentOut
  .extend({
    feeMinor: minor,
    refunds: z.array(
      z.object({
        id,
        target: refundTarget,
        state: z.enum(['pending', 'done', 'refused']),
        amountMinor: minor,
        reason: z.string(),
        reference: z.string().nullable(),
        message: z.string().openapi({ description: 'Why it was refused, or why it still waits.' }),
        createdAt: instant,
        endedAt: instant.nullable(),
      }),
    ),
    refundableMinor: minor.openapi({ description: 'At most, as money.' }),
    creditableMinor: minor.openapi({ description: 'At most, as credit.' }),
    refundsThroughGateway: z.boolean(),
  })
  .openapi('PaymentDetail');

export const listPayments = endpoint({
  method: 'get',
  path: '/payments',
  tag,
  access: 'billing:read',
  summary: 'Payments',
  query: listQuery.extend({ state: paymentState.optional(), customerId: id.optional() }),
  ok: pageOf(paymentOut),
});
export const readPayment = endpoint({
  method: 'get',
  path: '/payments/{id}',
  tag,
  access: 'billing:read',
  summary: 'A payment, its refunds and what can still be given back',
  params: idParams,
  ok: paymentDetailOut,
});
export const askAgain = endpoint({
  method: 'post',
  path: '/payments/{id}/ask',
  tag,
  access: 'billing:write',
  summary: 'Ask the gateway now what became of a payment',
  params: idParams,
  ok: paymentDetailOut,
});
export const giveUpPayment = endpoint({
  method: 'post',
  path: '/payments/{id}/give-up',
  tag,
  access: 'billing:write',
  summary: 'Stop waiting for a payment whose end nobody can tell; money that turns up later is counted then',
  params: idParams,
  body: z.object({
    reason: z.string().trim().min(1).max(200).openapi({ description: 'Shown to the customer.' }),
  }),
  ok: paymentDetailOut,
});
export const refundPayment = endpoint({
  method: 'post',
  path: '/payments/{id}/refunds',
  tag,
  access: 'billing:write',
  summary: 'Give money back: through the gateway, as credit, or noted when it was sent by hand',
  status: 201,
  params: idParams,
  body: z.object({
    amountMinor: z
      .int()
      .min(1)
      .max(1_000_000_000_000)
      .optional()
      .openapi({ description: 'All that can be given back when left out.' }),
    target: refundTarget,
    reason: z.string().trim().min(1).max(200),
    reference: z.string().trim().min(1).max(200).optional(),
  }),
  ok: paymentDetailOut,
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
    outcome: z.enum(['paid', 'declined', 'instructions', 'redirect', 'unknown']),
    message: z.string().openapi({ description: 'For the customer: why declined, or how to pay.' }),
    url: z.url().optional().openapi({ description: 'With `redirect`: where to send the customer to pay.' }),
    invoice: invoiceOut,
  })
  .openapi('PayResult');
/** The amount, currency and owner are the stored invoice's; nothing in the request changes them. */
export const payInvoice = endpoint({
  method: 'post',
  path: '/portal/invoices/{id}/pay',
  tag,
  access: 'customer',
  customerRight: 'billing',
  limit: { most: 30, windowSeconds: 900 },
  summary: 'Pay an invoice with a payment method',
  params: idParams,
  body: z.object({ gatewayId: z.string().max(40), payment: fieldValues.default({}) }),
  ok: payResult,
});

export const payWithSavedMethod = endpoint({
  method: 'post',
  path: '/portal/invoices/{id}/charge',
  tag,
  access: 'customer',
  customerRight: 'billing',
  limit: { most: 30, windowSeconds: 900 },
  summary: 'Pay an invoice with a saved payment method',
  params: idParams,
  body: z.object({ savedMethodId: id }),
  ok: payResult,
});

export const chargeInvoice = endpoint({
  method: 'post',
  path: '/invoices/{id}/charge',
  tag,
  access: 'billing:write',
  summary: "Charge an invoice to its customer's default saved payment method",
  params: idParams,
  ok: z.object({
    outcome: z.enum(['paid', 'declined', 'action_needed', 'unknown', 'no_method']),
    message: z.string(),
    invoice: invoiceOut,
  }),
});

const savedTag = 'Saved payment methods';
const savedMethodsOut = z
  .object({
    items: z.array(
      z.object({
        id,
        gatewayId: z.string(),
        gatewayName: z.string(),
        label: z.string(),
        expiresIn: z.string().nullable().openapi({ description: 'The last month it is good for, YYYY-MM.' }),
        isDefault: z.boolean(),
        createdAt: instant,
      }),
    ),
    savedWith: z
      .array(z.object({ id: z.string(), name: z.string() }))
      .openapi({ description: 'Gateways through which one can be saved now.' }),
  })
  .openapi('SavedMethods');
export const listSavedMethods = endpoint({
  method: 'get',
  path: '/customers/{id}/saved-methods',
  tag: savedTag,
  access: 'billing:read',
  summary: 'What a customer saved to be charged later',
  params: idParams,
  ok: savedMethodsOut,
});
export const listOwnSavedMethods = endpoint({
  method: 'get',
  path: '/portal/saved-methods',
  tag: savedTag,
  access: 'customer',
  customerRight: 'billing',
  impersonation: 'refused',
  summary: 'What the customer saved to be charged later',
  ok: savedMethodsOut,
});
export const saveMethod = endpoint({
  method: 'post',
  path: '/portal/saved-methods',
  tag: savedTag,
  access: 'customer',
  customerRight: 'billing',
  limit: { most: 30, windowSeconds: 900 },
  summary: 'Open a page of the provider where a card is saved',
  body: z.object({ gatewayId: z.string().max(40) }),
  ok: z.object({ url: z.url().openapi({ description: 'Where to send the customer.' }) }),
});
export const makeMethodDefault = endpoint({
  method: 'post',
  path: '/portal/saved-methods/{id}/default',
  tag: savedTag,
  access: 'customer',
  customerRight: 'billing',
  summary: 'Charge this one when an invoice is due',
  params: idParams,
  ok: savedMethodsOut,
});
export const removeMethod = endpoint({
  method: 'delete',
  path: '/portal/saved-methods/{id}',
  tag: savedTag,
  access: 'customer',
  customerRight: 'billing',
  summary: 'Have the provider keep it no longer',
  params: idParams,
  ok: savedMethodsOut,
});

const gatewayParams = z.object({ id: z.string().max(40) });
/** Its signature is its authentication; the body is read as it arrived, whatever it is. */
export const receiveWebhook = endpoint({
  method: 'post',
  path: '/api/gateways/{id}/webhook',
  tag: 'Gateways',
  access: 'public',
  summary: 'For the provider: what happened to payments',
  params: gatewayParams,
});
export const returnFromGateway = endpoint({
  method: 'get',
  path: '/api/gateways/{id}/return',
  tag: 'Gateways',
  access: 'public',
  summary: "For the customer's browser: back from the provider's page",
  params: gatewayParams,
  query: z.object({ payment: id.optional(), customer: id.optional() }),
  streams: 'text/html',
});

const gatewayOut = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    enabled: z.boolean(),
    position: z.int(),
    settings: fieldValues.openapi({ description: 'Secrets are masked.' }),
    fields: z.array(fieldOut),
    canTest: z.boolean(),
    webhook: z
      .object({
        url: z.string(),
        events: z.array(z.string()),
        lastReceivedAt: instant.nullable(),
      })
      .nullable()
      .openapi({ description: 'What to set up at the provider.' }),
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
  params: gatewayParams,
  body: z.object({ enabled: z.boolean(), position: z.int().default(0), settings: fieldValues.default({}) }),
  ok: gatewayOut,
});
export const testGateway = endpoint({
  method: 'post',
  path: '/gateways/{id}/test',
  tag: 'Gateways',
  access: 'settings:write',
  summary: 'Try settings out without storing them; a blank secret is the stored one',
  params: gatewayParams,
  body: z.object({ settings: fieldValues.default({}) }),
  ok: z.object({ ok: z.boolean(), facts: z.array(z.string()), problems: z.array(z.string()) }),
  secret: true,
});
