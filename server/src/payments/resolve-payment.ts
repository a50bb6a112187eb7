import { lockInvoice } from '../billing/queries.ts';
import { closeAlerts } from '../kit/alerts.ts';
import { type Context, withTrace } from '../kit/context.ts';
import { absentCounts } from './charge-window.ts';
import { concludePayment } from './conclude-payment.ts';
import { findGateway } from './gateway-settings.ts';

const ABSENT = {
  outcome: 'declined',
  message: 'The payment did not reach the payment provider. Nothing was charged; please try again.',
} as const;

/**
 * Ask the gateway what became of a charge and put it on record. A payment that is settled or declined, or that does
 * not exist, is left alone.
 *
 * @throws Error when the gateway cannot tell yet; ask again later
 */
export async function resolvePayment(ctx: Context, input: { paymentId: string; signal: AbortSignal }): Promise<void> {
  const payment = await ctx.db.selectFrom('payment').selectAll().where('id', '=', input.paymentId).executeTakeFirst();
  if (!payment || (payment.state !== 'pending' && payment.state !== 'unknown')) return;
  const ready = await findGateway(ctx, payment.gatewayId);
  if (!ready?.gateway.findCharge) {
    throw new Error(`The gateway ${payment.gatewayId} is not loaded, so it cannot be asked after a charge.`);
  }
  const found = await ready.gateway.findCharge({
    settings: ready.settings,
    idempotencyKey: payment.idempotencyKey,
    signal: input.signal,
  });
  if (found === 'absent' && !absentCounts(payment.createdAt, ctx.clock.now())) {
    throw new Error('The gateway has not seen the charge yet; it may still be on its way.');
  }
  const traced = withTrace(ctx, { correlationId: payment.correlationId });
  await traced.transaction(async (tx) => {
    await lockInvoice(tx.db, payment.invoiceId);
    await concludePayment(tx, payment.id, found === 'absent' ? ABSENT : found);
    await closeAlerts(tx, { kind: 'payment_unknown', subject: { kind: 'payment', id: payment.id } });
  });
}
