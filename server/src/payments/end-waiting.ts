import { lockInvoice } from '../billing/queries.ts';
import type { Context } from '../kit/context.ts';
import { Conflict } from '../kit/errors.ts';
import { askGateway } from './ask-gateway.ts';
import { CHARGE_TIMEOUT_SECONDS } from './charge-window.ts';
import { concludePayment } from './conclude-payment.ts';

/**
 * Take away the pages an invoice could still be paid on, so that it is never paid twice. What was paid there meanwhile is
 * settled. Does nothing when there are none.
 *
 * @throws Conflict `payment_in_progress` when a gateway does not let go of one, or does not answer
 */
export async function endWaitingPayments(ctx: Context, invoiceId: string): Promise<void> {
  const waiting = await ctx.db
    .selectFrom('payment')
    .selectAll()
    .where('invoiceId', '=', invoiceId)
    .where('state', '=', 'waiting')
    .execute();
  for (const payment of waiting) {
    const signal = AbortSignal.timeout(CHARGE_TIMEOUT_SECONDS * 1000);
    const state = await askGateway(ctx, payment, 'withdraw', signal).catch((error: Error) => {
      ctx.app.log.warn({ err: error, paymentId: payment.id }, 'A payment page could not be taken away.');
      throw new Conflict('payment_in_progress', { invoiceId }, { cause: error });
    });
    const { state: now } = await ctx.transaction(async (tx) => {
      await lockInvoice(tx.db, invoiceId);
      return concludePayment(tx, payment.id, state);
    });
    if (now === 'waiting' || now === 'unknown') throw new Conflict('payment_in_progress', { invoiceId });
  }
}
