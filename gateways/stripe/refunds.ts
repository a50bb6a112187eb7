import type { RefundResult } from '@hostwright/sdk';
import type { Stripe } from 'stripe';
import { toStripe } from './amount.ts';
import { ask, stripeApi } from './api.ts';
import { REFUND } from './marks.ts';
import type { Asked } from './settings.ts';

interface Refund {
  reference: string;
  amountMinor: bigint;
  currency: string;
  idempotencyKey: string;
}

/**
 * Give money back. It looks before it acts, because Stripe forgets idempotency keys and a refund may be asked after days
 * later; the key covers two calls at the same moment.
 */
export async function refundCharge(call: Asked & Refund): Promise<RefundResult> {
  const { reference: payment_intent, idempotencyKey } = call;
  const api = stripeApi(call);
  return ask(async () => {
    for await (const refund of api.refunds.list({ payment_intent, limit: 100 })) {
      if (refund.metadata?.[REFUND] === idempotencyKey) return resultOf(refund);
    }
    try {
      const amount = toStripe(call.amountMinor, call.currency);
      return resultOf(
        await api.refunds.create(
          { payment_intent, amount, metadata: { [REFUND]: idempotencyKey } },
          { idempotencyKey },
        ),
      );
    } catch (error) {
      const message = refusalOf(error);
      if (message === undefined) throw error;
      return { outcome: 'refused', message };
    }
  });
}

function resultOf({ id, status, failure_reason: reason }: Stripe.Refund): RefundResult {
  switch (status) {
    case 'succeeded':
      return { outcome: 'refunded', reference: id };
    case 'failed':
    case 'canceled':
      return {
        outcome: 'refused',
        message: `The bank did not take the money back${reason ? ` (${reason.replaceAll('_', ' ')})` : ''}.`,
      };
    default: // pending, requires_action, and whatever comes after them
      return { outcome: 'pending' };
  }
}

/** Refusals staff can understand; anything else is a failure like any other. */
function refusalOf(error: unknown): string | undefined {
  switch ((error as { code?: string }).code) {
    case 'charge_already_refunded':
      return 'Stripe has given this payment back already.';
    case 'charge_disputed':
      return 'The customer disputed this payment; it cannot be refunded as well.';
    case 'refund_disputed_payment':
      return 'The customer disputed this payment; it cannot be refunded as well.';
    case 'insufficient_funds':
    case 'balance_insufficient':
      return 'Your Stripe balance is too low for this refund.';
    case 'amount_too_large':
      return 'More than is left of this payment cannot be refunded.';
    default:
      return undefined;
  }
}
