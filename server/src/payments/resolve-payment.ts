import { lockInvoice } from '../billing/queries.ts';
import { type Context, withTrace } from '../kit/context.ts';
import { askGateway } from './ask-gateway.ts';
import { absentCounts } from './charge-window.ts';
import { closeDoubts, concludePayment } from './conclude-payment.ts';
import { syncSavedMethodsJob } from './sync-saved-methods.job.ts';

/** Pages of providers end by then; a bank that waits for its customer does not by itself. */
const LEFT_AFTER_MS = 24 * 3_600_000;

/**
 * Ask the gateway what became of a charge and put it on record. A page that nobody came back
 * from, or whose invoice needs no payment any more, is taken away. A payment that is settled, or that does not exist, is left alone; a declined one is asked after when
 * `evenDeclined`.
 *
 * @throws Error when the gateway cannot tell yet; ask again later
 */
export async function resolvePayment(
  ctx: Context,
  input: { paymentId: string; signal: AbortSignal; evenDeclined?: boolean | undefined },
): Promise<void> {
  const payment = await ctx.db.selectFrom('payment').selectAll().where('id', '=', input.paymentId).executeTakeFirst();
  if (!payment || payment.state === 'settled') return;
  if (payment.state === 'declined' && !input.evenDeclined) return;
  const invoice = await ctx.db
    .selectFrom('invoice')
    .select('state')
    .where('id', '=', payment.invoiceId)
    .executeTakeFirstOrThrow();
  const left = ctx.clock.now().getTime() - payment.createdAt.getTime() > LEFT_AFTER_MS;
  const over = payment.state === 'waiting' && (left || invoice.state !== 'unpaid');
  const how = over ? 'withdraw' : 'find';
  const found = await askGateway(ctx, payment, how, input.signal);
  if (found === 'absent' && !absentCounts(payment.createdAt, ctx.clock.now())) {
    throw new Error('The gateway has not seen the charge yet; it may still be on its way.');
  }
  const traced = withTrace(ctx, { correlationId: payment.correlationId });
  await traced.transaction(async (tx) => {
    await lockInvoice(tx.db, payment.invoiceId);
    const { state, handle, gatewayId, customerId } = await concludePayment(tx, payment.id, found);
    // Money that does not fit leaves one in doubt that was given up before.
    const isPaid = found !== 'absent' && found.outcome === 'paid';
    if (state === 'settled' || (state === 'declined' && !isPaid)) await closeDoubts(tx, payment.id);
    // On the page the customer may have left the card for later.
    if (state === 'settled' && handle !== null) {
      await tx.app.jobs.enqueue(tx, syncSavedMethodsJob, { gatewayId, customerId });
    }
  });
}
