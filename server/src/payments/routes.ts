/** Payments, payment methods and the gateways behind them. */
import { presentInvoice } from '../billing/present.ts';
import type { AddRoute } from '../kit/endpoint.ts';
import { ownCustomerId } from '../kit/own-customer.ts';
import { listGateways, listPaymentMethods, readGateway } from './list-gateways.ts';
import { listPayments } from './list-payments.ts';
import { payInvoice } from './pay-invoice.ts';
import { recordPayment } from './record-payment.ts';
import * as schemas from './schemas.ts';
import { writeGateway } from './write-gateway.ts';

export function paymentRoutes(add: AddRoute): void {
  add(schemas.listPayments, (ctx, { query }) => listPayments(ctx, query));
  add(schemas.recordPayment, async (ctx, { params, body }) => {
    await recordPayment(ctx, { ...body, invoiceId: params.id, amountMinor: BigInt(body.amountMinor) });
    return presentInvoice(ctx, { invoiceId: params.id });
  });
  add(schemas.payInvoice, async (ctx, { params, body }) => {
    const own = { invoiceId: params.id, customerId: ownCustomerId(ctx.actor) };
    const outcome = await payInvoice(ctx, { ...own, ...body });
    return { ...outcome, invoice: await presentInvoice(ctx, own) };
  });

  add(schemas.listPaymentMethods, (ctx) => listPaymentMethods(ctx));
  add(schemas.listGateways, (ctx) => listGateways(ctx));
  add(schemas.writeGateway, async (ctx, { params, body }) => {
    await writeGateway(ctx, { ...body, gatewayId: params.id });
    return readGateway(ctx, params.id);
  });
}
