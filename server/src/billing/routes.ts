/** Invoices and credit, for staff and for the customer they belong to. */
import type { AddRoute } from '../kit/endpoint.ts';
import { ownCustomerId } from '../kit/own-customer.ts';
import { addCredit } from './add-credit.ts';
import { addInvoice } from './add-invoice.ts';
import { applyCredit, applyOwnCredit } from './apply-credit.ts';
import { type InvoicePdf, invoicePdf } from './invoice-pdf.ts';
import { listInvoices } from './list-invoices.ts';
import { presentCredit, presentInvoice } from './present.ts';
import * as schemas from './schemas.ts';
import { voidInvoice } from './void-invoice.ts';

export function billingRoutes(add: AddRoute): void {
  add(schemas.listInvoices, (ctx, { query }) => listInvoices(ctx, query));
  add(schemas.addInvoice, async (ctx, { params, body }) => {
    const lines = body.lines.map((line) => ({ ...line, unitMinor: BigInt(line.unitMinor) }));
    return presentInvoice(ctx, { invoiceId: await addInvoice(ctx, { ...body, lines, customerId: params.id }) });
  });
  add(schemas.readInvoice, (ctx, { params }) => presentInvoice(ctx, { invoiceId: params.id }));
  add(schemas.readInvoicePdf, async (ctx, { params }) => asFile(await invoicePdf(ctx, { invoiceId: params.id })));
  add(schemas.voidInvoice, async (ctx, { params }) => {
    await voidInvoice(ctx, { invoiceId: params.id });
    return presentInvoice(ctx, { invoiceId: params.id });
  });
  add(schemas.applyCredit, async (ctx, { params }) => {
    await applyCredit(ctx, { invoiceId: params.id });
    return presentInvoice(ctx, { invoiceId: params.id });
  });

  add(schemas.listOwnInvoices, (ctx, { query }) =>
    listInvoices(ctx, { ...query, customerId: ownCustomerId(ctx.actor) }),
  );
  add(schemas.readOwnInvoice, (ctx, { params }) =>
    presentInvoice(ctx, { invoiceId: params.id, customerId: ownCustomerId(ctx.actor) }),
  );
  add(schemas.readOwnInvoicePdf, async (ctx, { params }) =>
    asFile(await invoicePdf(ctx, { invoiceId: params.id, customerId: ownCustomerId(ctx.actor) })),
  );
  add(schemas.applyOwnCredit, async (ctx, { params }) => {
    const own = { invoiceId: params.id, customerId: ownCustomerId(ctx.actor) };
    await applyOwnCredit(ctx, own);
    return presentInvoice(ctx, own);
  });

  add(schemas.readCredit, (ctx, { params }) => presentCredit(ctx, params.id));
  add(schemas.addCredit, async (ctx, { params, body }) => {
    await addCredit(ctx, { ...body, customerId: params.id, amountMinor: BigInt(body.amountMinor) });
    return presentCredit(ctx, params.id);
  });
  add(schemas.readOwnCredit, (ctx) => presentCredit(ctx, ownCustomerId(ctx.actor)));
}

/** Shown by the browser, and saved under its number. */
const asFile = ({ fileName, bytes }: InvoicePdf) =>
  new Response(bytes, {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${fileName}"`,
      'cache-control': 'private, no-store',
    },
  });
