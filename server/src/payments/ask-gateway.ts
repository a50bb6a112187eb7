/** Asking a gateway after a charge it was given before. */
import type { ChargeState } from '@hostwright/sdk';
import type { Context } from '../kit/context.ts';
import type { PaymentRow } from './conclude-payment.ts';
import { gatewayCustomerReference } from './gateway-customer.ts';
import { findGateway } from './gateway-settings.ts';

/**
 * @param how `withdraw` also takes its page away, when it has one, so that it can no longer be paid
 * @throws Error when the gateway is not loaded; what the gateway throws
 */
export async function askGateway(
  ctx: Context,
  payment: PaymentRow,
  how: 'find' | 'withdraw',
  signal: AbortSignal,
): Promise<ChargeState> {
  const ready = await findGateway(ctx, payment.gatewayId);
  const ask = how === 'withdraw' ? (ready?.gateway.withdraw ?? ready?.gateway.findCharge) : ready?.gateway.findCharge;
  if (!ready || !ask) {
    throw new Error(`The gateway ${payment.gatewayId} is not loaded, so it cannot be asked after a charge.`);
  }
  return ask({
    settings: ready.settings,
    idempotencyKey: payment.idempotencyKey,
    handle: payment.handle,
    customerReference: await gatewayCustomerReference(ctx.db, payment),
    since: payment.createdAt,
    signal,
  });
}
