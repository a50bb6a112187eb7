/** Paying an invoice through a gateway: the intent is on disk before the gateway is asked to take money. */
import { type ChargeResult, type InvoiceToPay, ModuleFailure } from '@hostwright/sdk';
import { uuidv7 } from 'uuidv7';
import { hasOpenPayment, lockInvoice } from '../billing/queries.ts';
import { owed } from '../billing/settle-invoice.ts';
import { type Context, type TransactionContext, withTrace } from '../kit/context.ts';
import { type FieldValues, parseFields } from '../kit/declared-fields.ts';
import { Conflict, NotFound } from '../kit/errors.ts';
import { ABSENT_COUNTS_AFTER_SECONDS, CHARGE_TIMEOUT_SECONDS } from './charge-window.ts';
import { concludePayment, lockPayment } from './conclude-payment.ts';
import { enabledGateway, type ReadyGateway } from './gateway-settings.ts';
import { invoiceToPay } from './invoice-to-pay.ts';
import { resolvePaymentJob } from './resolve-payment.job.ts';

export interface PayOutcome {
  /** `unknown`: money may have moved; it is found out in the background and must not be tried again meanwhile. */
  outcome: 'paid' | 'declined' | 'instructions' | 'unknown';
  /** For the customer: why declined, or how to pay. */
  message: string;
}

const UNKNOWN_MESSAGE =
  'We are checking with the payment provider whether the payment went through. Please do not pay again.';

/**
 * Pay what is owed on an invoice of a customer. Amount, currency and owner are the stored invoice's. An invoice that is
 * paid already answers `paid`. Runs in transactions of its own, because the intent must be committed before money moves.
 *
 * @param input.payment what the gateway asks the customer for; never stored
 * @throws NotFound, also for somebody else's invoice
 * @throws Invalid `gateway_unavailable`, or `bad_fields` with issues below `payment`
 * @throws Conflict `invoice_void`, or `payment_in_progress` while another charge is under way or its end unknown
 */
export async function payInvoice(
  ctx: Context,
  input: { invoiceId: string; customerId: string; gatewayId: string; payment: FieldValues },
): Promise<PayOutcome> {
  if (ctx.db.isTransaction) throw new Error('payInvoice must not run inside a transaction.');
  const ready = await enabledGateway(ctx, input.gatewayId);
  const payment = parseFields(ready.gateway.payment ?? {}, input.payment, 'payment');
  const traced = withTrace(ctx, { correlationId: await traceOf(ctx, input) });
  const prepared = await traced.transaction((tx) => prepare(tx, input, ready));
  if ('outcome' in prepared) return prepared;
  return charge(traced, { ...prepared, ready, payment });
}

/** Store the intent, unless there is nothing to charge. */
async function prepare(
  tx: TransactionContext,
  input: { invoiceId: string; customerId: string },
  { gateway, settings }: ReadyGateway,
): Promise<PayOutcome | { paymentId: string; invoice: InvoiceToPay }> {
  const locked = await lockInvoice(tx.db, input.invoiceId, input.customerId);
  if (locked.state === 'paid') return { outcome: 'paid', message: '' };
  if (locked.state === 'void') throw new Conflict('invoice_void', { invoiceId: locked.id });
  if (await hasOpenPayment(tx.db, locked.id)) throw new Conflict('payment_in_progress', { invoiceId: locked.id });
  const invoice = await invoiceToPay(tx.db, locked);
  if (!gateway.charge) {
    return { outcome: 'instructions', message: gateway.instructions?.({ settings, invoice }) ?? '' };
  }
  const paymentId = uuidv7();
  await tx.db
    .insertInto('payment')
    .values({
      id: paymentId,
      invoiceId: locked.id,
      customerId: locked.customerId,
      gatewayId: gateway.id,
      state: 'pending',
      currency: locked.currency,
      amountMinor: owed(locked),
      idempotencyKey: paymentId,
      actor: JSON.stringify(tx.actor),
      correlationId: tx.correlationId,
      createdAt: tx.clock.now(),
    })
    .execute();
  // Should this process end before the charge does, the job finds out what became of it.
  await tx.app.jobs.enqueue(tx, resolvePaymentJob, { paymentId }, { startAfterSeconds: ABSENT_COUNTS_AFTER_SECONDS });
  return { paymentId, invoice };
}

async function charge(
  ctx: Context,
  call: { paymentId: string; invoice: InvoiceToPay; ready: ReadyGateway; payment: FieldValues },
): Promise<PayOutcome> {
  const { gateway, settings } = call.ready;
  let result: ChargeResult | undefined;
  try {
    result = await gateway.charge?.({
      settings,
      invoice: call.invoice,
      payment: call.payment,
      idempotencyKey: call.paymentId,
      signal: AbortSignal.timeout(CHARGE_TIMEOUT_SECONDS * 1000),
    });
  } catch (error) {
    result = declinedBy(error);
    if (!result)
      ctx.app.log.warn({ err: error, paymentId: call.paymentId, gatewayId: gateway.id }, 'A charge ended unknown.');
  }
  const { id: invoiceId } = call.invoice;
  if (!result) return ctx.transaction((tx) => markUnknown(tx, { paymentId: call.paymentId, invoiceId }));
  const known = result;
  const payment = await ctx.transaction(async (tx) => {
    await lockInvoice(tx.db, invoiceId);
    return concludePayment(tx, call.paymentId, known);
  });
  return payment.state === 'settled'
    ? { outcome: 'paid', message: '' }
    : { outcome: 'declined', message: payment.message };
}

/** A failure that says nothing was taken is a declined charge; anything else proves nothing. */
function declinedBy(error: unknown): ChargeResult | undefined {
  if (!(error instanceof ModuleFailure) || error.kind === 'unknown') return undefined;
  return { outcome: 'declined', message: error.message };
}

async function markUnknown(
  tx: TransactionContext,
  { paymentId, invoiceId }: { paymentId: string; invoiceId: string },
): Promise<PayOutcome> {
  await lockInvoice(tx.db, invoiceId);
  const payment = await lockPayment(tx, paymentId);
  if (payment.state === 'settled') return { outcome: 'paid', message: '' };
  if (payment.state === 'declined') return { outcome: 'declined', message: payment.message };
  await tx.db
    .updateTable('payment')
    .set({ state: 'unknown', message: UNKNOWN_MESSAGE })
    .where('id', '=', paymentId)
    .execute();
  await tx.app.jobs.enqueue(tx, resolvePaymentJob, { paymentId });
  return { outcome: 'unknown', message: UNKNOWN_MESSAGE };
}

/** A charge belongs to the trace of the order it pays. */
async function traceOf(ctx: Context, input: { invoiceId: string; customerId: string }): Promise<string> {
  const invoice = await ctx.db
    .selectFrom('invoice')
    .select('correlationId')
    .where('id', '=', input.invoiceId)
    .where('customerId', '=', input.customerId)
    .executeTakeFirst();
  if (!invoice) throw new NotFound('invoice_not_found');
  return invoice.correlationId;
}
