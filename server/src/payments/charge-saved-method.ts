/** Paying an invoice from what the customer left for later, while the customer is away. */
import { invoiceToCharge } from '../billing/queries.ts';
import type { Context } from '../kit/context.ts';
import { allow } from '../kit/permissions.ts';
import { chargeableMethod, makeSavedCharge, type SavedCharge } from './make-saved-charge.ts';
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
 * transactions of its own.
 *
 * @throws NotFound
 * @throws Conflict `invoice_void`, or `payment_in_progress` while another charge is under way or its end unknown
 */
export async function chargeSavedMethod(ctx: Context, input: { invoiceId: string }): Promise<ChargeOutcome> {
  allow(ctx.actor, 'billing:write');
  const invoice = await invoiceToCharge(ctx.db, input.invoiceId);
  const saved = await defaultMethod(ctx.db, invoice.customerId);
  const method = saved && (await chargeableMethod(ctx, { ...saved, customerId: invoice.customerId }));
  if (!method) return NO_METHOD;
  return outcomeOf(await makeSavedCharge(ctx, { invoice, method, customerPresent: false }));
}

function outcomeOf(charge: SavedCharge | null): ChargeOutcome {
  if (!charge || charge.payment.state === 'settled') return { outcome: 'paid', message: '' };
  const { payment, needsCustomer } = charge;
  if (payment.state !== 'declined') return { outcome: 'unknown', message: payment.message };
  return { outcome: needsCustomer ? 'action_needed' : 'declined', message: payment.message };
}
