import type { Context } from '../kit/context.ts';
import { Conflict, NotFound } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import { CHARGE_TIMEOUT_SECONDS } from './charge-window.ts';
import { resolvePayment } from './resolve-payment.ts';

/**
 * Staff: ask the gateway now what became of a payment, also of one that was declined or given up. A settled one is left
 * alone.
 *
 * @throws NotFound; Conflict `gateway_silent` when it cannot tell now
 */
export async function askAgain(ctx: Context, { paymentId }: { paymentId: string }): Promise<void> {
  allow(ctx.actor, 'billing:write');
  const payment = await ctx.db.selectFrom('payment').select('gatewayId').where('id', '=', paymentId).executeTakeFirst();
  if (!payment) throw new NotFound('payment_not_found');
  const signal = AbortSignal.timeout(CHARGE_TIMEOUT_SECONDS * 1000);
  await resolvePayment(ctx, { paymentId, signal, evenDeclined: true }).catch((error: Error) => {
    ctx.app.log.warn({ err: error, paymentId }, 'Staff asked after a payment, and the gateway could not tell.');
    throw new Conflict('gateway_silent', { gatewayId: payment.gatewayId }, { cause: error });
  });
}
