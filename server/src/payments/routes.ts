/** Payments, payment methods and the gateways behind them. */
import { presentInvoice } from '../billing/present.ts';
import type { Context } from '../kit/context.ts';
import type { AddRoute } from '../kit/endpoint.ts';
import { ownCustomerId } from '../kit/own-customer.ts';
import { askAgain } from './ask-again.ts';
import { makeMethodDefault, removeMethod } from './change-saved-method.ts';
import { chargeSavedMethod } from './charge-saved-method.ts';
import { giveUpPayment } from './give-up-payment.ts';
import { listGateways, listPaymentMethods, readGateway } from './list-gateways.ts';
import { listPayments } from './list-payments.ts';
import { listSavedMethods } from './list-saved-methods.ts';
import { payInvoice } from './pay-invoice.ts';
import { payWithSavedMethod } from './pay-with-saved-method.ts';
import { readPayment } from './read-payment.ts';
import { receiveWebhook } from './receive-webhook.ts';
import { recordPayment } from './record-payment.ts';
import { refundPayment } from './refund-payment.ts';
import { returnFromGateway } from './return-from-gateway.ts';
import { saveMethod } from './save-method.ts';
import * as schemas from './schemas.ts';
import { testGateway } from './test-gateway.ts';
import { writeGateway } from './write-gateway.ts';

export function paymentRoutes(add: AddRoute): void {
  add(schemas.listPayments, (ctx, { query }) => listPayments(ctx, query));
  add(schemas.recordPayment, async (ctx, { params, body }) => {
    await recordPayment(ctx, { ...body, invoiceId: params.id, amountMinor: BigInt(body.amountMinor) });
    return presentInvoice(ctx, { invoiceId: params.id });
  });
  add(schemas.payInvoice, async (ctx, { params, body }) => {
    const invoice = { invoiceId: params.id, ...own(ctx) };
    const outcome = await payInvoice(ctx, { ...invoice, ...body });
    return { ...outcome, invoice: await presentInvoice(ctx, invoice) };
  });
  add(schemas.payWithSavedMethod, async (ctx, { params, body }) => {
    const invoice = { invoiceId: params.id, ...own(ctx) };
    const outcome = await payWithSavedMethod(ctx, { ...invoice, ...body });
    return { ...outcome, invoice: await presentInvoice(ctx, invoice) };
  });

  add(schemas.readPayment, (ctx, { params }) => readPayment(ctx, params.id));
  add(schemas.askAgain, async (ctx, { params }) => {
    await askAgain(ctx, { paymentId: params.id });
    return readPayment(ctx, params.id);
  });
  add(schemas.giveUpPayment, async (ctx, { params, body }) => {
    await giveUpPayment(ctx, { ...body, paymentId: params.id });
    return readPayment(ctx, params.id);
  });
  add(schemas.refundPayment, async (ctx, { params, body: { amountMinor, ...body } }) => {
    const amount = amountMinor === undefined ? undefined : BigInt(amountMinor);
    await refundPayment(ctx, { ...body, paymentId: params.id, amountMinor: amount });
    return readPayment(ctx, params.id);
  });
  add(schemas.chargeInvoice, async (ctx, { params }) => {
    const outcome = await chargeSavedMethod(ctx, { invoiceId: params.id });
    return { ...outcome, invoice: await presentInvoice(ctx, { invoiceId: params.id }) };
  });

  add(schemas.listSavedMethods, (ctx, { params }) => listSavedMethods(ctx, { customerId: params.id }));
  add(schemas.listOwnSavedMethods, (ctx) => listSavedMethods(ctx, own(ctx)));
  add(schemas.saveMethod, (ctx, { body }) => saveMethod(ctx, { ...body, ...own(ctx) }));
  add(schemas.makeMethodDefault, async (ctx, { params }) => {
    await makeMethodDefault(ctx, { savedMethodId: params.id, ...own(ctx) });
    return listSavedMethods(ctx, own(ctx));
  });
  add(schemas.removeMethod, async (ctx, { params }) => {
    await removeMethod(ctx, { savedMethodId: params.id, ...own(ctx) });
    return listSavedMethods(ctx, own(ctx));
  });

  add(schemas.receiveWebhook, async (ctx, { params, http }) => {
    const rawBody = new Uint8Array(await http.req.arrayBuffer());
    await receiveWebhook(ctx, { gatewayId: params.id, rawBody, headers: http.req.header() });
  });
  add(schemas.returnFromGateway, async (ctx, { params, query, http }) =>
    http.redirect(
      await returnFromGateway(ctx, { gatewayId: params.id, paymentId: query.payment, customerId: query.customer }),
      303,
    ),
  );

  add(schemas.listPaymentMethods, (ctx) => listPaymentMethods(ctx));
  add(schemas.listGateways, (ctx) => listGateways(ctx));
  add(schemas.writeGateway, async (ctx, { params, body }) => {
    await writeGateway(ctx, { ...body, gatewayId: params.id });
    return readGateway(ctx, params.id);
  });
  add(schemas.testGateway, (ctx, { params, body }) => testGateway(ctx, { ...body, gatewayId: params.id }));
}

const own = (ctx: Context) => ({ customerId: ownCustomerId(ctx.actor) });
