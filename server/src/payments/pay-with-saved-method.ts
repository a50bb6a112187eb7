/** Paying an invoice from what the customer left for later, with the customer there. */
import { invoiceToCharge } from '../billing/queries.ts';
import type { Context } from '../kit/context.ts';
import { Invalid } from '../kit/errors.ts';
import { type ChargeableMethod, chargeableMethod, makeSavedCharge, type SavedCharge } from './make-saved-charge.ts';
import { ownMethod } from './method-queries.ts';
import type { PayOutcome } from './pay-invoice.ts';

interface OwnMethod {
  savedMethodId: string;
  customerId: string;
}

/**
 * A saved method of a customer, ready to be charged.
 *
 * @throws NotFound `payment_method_not_found`, also for somebody else's and one that was removed
 * @throws Invalid `gateway_unavailable` when it cannot be charged now
 */
export async function ownChargeableMethod(ctx: Context, own: OwnMethod): Promise<ChargeableMethod> {
  const saved = await ownMethod(ctx.db, own);
  const method = await chargeableMethod(ctx, { ...saved, customerId: own.customerId });
  if (method) return method;
  throw new Invalid('gateway_unavailable', {
    issues: [{ path: 'savedMethodId', message: 'cannot be charged at the moment' }],
  });
}

/**
 * Pay what is owed on an invoice of a customer with one of the customer's saved methods. An invoice that is paid already
 * answers `paid`; a bank that wants to hear from the customer answers `redirect`. Runs in transactions of its own.
 *
 * @throws NotFound, also for somebody else's invoice or method
 * @throws Invalid `gateway_unavailable` when the method cannot be charged now
 * @throws Conflict `invoice_void`, or `payment_in_progress` while another charge is under way or its end unknown
 */
export async function payWithSavedMethod(ctx: Context, input: OwnMethod & { invoiceId: string }): Promise<PayOutcome> {
  const invoice = await invoiceToCharge(ctx.db, input.invoiceId, input.customerId);
  const method = await ownChargeableMethod(ctx, input);
  return outcomeOf(await makeSavedCharge(ctx, { invoice, method, customerPresent: true }));
}

function outcomeOf(charge: SavedCharge | null): PayOutcome {
  if (!charge || charge.payment.state === 'settled') return { outcome: 'paid', message: '' };
  const { payment, url } = charge;
  if (payment.state === 'waiting' && url !== null) return { outcome: 'redirect', message: '', url };
  return { outcome: payment.state === 'declined' ? 'declined' : 'unknown', message: payment.message };
}
