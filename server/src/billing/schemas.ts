import { z } from '@hono/zod-openapi';
import { endpoint } from '../kit/endpoint.ts';
import { currency, day, id, idParams, instant, line, listQuery, minor, minorInput, pageOf } from '../kit/shapes.ts';

const tag = 'Invoices';
export const invoiceState = z.enum(['unpaid', 'paid', 'void']);

const invoiceSummary = z
  .object({
    id,
    number: z.string(),
    customerId: id,
    customerName: z.string(),
    state: invoiceState,
    currency,
    totalMinor: minor,
    paidMinor: minor,
    dueMinor: minor.openapi({ description: 'What is still owed.' }),
    issuedOn: day,
    dueOn: day,
    paidAt: instant.nullable(),
    createdAt: instant,
  })
  .openapi('InvoiceSummary');

/** What a provider says of a payment that its customer disputes; all null when nobody does. */
export const disputeOut = {
  disputeState: z.enum(['open', 'won', 'lost']).nullable(),
  disputeMinor: minor.nullable(),
  disputeReason: z.string().nullable(),
  disputedAt: instant.nullable(),
};

export const invoiceOut = invoiceSummary
  .extend({
    billTo: z.object({
      name: z.string(),
      company: z.string(),
      address: z.array(z.string()),
      country: z.string(),
      taxId: z.string(),
      email: z.string(),
    }),
    seller: z.object({ name: z.string(), address: z.string(), taxId: z.string() }),
    lines: z.array(
      z.object({
        id,
        kind: z.enum(['recurring', 'setup', 'option', 'upgrade', 'manual']),
        causeKind: z.string(),
        causeId: id.nullable(),
        description: z.string(),
        quantity: z.int(),
        unitMinor: minor,
        amountMinor: minor,
        periodFrom: day.nullable(),
        periodTo: day.nullable(),
      }),
    ),
    payments: z.array(
      z.object({
        id,
        number: z.string().nullable(),
        gatewayId: z.string(),
        gatewayName: z.string(),
        state: z.enum(['pending', 'waiting', 'settled', 'declined', 'unknown']),
        amountMinor: minor,
        refundedMinor: minor.openapi({ description: 'What has been given back of it, as money or credit.' }),
        reference: z.string().nullable(),
        message: z.string(),
        receivedOn: day.nullable(),
        createdAt: instant,
        ...disputeOut,
      }),
    ),
    creditAppliedMinor: minor.openapi({ description: 'The part of `paidMinor` that came from credit.' }),
    orderId: id.nullable(),
    correlationId: id,
  })
  .openapi('Invoice');

const listing = listQuery.extend({ state: invoiceState.optional() });
export const listInvoices = endpoint({
  method: 'get',
  path: '/invoices',
  tag,
  access: 'billing:read',
  summary: 'Invoices',
  query: listing.extend({ customerId: id.optional() }),
  ok: pageOf(invoiceSummary),
});
export const addInvoice = endpoint({
  method: 'post',
  path: '/customers/{id}/invoices',
  tag,
  access: 'billing:write',
  status: 201,
  summary: "Ask a customer for money by hand, in the customer's currency; issued at once",
  params: idParams,
  body: z.object({
    lines: z
      .array(
        z.object({
          description: line(),
          quantity: z.int().min(1).max(10_000).default(1),
          unitMinor: minorInput,
        }),
      )
      .min(1)
      .max(50),
    dueOn: day.optional().openapi({ description: "The shop's days after today when not given." }),
    byMail: z.boolean().default(true).openapi({ description: 'Whether the customer is told of it by mail at once.' }),
  }),
  ok: invoiceOut,
});
export const readInvoice = endpoint({
  method: 'get',
  path: '/invoices/{id}',
  tag,
  access: 'billing:read',
  summary: 'An invoice',
  params: idParams,
  ok: invoiceOut,
});
export const readInvoicePdf = endpoint({
  method: 'get',
  path: '/invoices/{id}/pdf',
  tag,
  access: 'billing:read',
  summary: 'An invoice as a PDF',
  params: idParams,
  streams: 'application/pdf',
});
export const voidInvoice = endpoint({
  method: 'post',
  path: '/invoices/{id}/void',
  tag,
  access: 'billing:write',
  summary: 'Void an unpaid invoice; credit on it goes back',
  params: idParams,
  ok: invoiceOut,
});
export const applyCredit = endpoint({
  method: 'post',
  path: '/invoices/{id}/apply-credit',
  tag,
  access: 'billing:write',
  summary: "Pay an invoice from the customer's credit as far as it goes",
  params: idParams,
  ok: invoiceOut,
});

export const listOwnInvoices = endpoint({
  method: 'get',
  path: '/portal/invoices',
  tag,
  access: 'customer',
  customerRight: 'billing',
  summary: "The customer's invoices",
  query: listing,
  ok: pageOf(invoiceSummary),
});
export const readOwnInvoice = endpoint({
  method: 'get',
  path: '/portal/invoices/{id}',
  tag,
  access: 'customer',
  customerRight: 'billing',
  summary: 'An invoice of the customer',
  params: idParams,
  ok: invoiceOut,
});
export const readOwnInvoicePdf = endpoint({
  method: 'get',
  path: '/portal/invoices/{id}/pdf',
  tag,
  access: 'customer',
  customerRight: 'billing',
  summary: 'An invoice of the customer as a PDF',
  params: idParams,
  streams: 'application/pdf',
});
export const applyOwnCredit = endpoint({
  method: 'post',
  path: '/portal/invoices/{id}/apply-credit',
  tag,
  access: 'customer',
  customerRight: 'billing',
  summary: 'Pay from credit as far as it goes',
  params: idParams,
  ok: invoiceOut,
});

const creditOut = z
  .object({
    balances: z.array(z.object({ currency, amountMinor: minor })),
    entries: z.array(z.object({ id, currency, amountMinor: minor, reason: z.string(), createdAt: instant })),
  })
  .openapi('Credit');
export const readCredit = endpoint({
  method: 'get',
  path: '/customers/{id}/credit',
  tag: 'Credit',
  access: 'billing:read',
  summary: "A customer's credit and where it came from",
  params: idParams,
  ok: creditOut,
});
export const addCredit = endpoint({
  method: 'post',
  path: '/customers/{id}/credit',
  tag: 'Credit',
  access: 'billing:write',
  summary: 'Give credit, or take it back with a negative amount',
  status: 201,
  params: idParams,
  body: z.object({ currency, amountMinor: z.int().min(-1_000_000_000_000).max(1_000_000_000_000), reason: line() }),
  ok: creditOut,
});
export const readOwnCredit = endpoint({
  method: 'get',
  path: '/portal/credit',
  tag: 'Credit',
  access: 'customer',
  customerRight: 'billing',
  summary: "The customer's credit",
  ok: creditOut,
});
