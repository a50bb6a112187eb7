/** The customer comes back from a page of a provider. What the browser brings proves nothing, so the provider is asked. */
import { type Context, withTrace } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { shopLink } from '../staff/shop-link.ts';
import { resolvePayment } from './resolve-payment.ts';
import { syncSavedMethods } from './sync-saved-methods.ts';

/** A customer waits for it; what takes longer is found out in the background. */
const PATIENCE_SECONDS = 10;

/**
 * @param input.paymentId the payment the customer was sent away for
 * @param input.customerId whose card was to be left
 * @returns the page of the shop to go on with
 * @throws NotFound
 */
export async function returnFromGateway(
  ctx: Context,
  input: { gatewayId: string; paymentId?: string | undefined; customerId?: string | undefined },
): Promise<string> {
  const asked = withTrace(ctx, { actor: { kind: 'system', name: `return:${input.gatewayId}` } });
  const signal = AbortSignal.timeout(PATIENCE_SECONDS * 1000);
  if (input.paymentId !== undefined) return afterPaying(asked, { ...input, paymentId: input.paymentId, signal });
  if (input.customerId !== undefined) return afterSaving(asked, { ...input, customerId: input.customerId, signal });
  throw new NotFound('payment_not_found');
}

async function afterPaying(
  ctx: Context,
  { gatewayId, paymentId, signal }: { gatewayId: string; paymentId: string; signal: AbortSignal },
): Promise<string> {
  const payment = await ctx.db
    .selectFrom('payment')
    .leftJoin('order', 'order.invoiceId', 'payment.invoiceId')
    .select(['payment.invoiceId', 'order.id as orderId'])
    .where('payment.id', '=', paymentId)
    .where('payment.gatewayId', '=', gatewayId)
    .executeTakeFirst();
  if (!payment) throw new NotFound('payment_not_found');
  await resolvePayment(ctx, { paymentId, signal }).catch((error: Error) => {
    ctx.app.log.warn({ err: error, paymentId }, 'A payment could not be asked after on the way back.');
  });
  return shopLink(
    ctx.app,
    payment.orderId === null ? `/portal/invoices/${payment.invoiceId}` : `/orders/${payment.orderId}`,
  );
}

async function afterSaving(
  ctx: Context,
  input: { gatewayId: string; customerId: string; signal: AbortSignal },
): Promise<string> {
  await syncSavedMethods(ctx, input).catch((error: Error) => {
    ctx.app.log.warn(
      { err: error, gatewayId: input.gatewayId },
      'Saved methods could not be asked for on the way back.',
    );
  });
  return shopLink(ctx.app, '/portal/payment-methods');
}
