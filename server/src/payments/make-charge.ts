/** Asking a gateway for money that was intended, and putting its answer on record, whatever it is. */
import { type ChargeState, ModuleFailure } from '@hostwright/sdk';
import { lockInvoice } from '../billing/queries.ts';
import type { Context } from '../kit/context.ts';
import { CHARGE_TIMEOUT_SECONDS } from './charge-window.ts';
import { concludePayment, markUnknown, type PaymentRow } from './conclude-payment.ts';
import { forgetGatewayCustomer } from './gateway-customer.ts';
import type { IntendedCharge } from './intend-charge.ts';
import { resolvePaymentJob } from './resolve-payment.job.ts';

/** The gateway does not know the customer any more; see `GatewayDefinition.createCustomer`. */
const CUSTOMER_MISSING = 'customer_missing';

/**
 * @param call asks the gateway. A failure of its that says nothing was taken is a declined charge; anything else it
 *   throws proves nothing, and the charge is found out in the background
 * @param handle what the gateway calls a page it made, stored with the payment
 */
export async function makeCharge(
  ctx: Context,
  { paymentId, invoice }: IntendedCharge,
  gatewayId: string,
  call: (signal: AbortSignal) => Promise<{ state: ChargeState; handle?: string }>,
): Promise<PaymentRow> {
  const answer = await call(AbortSignal.timeout(CHARGE_TIMEOUT_SECONDS * 1000)).catch(async (error: unknown) => {
    if (error instanceof ModuleFailure && error.kind !== 'unknown') {
      ctx.app.log.warn({ err: error, detail: error.detail, paymentId, gatewayId }, 'A gateway refused a charge.');
      if (error.code === CUSTOMER_MISSING) {
        await forgetGatewayCustomer(ctx, { gatewayId, customerId: invoice.customer.id });
      }
      return { state: { outcome: 'declined', message: error.message } as const };
    }
    ctx.app.log.warn({ err: error, paymentId, gatewayId }, 'A charge ended unknown.');
    return undefined;
  });
  return ctx.transaction(async (tx) => {
    await lockInvoice(tx.db, invoice.id);
    if (!answer) {
      const payment = await markUnknown(tx, paymentId);
      if (payment.state === 'unknown') await tx.app.jobs.enqueue(tx, resolvePaymentJob, { paymentId });
      return payment;
    }
    if ('handle' in answer && answer.handle !== undefined) {
      await tx.db.updateTable('payment').set({ handle: answer.handle }).where('id', '=', paymentId).execute();
    }
    return concludePayment(tx, paymentId, answer.state);
  });
}
