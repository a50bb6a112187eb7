/** What became of a charge, as Stripe has it now. Nothing here trusts what a webhook or a browser said. */
import {
  type ChargeResult,
  type ChargeState,
  type ChargeToFind,
  NeedsStaff,
  type OpenCharge,
  Refused,
} from '@hostwright/sdk';
import type { Stripe } from 'stripe';
import { fromStripe } from './amount.ts';
import { ask, askOrMissing, askUnlessRefused, stripeApi } from './api.ts';
import { declineWords, needsCustomer } from './declines.ts';
import { CUSTOMER, INVOICE, PAYMENT } from './marks.ts';
import { type Asked, isLive } from './settings.ts';

type Session = Stripe.Checkout.Session;
type Intent = Stripe.PaymentIntent;

/** Clocks differ; what was made a little before it was asked for is looked at too. */
const CLOCK_SLACK_SECONDS = 3_600;
const PAGE = 100;

export async function findCharge(call: Asked & ChargeToFind): Promise<ChargeState> {
  const session = await findSession(call);
  if (session) return stateOfSession(session, call.customerReference);
  const intent = await findIntent(call);
  if (intent) return stateOfIntent(intent, call.customerReference);
  if (call.handle !== null) await refuseOtherAccount(call, call.handle);
  return 'absent';
}

/**
 * Stripe made this page and does not have it: the key is another account's, which knows nothing of money that may have been
 * taken. A test page asked after with a live key never took any.
 *
 * @throws NeedsStaff
 */
async function refuseOtherAccount(call: Asked, handle: string): Promise<void> {
  if (handle.startsWith('cs_test_') && isLive(call.settings.secretKey)) return;
  const there = await askOrMissing(() => stripeApi(call).checkout.sessions.retrieve(handle));
  if (there) return; // it is of another charge
  throw new NeedsStaff('This payment method does not work at the moment.', {
    code: 'other_account',
    detail: `The Stripe account of this key does not have the page ${handle}: it was made with the key of another account.`,
  });
}

/** Let nobody pay on its page, or confirm it at a bank, any more. What has been paid, or is being worked on, stays as it is. */
export async function withdrawCharge(call: Asked & ChargeToFind): Promise<ChargeState> {
  const session = await findSession(call);
  const intent = session ? undefined : await findIntent(call);
  // Paid or gone since we looked: then Stripe refuses, and what is true is asked below.
  if (session?.status === 'open') await askUnlessRefused(() => stripeApi(call).checkout.sessions.expire(session.id));
  if (intent?.status === 'requires_action')
    await askUnlessRefused(() => stripeApi(call).paymentIntents.cancel(intent.id));
  return findCharge(call);
}

/**
 * By its handle; without one, among what was made for the customer since. (Stripe's search lags behind by up to a
 * minute; lists do not.)
 */
async function findSession(call: Asked & ChargeToFind): Promise<Session | undefined> {
  const { handle, customerReference, idempotencyKey } = call;
  const api = stripeApi(call);
  if (handle !== null) {
    const expand = ['payment_intent.latest_charge.balance_transaction'];
    const session = await askOrMissing(() => api.checkout.sessions.retrieve(handle, { expand }));
    return session?.client_reference_id === idempotencyKey ? session : undefined;
  }
  if (customerReference === null) return undefined;
  const look = async () => {
    const expand = ['data.payment_intent.latest_charge'];
    const created = madeSince(call.since);
    const which = { customer: customerReference, created, expand, limit: PAGE };
    for await (const session of api.checkout.sessions.list(which)) {
      if (session.client_reference_id === idempotencyKey) return session;
    }
    return undefined;
  };
  return unlessGone(ask(look));
}

/**
 * A saved card is charged without a page. Looked for among the customer's; then, should the customer have been made anew at
 * Stripe since, among everybody's of those hours.
 */
async function findIntent(call: Asked & ChargeToFind): Promise<Intent | undefined> {
  const created = madeSince(call.since);
  const { customerReference: customer } = call;
  const among = (which: Stripe.PaymentIntentListParams) =>
    ask(async () => {
      const expand = ['data.latest_charge.balance_transaction'];
      for await (const intent of stripeApi(call).paymentIntents.list({ ...which, expand, limit: PAGE })) {
        if (intent.metadata[PAYMENT] === call.idempotencyKey) return intent;
      }
      return undefined;
    });
  const own = customer === null ? undefined : await unlessGone(among({ customer, created }));
  return own ?? among({ created: { ...created, lte: created.gte + 2 * CLOCK_SLACK_SECONDS } });
}

/** Nothing is listed for a customer whom Stripe does not have any more. */
const unlessGone = <T>(asking: Promise<T>): Promise<T | undefined> =>
  asking.catch((error: unknown) => {
    if (error instanceof Refused && error.code === 'customer_missing') return undefined;
    throw error;
  });

function stateOfSession(session: Session, customerReference: string | null): ChargeState {
  const intent = typeof session.payment_intent === 'object' ? session.payment_intent : null;
  if (intent?.status === 'succeeded') return paidBy(intent, customerReference);
  if (session.status === 'expired' && !isUnderWay(intent)) {
    return { outcome: 'declined', message: 'The payment page was left before anything was paid.' };
  }
  if (session.status !== 'open') return intent ? stateOfIntent(intent, customerReference) : WITH_THE_BANK;
  return {
    outcome: 'open',
    url: session.url,
    message: intent?.last_payment_error ? declineWords(intent.last_payment_error) : '',
  };
}

/** Of a charge that has no page, or whose page is done: whatever is not paid or on its way can no longer be paid. */
function stateOfIntent(intent: Intent, customerReference: string | null): ChargeState {
  if (intent.status === 'succeeded') return paidBy(intent, customerReference);
  if (isUnderWay(intent)) return WITH_THE_BANK;
  if (intent.status === 'requires_action') return atTheBank(intent);
  // A charge that was ended while its bank waited for an answer has no error: nobody confirmed it.
  return declinedBy(intent.last_payment_error ?? { code: 'payment_intent_authentication_failure' });
}

/** Direct debits take days; and what is authorised can be captured in the dashboard. */
const isUnderWay = (intent: Intent | null): boolean =>
  intent?.status === 'processing' || intent?.status === 'requires_capture';

/** The bank wants to hear from the customer, on a page of its own. */
export const atTheBank = (intent: Intent): OpenCharge => ({
  ...WITH_THE_BANK,
  ...(intent.next_action?.redirect_to_url?.url ? { url: intent.next_action.redirect_to_url.url, message: '' } : {}),
});

const WITH_THE_BANK: OpenCharge = {
  outcome: 'open',
  url: null,
  message: 'Your bank is still working on the payment.',
};

/** A charge that came through, with what it was for. Money that was given back at once counts as never taken. */
export function paidBy(intent: Intent, customerReference: string | null): ChargeResult {
  const charge = typeof intent.latest_charge === 'object' ? intent.latest_charge : null;
  if (charge?.refunded) return { outcome: 'declined', message: 'The payment was given back.' };
  const known = customerReference === null || intent.customer === customerReference;
  return {
    outcome: 'paid',
    reference: intent.id,
    feeMinor: feeOf(charge, intent.currency),
    taken: {
      amountMinor: fromStripe(intent.amount_received, intent.currency),
      currency: intent.currency.toUpperCase(),
      invoiceId: intent.metadata[INVOICE] ?? '',
      customerId: known ? (intent.metadata[CUSTOMER] ?? '') : '',
    },
  };
}

/** Stripe's fee in the currency of the charge; 0 when it is taken in another one, or not known yet. */
function feeOf(charge: Stripe.Charge | null, currency: string): bigint {
  const booked = charge?.balance_transaction;
  return booked && typeof booked === 'object' && booked.currency === currency ? fromStripe(booked.fee, currency) : 0n;
}

export const declinedBy = (error: { code?: string | undefined; decline_code?: string | undefined }): ChargeResult => ({
  outcome: 'declined',
  message: declineWords(error),
  ...(needsCustomer(error) ? { needsCustomer: true } : {}),
});

const madeSince = (since: Date) => ({ gte: Math.floor(since.getTime() / 1000) - CLOCK_SLACK_SECONDS });
