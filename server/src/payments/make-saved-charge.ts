/** Charging what a customer left for later: the one way of it, for staff, for the nights and for the customer in person. */
import type { GatewayDefinition } from '@hostwright/sdk';
import { lockInvoice } from '../billing/queries.ts';
import { type Context, type TransactionContext, withTrace } from '../kit/context.ts';
import type { PaymentRow } from './conclude-payment.ts';
import { endWaitingPayments } from './end-waiting.ts';
import { gatewayCustomerReference } from './gateway-customer.ts';
import { findGateway, type ReadyGateway } from './gateway-settings.ts';
import { type IntendedCharge, intendCharge, refuseUnpayable } from './intend-charge.ts';
import { makeCharge } from './make-charge.ts';
import { paymentReturnUrl } from './return-url.ts';
import { syncSavedMethodsJob } from './sync-saved-methods.job.ts';

/** A saved method of a customer whose gateway can charge it now. */
export interface ChargeableMethod {
  gatewayId: string;
  methodReference: string;
  customerReference: string;
  ready: ReadyGateway;
  chargeSaved: NonNullable<GatewayDefinition['chargeSaved']>;
}

/** Undefined when its gateway is switched off, not loaded, or knows the customer no more. */
export async function chargeableMethod(
  ctx: Context,
  method: { customerId: string; gatewayId: string; reference: string },
): Promise<ChargeableMethod | undefined> {
  const ready = await findGateway(ctx, method.gatewayId);
  const chargeSaved = ready?.enabled ? ready.gateway.chargeSaved : undefined;
  const customerReference = await gatewayCustomerReference(ctx.db, method);
  if (!ready || !chargeSaved || customerReference === null) return undefined;
  return { gatewayId: method.gatewayId, methodReference: method.reference, customerReference, ready, chargeSaved };
}

export interface SavedCharge {
  payment: PaymentRow;
  /** The bank wants to hear from the customer, who is not there. */
  needsCustomer: boolean;
  /** Where the customer, who is there, answers the bank; null when it does not ask. */
  url: string | null;
}

/**
 * Charge what is owed on an invoice to a saved method of its customer. Pages it could be paid on are taken away first.
 * Runs in transactions of its own, because the intent must be committed before money moves.
 *
 * @returns null when the invoice is paid already
 * @throws NotFound
 * @throws Conflict `invoice_void`, or `payment_in_progress` while another charge is under way or its end unknown
 */
export async function makeSavedCharge(
  ctx: Context,
  input: {
    invoice: { id: string; customerId: string; correlationId: string };
    method: ChargeableMethod;
    customerPresent: boolean;
  },
): Promise<SavedCharge | null> {
  if (ctx.db.isTransaction) throw new Error('makeSavedCharge must not run inside a transaction.');
  const { invoice, method, customerPresent } = input;
  const { gatewayId, ready, chargeSaved, customerReference, methodReference } = method;
  const traced = withTrace(ctx, { correlationId: invoice.correlationId });
  await endWaitingPayments(traced, invoice.id);
  const intended = await traced.transaction((tx) => intend(tx, invoice, gatewayId));
  if (!intended) return null;
  const asked = { needsCustomer: false, url: null as string | null };
  const payment = await makeCharge(traced, intended, ready, async (signal) => {
    const state = await chargeSaved({
      settings: ready.settings,
      invoice: intended.invoice,
      customerReference,
      methodReference,
      idempotencyKey: intended.paymentId,
      customerPresent,
      returnUrl: paymentReturnUrl(ctx.app, { gatewayId, paymentId: intended.paymentId }),
      signal,
    });
    asked.needsCustomer = state.outcome === 'declined' && state.needsCustomer === true;
    if (state.outcome === 'open') asked.url = state.url;
    return { state };
  });
  // It may have been taken away at the provider, who would have told us, had we been listening.
  if (payment.state === 'declined') {
    const { customerId } = invoice;
    await traced.transaction((tx) => tx.app.jobs.enqueue(tx, syncSavedMethodsJob, { gatewayId, customerId }));
  }
  return { payment, ...asked };
}

async function intend(
  tx: TransactionContext,
  invoice: { id: string; customerId: string },
  gatewayId: string,
): Promise<IntendedCharge | null> {
  const locked = await lockInvoice(tx.db, invoice.id, invoice.customerId);
  if (locked.state === 'paid') return null;
  await refuseUnpayable(tx, locked);
  return intendCharge(tx, locked, gatewayId);
}
