import { type Bank, capture, charge, methodOf } from './banking.ts';
import { find, newId } from './books.ts';
import { type Form, formOf, marksIn, textOf } from './form.ts';
import type { PaymentIntent } from './objects.ts';
import { invalidRequest, required, StripeFailure } from './stripe-error.ts';

/** Stripe's smallest amount, in the smallest unit; it differs by currency, and this is the one of most. */
const SMALLEST = 50;

interface NewIntent {
  amount: number;
  currency: string;
  customer: string | null;
  metadata: Record<string, string>;
  description: string | null;
  setupFutureUsage: PaymentIntent['setup_future_usage'];
  captureMethod?: PaymentIntent['capture_method'];
  receiptEmail?: string | null;
}

export function makeIntent(bank: Bank, wanted: NewIntent): PaymentIntent {
  const id = newId('pi');
  const intent: PaymentIntent = {
    id,
    object: 'payment_intent',
    created: bank.now(),
    livemode: false,
    metadata: wanted.metadata,
    amount: wanted.amount,
    amount_capturable: 0,
    amount_received: 0,
    cancellation_reason: null,
    canceled_at: null,
    capture_method: wanted.captureMethod ?? 'automatic_async',
    client_secret: `${id}_secret_${newId('x').slice(2)}`,
    confirmation_method: 'automatic',
    currency: wanted.currency,
    customer: wanted.customer,
    description: wanted.description,
    last_payment_error: null,
    latest_charge: null,
    next_action: null,
    payment_method: null,
    payment_method_types: ['card'],
    receipt_email: wanted.receiptEmail ?? null,
    setup_future_usage: wanted.setupFutureUsage,
    status: 'requires_payment_method',
  };
  bank.books.intents.set(id, intent);
  bank.emit('payment_intent.created', intent);
  return intent;
}

export function createIntent(bank: Bank, body: Form): PaymentIntent {
  const amount = amountIn(body.amount, 'amount');
  const currency = textOf(body.currency);
  if (currency === undefined) throw required('currency');
  checkAmount(amount, currency);
  const customer = textOf(body.customer) ?? null;
  if (customer !== null) find(bank.books.customers, customer, 'customer', 'customer');
  if (body.off_session === 'true' && body.confirm !== 'true') {
    throw invalidRequest('off_session can only be used with confirm=true.', { param: 'off_session' });
  }
  const staysHere =
    formOf(body.automatic_payment_methods).allow_redirects === 'never' || 'payment_method_types' in body;
  if (body.confirm === 'true' && !staysHere) returnUrlIn(body);
  const wantedMethod = textOf(body.payment_method);
  const method = wantedMethod === undefined ? undefined : methodOf(bank, wantedMethod);
  if (method && method.customer !== customer && method.customer !== null) {
    throw invalidRequest('The provided PaymentMethod cannot be used with this Customer: it belongs to another one.', {
      code: 'payment_method_customer_mismatch',
      param: 'payment_method',
    });
  }
  const made = makeIntent(bank, {
    amount,
    currency,
    customer,
    metadata: marksIn(body.metadata),
    description: textOf(body.description) ?? null,
    captureMethod: captureMethodIn(body),
    receiptEmail: textOf(body.receipt_email) ?? null,
    setupFutureUsage: (textOf(body.setup_future_usage) ?? null) as PaymentIntent['setup_future_usage'],
  });
  bank.books.hidden.set(made.id, { staysHere });
  if (!method) return made;
  const ready: PaymentIntent = { ...made, status: 'requires_confirmation', payment_method: method.id };
  bank.books.intents.set(ready.id, ready);
  return body.confirm === 'true' ? confirmIntent(bank, ready, { ...body, payment_method: method.id }) : ready;
}

export function confirmIntent(bank: Bank, intent: PaymentIntent, body: Form): PaymentIntent {
  if (!CONFIRMABLE.has(intent.status)) throw unexpected(intent, 'confirm');
  const id = textOf(body.payment_method) ?? intent.payment_method;
  if (id === null)
    throw invalidRequest('You cannot confirm this PaymentIntent because it is missing a payment method.', {
      code: 'payment_intent_unexpected_state',
    });
  const { staysHere = false } = bank.books.hidden.get(intent.id) ?? {};
  const returnUrl = staysHere ? (textOf(body.return_url) ?? '') : returnUrlIn(body);
  bank.books.hidden.set(intent.id, { paymentMethod: id, returnUrl, staysHere });
  return charge(bank, intent, methodOf(bank, id), body.off_session === 'true' ? 'away' : 'asked', returnUrl);
}

/** Stripe wants one with every confirmation, since the methods switched on in its dashboard may lead elsewhere. */
function returnUrlIn(body: Form): string {
  const returnUrl = textOf(body.return_url);
  if (returnUrl !== undefined) return returnUrl;
  throw invalidRequest(
    'This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`.',
    { param: 'return_url' },
  );
}

/**
 * The customer answered the bank about a charge that has no check-out page.
 * @returns where they are sent back to; a refusal is in the intent
 */
export function answerIntent(bank: Bank, intent: PaymentIntent, answer: 'confirmed' | 'refused'): string {
  const { paymentMethod = '', returnUrl = '' } = bank.books.hidden.get(intent.id) ?? {};
  try {
    if (intent.status === 'requires_action')
      charge(bank, intent, find(bank.books.methods, paymentMethod, 'PaymentMethod'), answer);
  } catch (error) {
    if (!(error instanceof StripeFailure && error.status === 402)) throw error;
  }
  const back = new URL(returnUrl);
  back.searchParams.set('payment_intent', intent.id);
  back.searchParams.set('payment_intent_client_secret', intent.client_secret);
  return back.href;
}

export function cancelIntent(bank: Bank, intent: PaymentIntent, body: Form = {}): PaymentIntent {
  if (['succeeded', 'canceled', 'processing'].includes(intent.status)) throw unexpected(intent, 'cancel');
  const canceled: PaymentIntent = {
    ...intent,
    status: 'canceled',
    canceled_at: bank.now(),
    cancellation_reason: textOf(body.cancellation_reason) ?? null,
    amount_capturable: 0,
    next_action: null,
  };
  bank.books.intents.set(intent.id, canceled);
  bank.emit('payment_intent.canceled', canceled);
  return canceled;
}

const CONFIRMABLE = new Set(['requires_payment_method', 'requires_confirmation', 'requires_action']);

function captureMethodIn(body: Form): PaymentIntent['capture_method'] {
  const wanted = textOf(body.capture_method) ?? 'automatic_async';
  if (wanted === 'automatic' || wanted === 'automatic_async' || wanted === 'manual') return wanted;
  throw invalidRequest(`Invalid capture_method: must be one of automatic, automatic_async, or manual`, {
    param: 'capture_method',
  });
}

/** Take what was authorised, or a part of it; the rest is let go. */
export function captureIntent(bank: Bank, intent: PaymentIntent, body: Form): PaymentIntent {
  if (intent.status !== 'requires_capture') {
    throw invalidRequest(
      `This PaymentIntent could not be captured because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`,
      { code: 'payment_intent_unexpected_state' },
    );
  }
  const amount =
    body.amount_to_capture === undefined
      ? intent.amount_capturable
      : amountIn(body.amount_to_capture, 'amount_to_capture');
  if (amount < 1 || amount > intent.amount_capturable) {
    throw invalidRequest(
      `The amount_to_capture (${amount}) is greater than the amount you can capture (${intent.amount_capturable}).`,
      { code: 'amount_too_large', param: 'amount_to_capture' },
    );
  }
  return capture(bank, intent, amount);
}

const unexpected = (intent: PaymentIntent, verb: string) =>
  invalidRequest(`You cannot ${verb} this PaymentIntent because it has a status of ${intent.status}.`, {
    code: 'payment_intent_unexpected_state',
  });

export function amountIn(value: Form[string] | undefined, param: string): number {
  const text = textOf(value);
  if (text === undefined) throw required(param);
  const amount = Number(text);
  if (!Number.isInteger(amount))
    throw invalidRequest(`Invalid integer: ${text}`, { code: 'parameter_invalid_integer', param });
  return amount;
}

export function checkAmount(amount: number, currency: string): void {
  if (amount < SMALLEST) {
    throw invalidRequest(`Amount must convert to at least 50 cents. ${amount} ${currency} is too small.`, {
      code: 'amount_too_small',
      param: 'amount',
    });
  }
  if (amount > 99_999_999)
    throw invalidRequest('Amount must be no more than 99999999.', { code: 'amount_too_large', param: 'amount' });
}
