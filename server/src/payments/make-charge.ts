/** Asking a gateway for money that was intended, and putting its answer on record, whatever it is. */
import { type ChargeState, ModuleFailure } from '@hostwright/sdk';
import { lockInvoice } from '../billing/queries.ts';
import type { Context } from '../kit/context.ts';
import { alertGateway } from './alert-gateway.ts';
import { CHARGE_TIMEOUT_SECONDS } from './charge-window.ts';
import { concludePayment, markUnknown, type PaymentRow } from './conclude-payment.ts';
import { forgetGatewayCustomer } from './gateway-customer.ts';
import type { ReadyGateway } from './gateway-settings.ts';
import type { IntendedCharge } from './intend-charge.ts';
import { resolvePaymentJob } from './resolve-payment.job.ts';

/** The gateway does not know the customer any more; see `GatewayDefinition.createCustomer`. */
const CUSTOMER_MISSING = 'customer_missing';

interface Answer {
  state: ChargeState;
  /** What the gateway calls a page it made; stored with the payment. */
  handle?: string;
}

/**
 * @param call asks the gateway. A failure of its that says nothing was taken is a declined charge; anything else it
 *   throws proves nothing, and the charge is found out in the background
 */
export async function makeCharge(
  ctx: Context,
  intended: IntendedCharge,
  ready: ReadyGateway,
  call: (signal: AbortSignal) => Promise<Answer>,
): Promise<PaymentRow> {
  const { paymentId, invoice } = intended;
  const answer = await call(AbortSignal.timeout(CHARGE_TIMEOUT_SECONDS * 1000)).catch((error: unknown) =>
    answerOf(ctx, intended, ready, error),
  );
  return ctx.transaction(async (tx) => {
    await lockInvoice(tx.db, invoice.id);
    if (!answer) {
      const payment = await markUnknown(tx, paymentId);
      if (payment.state === 'unknown') await tx.app.jobs.enqueue(tx, resolvePaymentJob, { paymentId });
      return payment;
    }
    if (answer.handle !== undefined) {
      await tx.db.updateTable('payment').set({ handle: answer.handle }).where('id', '=', paymentId).execute();
    }
    return concludePayment(tx, paymentId, answer.state);
  });
}

/** What a failure says about the money; undefined when it says nothing. */
async function answerOf(
  ctx: Context,
  { paymentId, invoice }: IntendedCharge,
  ready: ReadyGateway,
  error: unknown,
): Promise<Answer | undefined> {
  const gatewayId = ready.gateway.id;
  ctx.app.log.warn({ err: error, paymentId, gatewayId }, 'A charge failed.');
  if (!(error instanceof ModuleFailure) || error.kind === 'unknown') return undefined;
  if (error.code === CUSTOMER_MISSING) {
    await forgetGatewayCustomer(ctx, { gatewayId, customerId: invoice.customer.id });
  }
  if (error.kind === 'needs_staff') await alertGateway(ctx, ready, { paymentId, failure: error });
  return { state: { outcome: 'declined', message: error.message } };
}
