import { ModuleFailure, type RefundResult, Unknown } from '@hostwright/sdk';
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
  const before = await findRefund(call);
  if (before) return resultOf(before);
  const api = stripeApi(call);
  return ask(async () => {
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

/** @throws Unknown or Retry when Stripe does not say; that it does not let us look proves nothing about an earlier call. */
async function findRefund(call: Asked & Refund): Promise<Stripe.Refund | undefined> {
  try {
    return await ask(async () => {
      const refunds = stripeApi(call).refunds.list({ payment_intent: call.reference, limit: 100 });
      for await (const refund of refunds) {
        if (refund.metadata?.[REFUND] === call.idempotencyKey) return refund;
      }
      return undefined;
    });
  } catch (error) {
    if (!(error instanceof ModuleFailure) || error.kind === 'unknown' || error.kind === 'retry') throw error;
    throw new Unknown('Stripe does not say what was refunded.', {
      code: error.code,
      detail: error.detail,
      cause: error,
    });
  }
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
