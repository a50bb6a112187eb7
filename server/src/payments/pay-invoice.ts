/** Paying an invoice through a gateway: at once, or on a page of the provider. */
import { ModuleFailure, Refused } from '@hostwright/sdk';
import { invoiceToCharge, lockInvoice } from '../billing/queries.ts';
import { type Context, type TransactionContext, withTrace } from '../kit/context.ts';
import { type FieldValues, parseFields } from '../kit/declared-fields.ts';
import type { PaymentRow } from './conclude-payment.ts';
import { endWaitingPayments } from './end-waiting.ts';
import { knownToGateway } from './gateway-customer.ts';
import { enabledGateway, type ReadyGateway } from './gateway-settings.ts';
import { type IntendedCharge, intendCharge, refuseUnpayable } from './intend-charge.ts';
import { invoiceToPay } from './invoice-to-pay.ts';
import { makeCharge } from './make-charge.ts';
import { paymentReturnUrl } from './return-url.ts';

export interface PayOutcome {
  /**
   * `unknown`: money may have moved; it is found out in the background and must not be tried again meanwhile.
   * `redirect`: the customer pays at `url`.
   */
  outcome: 'paid' | 'declined' | 'instructions' | 'redirect' | 'unknown';
  /** For the customer: why declined, or how to pay. */
  message: string;
  /** With `redirect`. */
  url?: string;
}

/**
 * Pay what is owed on an invoice of a customer. Amount, currency and owner are the stored invoice's. An invoice that is
 * paid already answers `paid`. A page of an earlier try is taken away first. Runs in transactions of its own, because
 * the intent must be committed before money moves.
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
  // A charge belongs to the trace of the order it pays.
  const { correlationId } = await invoiceToCharge(ctx.db, input.invoiceId, input.customerId);
  const traced = withTrace(ctx, { correlationId });
  await endWaitingPayments(traced, input.invoiceId);
  const prepared = await traced.transaction((tx) => prepare(tx, input, ready));
  if ('outcome' in prepared) return prepared;
  return ready.gateway.charge
    ? chargeAtOnce(traced, prepared, ready, payment)
    : startPage(traced, prepared, ready, payment);
}

/** Store the intent, unless there is nothing to charge. */
async function prepare(
  tx: TransactionContext,
  input: { invoiceId: string; customerId: string },
  { gateway, settings }: ReadyGateway,
): Promise<PayOutcome | IntendedCharge> {
  const locked = await lockInvoice(tx.db, input.invoiceId, input.customerId);
  if (locked.state === 'paid') return { outcome: 'paid', message: '' };
  await refuseUnpayable(tx, locked);
  if (gateway.charge || gateway.start) return intendCharge(tx, locked, gateway.id);
  const invoice = await invoiceToPay(tx.db, locked);
  return { outcome: 'instructions', message: gateway.instructions?.({ settings, invoice }) ?? '' };
}

async function chargeAtOnce(
  ctx: Context,
  intended: IntendedCharge,
  ready: ReadyGateway,
  payment: FieldValues,
): Promise<PayOutcome> {
  const { gateway, settings } = ready;
  const { charge } = gateway;
  if (!charge) throw new TypeError(`The gateway ${gateway.id} cannot charge.`);
  const { invoice, paymentId: idempotencyKey } = intended;
  return outcomeOf(
    await makeCharge(ctx, intended, ready, async (signal) => ({
      state: await charge({ settings, invoice, payment, idempotencyKey, signal }),
    })),
  );
}

async function startPage(
  ctx: Context,
  intended: IntendedCharge,
  ready: ReadyGateway,
  payment: FieldValues,
): Promise<PayOutcome> {
  const { gateway, settings } = ready;
  const { start } = gateway;
  if (!start) throw new TypeError(`The gateway ${gateway.id} has no page.`);
  const { invoice, paymentId: idempotencyKey } = intended;
  let page = '';
  const row = await makeCharge(ctx, intended, ready, async (signal) => {
    const customerReference = await knownToGateway(ctx, ready, { customer: invoice.customer, signal }).catch(noPage);
    const returnUrl = paymentReturnUrl(ctx.app, { gatewayId: gateway.id, paymentId: idempotencyKey });
    const call = { settings, invoice, payment, customerReference, idempotencyKey, returnUrl, signal };
    const { url, handle } = await start(call).catch(noPage);
    page = url;
    return { state: { outcome: 'open', url, message: '' }, handle };
  });
  return row.state === 'waiting' ? { outcome: 'redirect', message: '', url: page } : outcomeOf(row);
}

/** Whatever became of the page: nobody was told where it is, so nobody can pay on it. */
function noPage(error: unknown): never {
  if (error instanceof ModuleFailure && error.kind !== 'unknown') throw error;
  throw new Refused('The payment page could not be opened. Nothing was charged; please try again.', {
    code: 'no_page',
    cause: error,
  });
}

function outcomeOf({ state, message }: PaymentRow): PayOutcome {
  if (state === 'settled') return { outcome: 'paid', message: '' };
  return { outcome: state === 'declined' ? 'declined' : 'unknown', message };
}
