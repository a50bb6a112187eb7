/** Giving money back: through the gateway, as credit, or noted when staff sent it by hand. */
import { uuidv7 } from 'uuidv7';
import { writeCredit } from '../billing/credit-ledger.ts';
import { creditBalance, lockCustomer, lockInvoice } from '../billing/queries.ts';
import { type Context, type TransactionContext, withTrace } from '../kit/context.ts';
import { Conflict, NotFound } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import { CHARGE_TIMEOUT_SECONDS } from './charge-window.ts';
import { lockPayment, type PaymentRow } from './conclude-payment.ts';
import { concludeRefund, type RefundRow } from './conclude-refund.ts';
import { refundable, standingOf } from './refundable.ts';
import { resolveRefundJob } from './resolve-refund.job.ts';
import { resolveRefund } from './resolve-refund.ts';

export type RefundTarget = 'gateway' | 'credit' | 'by_hand';

export interface NewRefund {
  paymentId: string;
  /** 1 or more, in the payment's currency; all that can be given back when not given. */
  amountMinor?: bigint | undefined;
  target: RefundTarget;
  /** For the books; shown to the customer with credit. */
  reason: string;
  /** With `by_hand`: under which reference it was sent. */
  reference?: string | undefined;
}

/** The gateway may still hear of a refund whose call was cut off; until then the job waits. */
const JOB_WAITS_SECONDS = CHARGE_TIMEOUT_SECONDS * 2;

/**
 * Give money of a settled payment back. The refund is stored before the gateway is asked, so it is done once whatever
 * happens meanwhile; one whose end is not known yet stays `pending` and is asked after in the background. Money that had
 * become credit takes the credit with it. Asked twice it is given twice, within what is left.
 *
 * @throws NotFound
 * @throws Conflict `payment_not_settled`, `gateway_cannot_refund`, or `refund_too_large` with what is left
 */
export async function refundPayment(ctx: Context, input: NewRefund): Promise<{ refundId: string }> {
  allow(ctx.actor, 'billing:write');
  if (ctx.db.isTransaction) throw new Error('refundPayment must not run inside a transaction.');
  const found = await ctx.db
    .selectFrom('payment')
    .select(['invoiceId', 'correlationId'])
    .where('id', '=', input.paymentId)
    .executeTakeFirst();
  if (!found) throw new NotFound('payment_not_found');
  const traced = withTrace(ctx, { correlationId: found.correlationId });
  const refund = await traced.transaction(async (tx) => {
    await lockInvoice(tx.db, found.invoiceId);
    const payment = await lockPayment(tx, input.paymentId);
    await lockCustomer(tx.db, payment.customerId);
    return input.target === 'credit' ? giveCredit(tx, payment, input) : intendRefund(tx, payment, input);
  });
  if (refund.state === 'pending') {
    const signal = AbortSignal.timeout(CHARGE_TIMEOUT_SECONDS * 1000);
    // The job that was queued with the refund goes on where this ends.
    await resolveRefund(traced, { refundId: refund.id, signal, isFirst: true }).catch((error: unknown) => {
      ctx.app.log.warn({ err: error, refundId: refund.id }, 'A refund is not known to be done yet.');
    });
  }
  return { refundId: refund.id };
}

async function intendRefund(tx: TransactionContext, payment: PaymentRow, input: NewRefund): Promise<RefundRow> {
  if (input.target === 'gateway' && !tx.app.gateways.get(payment.gatewayId)?.refund) {
    throw new Conflict('gateway_cannot_refund', { gatewayId: payment.gatewayId });
  }
  const room = await roomFor(tx, payment);
  const amountMinor = amountWithin(room.asMoneyMinor, input, payment);
  const creditMinor = room.creditLostBy(amountMinor);
  const refund = await insertRefund(tx, payment, { ...input, amountMinor, creditMinor });
  // Taken at once, so that it cannot be spent while the money is on its way back.
  if (creditMinor > 0n) {
    await writeCredit(tx, {
      customerId: payment.customerId,
      currency: payment.currency,
      amountMinor: -creditMinor,
      reason: `Refunded from payment ${payment.number ?? ''}`.trim(),
      cause: { kind: 'refund', id: refund.id },
    });
  }
  if (input.target === 'by_hand') {
    return concludeRefund(tx, refund, payment, { outcome: 'refunded', reference: input.reference ?? '' });
  }
  await tx.app.jobs.enqueue(tx, resolveRefundJob, { refundId: refund.id }, { startAfterSeconds: JOB_WAITS_SECONDS });
  return refund;
}

async function giveCredit(tx: TransactionContext, payment: PaymentRow, input: NewRefund): Promise<RefundRow> {
  const room = await roomFor(tx, payment);
  const amountMinor = amountWithin(room.asCreditMinor, input, payment);
  const refund = await insertRefund(tx, payment, { ...input, amountMinor, creditMinor: 0n });
  const { customerId, currency } = payment;
  const cause = { kind: 'refund', id: refund.id };
  await writeCredit(tx, { customerId, currency, amountMinor, reason: input.reason, cause });
  return concludeRefund(tx, refund, payment, { outcome: 'refunded', reference: '' });
}

async function roomFor(tx: TransactionContext, payment: PaymentRow) {
  if (payment.state !== 'settled') throw new Conflict('payment_not_settled', { paymentId: payment.id });
  const balanceMinor = await creditBalance(tx.db, payment.customerId, payment.currency);
  return refundable(await standingOf(tx.db, payment, { balanceMinor }));
}

function amountWithin(mostMinor: bigint, { amountMinor = mostMinor }: NewRefund, { currency }: PaymentRow): bigint {
  if (amountMinor > 0n && amountMinor <= mostMinor) return amountMinor;
  throw new Conflict('refund_too_large', { refundableMinor: Number(mostMinor), currency });
}

function insertRefund(
  tx: TransactionContext,
  payment: PaymentRow,
  { amountMinor, creditMinor, target, reason }: NewRefund & { amountMinor: bigint; creditMinor: bigint },
): Promise<RefundRow> {
  return tx.db
    .insertInto('refund')
    .values({
      id: uuidv7(),
      paymentId: payment.id,
      target,
      state: 'pending',
      currency: payment.currency,
      amountMinor,
      creditMinor,
      reason,
      actor: JSON.stringify(tx.actor),
      correlationId: tx.correlationId,
      createdAt: tx.clock.now(),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}
