import type { ChargeState } from '@hostwright/sdk';
import { lockInvoice } from '../billing/queries.ts';
import { type Context, type TransactionContext, withTrace } from '../kit/context.ts';
import { Conflict, NotFound } from '../kit/errors.ts';
import { record } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { askGateway } from './ask-gateway.ts';
import { absentCounts, CHARGE_TIMEOUT_SECONDS } from './charge-window.ts';
import { closeDoubts, concludePayment, lockPayment, type PaymentRow } from './conclude-payment.ts';

/**
 * Staff: stop waiting for a payment whose end nobody can tell, so that its invoice can be paid another way. The gateway
 * is asked once more, and its page is taken away: what it says it has is settled, and what it is still working on is not
 * given up. Should money turn up later after all, it is counted then. Giving up what is declined already changes nothing.
 *
 * @param input.reason shown to the customer
 * @throws NotFound
 * @throws Conflict `payment_settled` when the money is there, `payment_not_decided` while it may be on its way
 */
export async function giveUpPayment(ctx: Context, input: { paymentId: string; reason: string }): Promise<void> {
  allow(ctx.actor, 'billing:write');
  if (ctx.db.isTransaction) throw new Error('giveUpPayment must not run inside a transaction.');
  const { paymentId, reason } = input;
  const found = await ctx.db.selectFrom('payment').selectAll().where('id', '=', paymentId).executeTakeFirst();
  if (!found) throw new NotFound('payment_not_found');
  if (isOpen(found) && !absentCounts(found.createdAt, ctx.clock.now()))
    throw new Conflict('payment_not_decided', { paymentId });
  const answer = isOpen(found) ? await askOnceMore(ctx, found) : undefined;
  const traced = withTrace(ctx, { correlationId: found.correlationId });
  const state = await traced.transaction(async (tx) => {
    await lockInvoice(tx.db, found.invoiceId);
    const payment = answer ? await concludePayment(tx, paymentId, answer) : await lockPayment(tx, paymentId);
    if (isOpen(payment) && !isWorkedOn(answer)) await giveUp(tx, payment, reason);
    else if (payment.state !== 'declined') return payment.state;
    await closeDoubts(tx, paymentId);
    return 'declined';
  });
  if (state === 'settled') throw new Conflict('payment_settled', { paymentId });
  if (state !== 'declined') throw new Conflict('payment_not_decided', { paymentId });
}

const isOpen = ({ state }: PaymentRow) => state !== 'settled' && state !== 'declined';

/** A page that could not be taken away, or a bank that has not decided. */
const isWorkedOn = (answer: ChargeState | undefined) =>
  answer !== undefined && answer !== 'absent' && answer.outcome === 'open';

/** Undefined when the gateway cannot tell. */
async function askOnceMore(ctx: Context, payment: PaymentRow): Promise<ChargeState | undefined> {
  const signal = AbortSignal.timeout(CHARGE_TIMEOUT_SECONDS * 1000);
  try {
    return await askGateway(ctx, payment, 'withdraw', signal);
  } catch (error) {
    ctx.app.log.warn({ err: error, paymentId: payment.id }, 'A payment is given up, and its gateway could not tell.');
    return undefined;
  }
}

async function giveUp(tx: TransactionContext, payment: PaymentRow, reason: string): Promise<void> {
  const after = { state: 'declined', message: reason };
  await tx.db.updateTable('payment').set(after).where('id', '=', payment.id).execute();
  const payload = { paymentId: payment.id, invoiceId: payment.invoiceId, customerId: payment.customerId };
  const change = { before: { state: payment.state, message: payment.message }, after };
  await record(tx, 'payment.given_up', { kind: 'payment', id: payment.id }, payload, change);
}
