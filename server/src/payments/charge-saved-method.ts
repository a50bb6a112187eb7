/** Paying an invoice from what the customer left for later, while the customer is away. */
import { lockInvoice } from '../billing/queries.ts';
import { type Context, type TransactionContext, withTrace } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import type { PaymentRow } from './conclude-payment.ts';
import { endWaitingPayments } from './end-waiting.ts';
import { gatewayCustomerReference } from './gateway-customer.ts';
import { findGateway, isAllowed } from './gateway-settings.ts';
import { type IntendedCharge, intendCharge, refuseUnpayable } from './intend-charge.ts';
import { makeCharge } from './make-charge.ts';
import { defaultMethod } from './method-queries.ts';

export interface ChargeOutcome {
  /**
   * `no_method`: nothing was tried, since the customer left nothing that can be charged. `action_needed`: nothing was
   * taken; the customer has been written to, as their bank wants to hear from them. `unknown`: found out in the background.
   */
  outcome: 'paid' | 'declined' | 'action_needed' | 'unknown' | 'no_method';
  /** In plain words, why it was not paid. */
  message: string;
}

const NO_METHOD: ChargeOutcome = { outcome: 'no_method', message: 'The customer has no saved payment method.' };

/**
 * Charge what is owed on an invoice to its customer's default saved method. A paid invoice answers `paid`. Runs in
 * transactions of its own, because the intent must be committed before money moves.
 *
 * @throws NotFound
 * @throws Conflict `invoice_void`, or `payment_in_progress` while another charge is under way or its end unknown
 */
export async function chargeSavedMethod(ctx: Context, input: { invoiceId: string }): Promise<ChargeOutcome> {
  allow(ctx.actor, 'billing:write');
  if (ctx.db.isTransaction) throw new Error('chargeSavedMethod must not run inside a transaction.');
  const invoice = await ctx.db
    .selectFrom('invoice')
    .select(['customerId', 'correlationId'])
    .where('id', '=', input.invoiceId)
    .executeTakeFirst();
  if (!invoice) throw new NotFound('invoice_not_found');
  const { customerId } = invoice;
  const method = await defaultMethod(ctx.db, customerId);
  const ready = method && (await findGateway(ctx, method.gatewayId));
  const chargeSaved = ready?.enabled && isAllowed(ctx, ready.gateway) ? ready.gateway.chargeSaved : undefined;
  const customerReference = method ? await gatewayCustomerReference(ctx.db, { ...method, customerId }) : null;
  if (!method || !ready || !chargeSaved || customerReference === null) return NO_METHOD;

  const traced = withTrace(ctx, { correlationId: invoice.correlationId });
  await endWaitingPayments(traced, input.invoiceId);
  const prepared = await traced.transaction((tx) => prepare(tx, input.invoiceId, method.gatewayId));
  if ('outcome' in prepared) return prepared;
  let needsCustomer = false;
  const payment = await makeCharge(traced, prepared, ready, async (signal) => {
    const state = await chargeSaved({
      settings: ready.settings,
      invoice: prepared.invoice,
      customerReference,
      methodReference: method.reference,
      idempotencyKey: prepared.paymentId,
      signal,
    });
    needsCustomer = state.outcome === 'declined' && state.needsCustomer === true;
    return { state };
  });
  return outcomeOf(payment, needsCustomer);
}

async function prepare(
  tx: TransactionContext,
  invoiceId: string,
  gatewayId: string,
): Promise<ChargeOutcome | IntendedCharge> {
  const locked = await lockInvoice(tx.db, invoiceId);
  if (locked.state === 'paid') return { outcome: 'paid', message: '' };
  await refuseUnpayable(tx, locked);
  return intendCharge(tx, locked, gatewayId);
}

function outcomeOf({ state, message }: PaymentRow, needsCustomer: boolean): ChargeOutcome {
  if (state === 'settled') return { outcome: 'paid', message: '' };
  if (state !== 'declined') return { outcome: 'unknown', message };
  return { outcome: needsCustomer ? 'action_needed' : 'declined', message };
}
