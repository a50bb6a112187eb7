/** What Stripe tells by itself. It only names what to ask after; nothing in it is believed beyond that. */
import { type Dispute, type GatewayNotice, Refused } from '@hostwright/sdk';
import { Stripe } from 'stripe';
import { fromStripe } from './amount.ts';
import { askOrMissing, stripeApi } from './api.ts';
import { PAYMENT, REFUND } from './marks.ts';
import type { Asked } from './settings.ts';

/** A message older than this is refused: somebody may have kept it to send it again. */
const TOLERANCE_SECONDS = 300;

export const WEBHOOK_EVENTS = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
  'payment_method.attached',
  'payment_method.detached',
  'payment_method.automatically_updated',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.closed',
];

/** @throws Refused `bad_signature` */
export async function readWebhook(
  call: Asked & { rawBody: Uint8Array; headers: Record<string, string>; now: Date },
): Promise<GatewayNotice[]> {
  const event = verified(call);
  const notice = await noticeOf(call, event);
  return notice ? [{ id: event.id, ...notice } as GatewayNotice] : [];
}

function verified({ settings, rawBody, headers, now }: Parameters<typeof readWebhook>[0]): Stripe.Event {
  try {
    return Stripe.webhooks.constructEvent(
      rawBody,
      headers['stripe-signature'] ?? '',
      settings.webhookSecret,
      TOLERANCE_SECONDS,
      undefined,
      now.getTime(),
    );
  } catch (cause) {
    throw new Refused('This message does not prove to be from Stripe.', {
      code: 'bad_signature',
      detail: (cause as Error).message,
      cause,
    });
  }
}

type Notice<N = GatewayNotice> = N extends unknown ? Omit<N, 'id'> : never;

async function noticeOf(call: Asked, event: Stripe.Event): Promise<Notice | undefined> {
  switch (event.type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
    case 'checkout.session.async_payment_failed':
    case 'checkout.session.expired': {
      const session = event.data.object;
      return session.mode === 'setup' ? aboutSaved(session.customer) : aboutCharge(session.client_reference_id);
    }
    case 'payment_intent.succeeded':
    case 'payment_intent.payment_failed':
    case 'payment_intent.canceled':
      return aboutCharge(event.data.object.metadata?.[PAYMENT]);
    case 'payment_method.attached':
    case 'payment_method.automatically_updated':
      return aboutSaved(event.data.object.customer);
    case 'payment_method.detached':
      return aboutSaved(event.data.previous_attributes?.customer ?? null);
    case 'refund.created':
    case 'refund.updated':
    case 'refund.failed':
      return aboutRefund(call, event.data.object, event.type);
    case 'charge.dispute.created':
    case 'charge.dispute.closed':
      return aboutDispute(call, event.data.object);
    default:
      return undefined;
  }
}

const aboutCharge = (key: string | null | undefined): Notice | undefined =>
  key ? { about: 'charge', idempotencyKey: key } : undefined;

function aboutSaved(customer: string | { id: string } | null): Notice | undefined {
  const reference = typeof customer === 'object' ? customer?.id : customer;
  return reference ? { about: 'saved', customerReference: reference } : undefined;
}

async function aboutRefund(
  call: Asked,
  refund: Stripe.Refund,
  type: 'refund.created' | 'refund.updated' | 'refund.failed',
): Promise<Notice | undefined> {
  const ours = refund.metadata?.[REFUND];
  if (ours) return { about: 'refund', idempotencyKey: ours };
  // Of one made elsewhere, that it was made and that it came back are news; the bank's reference is none.
  if (type === 'refund.updated') return undefined;
  if (type === 'refund.failed') {
    return trouble(call, refund.payment_intent, {
      kind: 'refund_elsewhere_failed',
      message: 'A refund that was made at Stripe and not in the shop came back: the customer does not have the money.',
      whatToDo: 'Send it another way, and correct what was written down about it here.',
    });
  }
  return trouble(call, refund.payment_intent, {
    kind: 'refunded_elsewhere',
    message: 'This payment was refunded at Stripe and not in the shop.',
    whatToDo:
      'Compare the payment at Stripe with the invoice and correct the books here. Next time refund it in the shop.',
  });
}

type DisputeState = Dispute['state'];
interface Words {
  kind: string;
  message: string;
  whatToDo: string;
  dispute?: Dispute;
}

const OPENED: Words & { state: DisputeState } = {
  state: 'open',
  kind: 'payment_disputed',
  message: 'The customer disputes this payment at their bank; Stripe has taken the money back for now.',
  whatToDo:
    'Answer the dispute in the Stripe dashboard before its deadline, and look at what the customer still uses. Do not refund it as well.',
};

/** By Stripe's state of a dispute; others say nothing new. One without a state of ours has taken no money. */
const DISPUTES: Record<string, Words & { state?: DisputeState }> = {
  needs_response: OPENED,
  under_review: OPENED,
  warning_needs_response: {
    kind: 'payment_questioned',
    message: "The customer's bank asks about this payment. No money has been taken back.",
    whatToDo:
      'Answer it in the Stripe dashboard before its deadline, or refund the payment: else it may become a dispute.',
  },
  won: {
    state: 'won',
    kind: 'dispute_won',
    message: 'The dispute of this payment is decided for the shop; Stripe has given the money back.',
    whatToDo: 'Nothing has to be done.',
  },
  lost: {
    state: 'lost',
    kind: 'dispute_lost',
    message: 'The dispute of this payment is lost: the customer has the money back.',
    whatToDo:
      'Refund the payment "by hand", with the number of the dispute as reference, so that the books say so. Then decide about what the customer uses.',
  },
};

async function aboutDispute(call: Asked, dispute: Stripe.Dispute): Promise<Notice | undefined> {
  const known = DISPUTES[dispute.status];
  if (!known) return undefined;
  const { state, ...words } = known;
  const currency = dispute.currency.toUpperCase();
  const about = { amountMinor: fromStripe(dispute.amount, currency), currency, reason: dispute.reason };
  return trouble(call, dispute.payment_intent, { ...words, ...(state && { dispute: { state, ...about } }) });
}

/** Disputes and refunds do not carry the shop's marks, so the payment they are about is asked for. */
async function trouble(
  call: Asked,
  intent: string | Stripe.PaymentIntent | null,
  words: Words,
): Promise<Notice | undefined> {
  if (intent === null) return undefined;
  const id = typeof intent === 'object' ? intent.id : intent;
  const found = await askOrMissing(() => stripeApi(call).paymentIntents.retrieve(id));
  const key = found?.metadata[PAYMENT];
  return key ? { about: 'trouble', idempotencyKey: key, ...words } : undefined;
}
