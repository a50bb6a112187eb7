/** What happens to a card: it is read, kept for later, charged, refused, and its money given back. */
import { createHash } from 'node:crypto';
import { type Books, find, newId } from './books.ts';
import type { Charge, Customer, PaymentError, PaymentIntent, PaymentMethod, Refund } from './objects.ts';
import { invalidRequest, StripeFailure } from './stripe-error.ts';
import { AUTHENTICATE, cardOf, NAMED_CARDS, NOT_AUTHENTICATED, type Refusal } from './test-cards.ts';

/** A working simulator: its memory, its clock, and whoever is told of what happened. */
export interface Bank {
  books: Books;
  /** Seconds since 1970. */
  now(): number;
  emit(type: string, object: unknown, previous?: Record<string, unknown>): void;
  /** Where its pages are, without a slash at the end. */
  pages: string;
}

export interface CardEntry {
  number: string;
  expMonth: number;
  expYear: number;
  name: string | null;
  email: string | null;
}

export function keepMethod({ books, now }: Bank, card: CardEntry): PaymentMethod {
  const method: PaymentMethod = {
    id: newId('pm'),
    object: 'payment_method',
    created: now(),
    livemode: false,
    metadata: {},
    type: 'card',
    allow_redisplay: 'limited',
    billing_details: { address: null, email: card.email, name: card.name, phone: null },
    card: {
      brand: cardOf(card.number).brand,
      checks: { cvc_check: 'pass' },
      country: 'US',
      exp_month: card.expMonth,
      exp_year: card.expYear,
      fingerprint: createHash('sha256').update(card.number).digest('base64url').slice(0, 16),
      funding: 'credit',
      last4: card.number.slice(-4),
      three_d_secure_usage: { supported: true },
    },
    customer: null,
  };
  books.methods.set(method.id, method);
  books.hidden.set(method.id, { number: card.number, setUp: false });
  return method;
}

/** A payment method by its id, or by one of the names Stripe gives to test cards. */
export function methodOf(bank: Bank, id: string): PaymentMethod {
  const number = NAMED_CARDS[id];
  if (number === undefined) {
    if (bank.books.hidden.get(id)?.spent) {
      throw invalidRequest(
        'The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, or was detached from a Customer. It may not be used again.',
      );
    }
    return find(bank.books.methods, id, 'PaymentMethod', 'payment_method');
  }
  return keepMethod(bank, {
    number,
    expMonth: 12,
    expYear: new Date(bank.now() * 1000).getUTCFullYear() + 4,
    name: null,
    email: null,
  });
}

/** @throws StripeFailure when the bank does not want its card kept */
export function attach(bank: Bank, method: PaymentMethod, customer: Customer, how: { setUp: boolean }): PaymentMethod {
  const { books } = bank;
  const hidden = books.hidden.get(method.id) ?? {};
  const refusal = cardOf(hidden.number ?? '').setUp;
  if (refusal) throw new StripeFailure(402, paymentError(refusal), true);
  const attached = { ...method, customer: customer.id };
  books.methods.set(method.id, attached);
  books.hidden.set(method.id, { ...hidden, setUp: hidden.setUp || how.setUp });
  if (method.customer === null) bank.emit('payment_method.attached', attached);
  return attached;
}

export function detach(bank: Bank, method: PaymentMethod): PaymentMethod {
  if (method.customer === null) {
    throw invalidRequest('The payment method you provided is not attached to a customer so detachment is impossible.');
  }
  const detached = { ...method, customer: null };
  bank.books.methods.set(method.id, detached);
  bank.books.hidden.set(method.id, { ...bank.books.hidden.get(method.id), spent: true });
  bank.emit('payment_method.detached', detached, { customer: method.customer });
  return detached;
}

/** How the customer answers their bank; `asked` when nobody is there yet. */
export type Authentication = 'away' | 'asked' | 'confirmed' | 'refused';

/**
 * Charge a card.
 *
 * @returns the intent, `requires_action` when the bank wants to hear from the customer first
 * @throws StripeFailure 402 when the bank says no; the intent is there and says so too
 */
export function charge(
  bank: Bank,
  intent: PaymentIntent,
  method: PaymentMethod,
  authentication: Authentication,
  returnUrl: string | null = null,
): PaymentIntent {
  const hidden = bank.books.hidden.get(method.id) ?? {};
  const card = cardOf(hidden.number ?? '');
  const away = authentication === 'away';
  const asks =
    card.authentication === 'always' ||
    (card.authentication === 'in_person' && !away) ||
    (card.authentication === 'until_set_up' && !(away && hidden.setUp));
  if (asks && away) return refuse(bank, intent, method, AUTHENTICATE);
  if (asks && authentication === 'refused') return refuse(bank, intent, method, NOT_AUTHENTICATED);
  if (asks && authentication === 'asked') {
    const url = `${bank.pages}/c/3d-secure/${intent.id}`;
    const waiting: PaymentIntent = {
      ...intent,
      status: 'requires_action',
      payment_method: method.id,
      next_action: { type: 'redirect_to_url', redirect_to_url: { url, return_url: returnUrl } },
    };
    bank.books.intents.set(intent.id, waiting);
    bank.emit('payment_intent.requires_action', waiting);
    return waiting;
  }
  if (card.slow) return wait(bank, intent, method);
  if (card.charge) return refuse(bank, intent, method, card.charge);
  return intent.capture_method === 'manual' ? authorise(bank, intent, method) : take(bank, intent, method);
}

/** A direct debit: the bank says days later whether it pays. */
function wait(bank: Bank, intent: PaymentIntent, method: PaymentMethod): PaymentIntent {
  const made: Charge = { ...newCharge(bank, intent, method), paid: false, captured: true, status: 'pending' };
  bank.books.charges.set(made.id, made);
  const waiting: PaymentIntent = {
    ...intent,
    status: 'processing',
    latest_charge: made.id,
    payment_method: method.id,
    last_payment_error: null,
    next_action: null,
  };
  bank.books.intents.set(intent.id, waiting);
  bank.emit('charge.pending', made);
  bank.emit('payment_intent.processing', waiting);
  return waiting;
}

/** The bank has decided about a charge that is `processing`. */
export function bankDecides(bank: Bank, intent: PaymentIntent, decision: 'pays' | 'refuses'): PaymentIntent {
  const method = find(bank.books.methods, intent.payment_method ?? '', 'PaymentMethod');
  if (decision === 'pays') return take(bank, intent, method);
  try {
    return refuse(bank, intent, method, {
      code: 'payment_intent_payment_attempt_failed',
      message: 'The payment failed.',
    });
  } catch (error) {
    if (!(error instanceof StripeFailure)) throw error;
    return find(bank.books.intents, intent.id, 'payment_intent');
  }
}

function authorise(bank: Bank, intent: PaymentIntent, method: PaymentMethod): PaymentIntent {
  const made: Charge = { ...newCharge(bank, intent, method), captured: false };
  bank.books.charges.set(made.id, made);
  const held: PaymentIntent = {
    ...intent,
    status: 'requires_capture',
    amount_capturable: intent.amount,
    latest_charge: made.id,
    payment_method: method.id,
    last_payment_error: null,
    next_action: null,
  };
  bank.books.intents.set(intent.id, held);
  bank.emit('charge.succeeded', made);
  bank.emit('payment_intent.amount_capturable_updated', held);
  return held;
}

/** Take what was authorised. @param amount at most what was */
export function capture(bank: Bank, intent: PaymentIntent, amount: number): PaymentIntent {
  const made = find(bank.books.charges, intent.latest_charge ?? '', 'charge');
  const taken = book(bank, { ...made, captured: true, amount_captured: amount, amount_refunded: made.amount - amount });
  const paid: PaymentIntent = { ...intent, status: 'succeeded', amount_capturable: 0, amount_received: amount };
  bank.books.intents.set(intent.id, paid);
  bank.emit('charge.captured', taken);
  bank.emit('payment_intent.succeeded', paid);
  return paid;
}

/** What Stripe keeps of a charge, and what it passes on. */
function book({ books, now }: Bank, charge: Charge): Charge {
  const id = newId('txn');
  const { amount_captured: amount, currency } = charge;
  // 1.5 % and 25 cents, as a card from the same continent costs.
  const fee = Math.round(amount * 0.015) + 25;
  books.balance.set(id, {
    id,
    object: 'balance_transaction',
    created: now(),
    amount,
    currency,
    fee,
    net: amount - fee,
    source: charge.id,
    status: 'pending',
    type: 'charge',
  });
  const booked = { ...charge, balance_transaction: id };
  books.charges.set(charge.id, booked);
  return booked;
}

function take(bank: Bank, intent: PaymentIntent, method: PaymentMethod): PaymentIntent {
  const { books } = bank;
  const made = newCharge(bank, intent, method);
  const waited = intent.status === 'processing' ? intent.latest_charge : null;
  const taken = book(bank, { ...made, id: waited ?? made.id, amount_captured: intent.amount });
  const customer = intent.customer === null ? undefined : books.customers.get(intent.customer);
  if (intent.setup_future_usage !== null && customer) attach(bank, method, customer, { setUp: true });
  const paid: PaymentIntent = {
    ...intent,
    status: 'succeeded',
    amount_received: intent.amount,
    latest_charge: taken.id,
    payment_method: method.id,
    last_payment_error: null,
    next_action: null,
  };
  books.intents.set(intent.id, paid);
  bank.emit('charge.succeeded', taken);
  bank.emit('payment_intent.succeeded', paid);
  return paid;
}

function refuse(bank: Bank, intent: PaymentIntent, method: PaymentMethod, refusal: Refusal): never {
  const failed: Charge = {
    ...newCharge(bank, intent, method),
    captured: false,
    paid: false,
    status: 'failed',
    failure_code: refusal.code,
    failure_message: refusal.message,
    outcome: {
      network_status: 'declined_by_network',
      reason: refusal.decline_code ?? null,
      seller_message: 'The bank declined the payment.',
      type: 'issuer_declined',
    },
  };
  bank.books.charges.set(failed.id, failed);
  const error: PaymentError = { ...paymentError(refusal), charge: failed.id, payment_method: method };
  const open: PaymentIntent = {
    ...intent,
    status: 'requires_payment_method',
    payment_method: null,
    latest_charge: failed.id,
    last_payment_error: error,
    next_action: null,
  };
  bank.books.intents.set(intent.id, open);
  bank.emit('charge.failed', failed);
  bank.emit('payment_intent.payment_failed', open);
  throw new StripeFailure(402, { ...error, payment_intent: open }, true);
}

const newCharge = ({ now }: Bank, intent: PaymentIntent, method: PaymentMethod): Charge => ({
  id: newId('ch'),
  object: 'charge',
  created: now(),
  livemode: false,
  metadata: intent.metadata,
  amount: intent.amount,
  amount_captured: 0,
  amount_refunded: 0,
  balance_transaction: null,
  captured: true,
  currency: intent.currency,
  customer: intent.customer,
  description: intent.description,
  disputed: false,
  failure_code: null,
  failure_message: null,
  outcome: {
    network_status: 'approved_by_network',
    reason: null,
    seller_message: 'Payment complete.',
    type: 'authorized',
  },
  paid: true,
  payment_intent: intent.id,
  payment_method: method.id,
  refunded: false,
  status: 'succeeded',
});

export const paymentError = ({ code, decline_code, message }: Refusal): PaymentError => ({
  type: 'card_error',
  code,
  ...(decline_code === undefined ? {} : { decline_code }),
  message,
  doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`,
});

/** @throws StripeFailure when there is not so much left */
export function giveBack(
  bank: Bank,
  charged: Charge,
  wanted: { amount: number | undefined; metadata: Record<string, string>; reason: string | null },
): Refund {
  const left = charged.amount - charged.amount_refunded;
  const amount = wanted.amount ?? left;
  if (charged.disputed) {
    throw invalidRequest(`Charge ${charged.id} has been charged back; cannot issue a refund.`, {
      code: 'charge_disputed',
    });
  }
  if (left === 0) {
    throw invalidRequest(`Charge ${charged.id} has already been refunded.`, { code: 'charge_already_refunded' });
  }
  if (amount > left) {
    throw invalidRequest(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, {
      param: 'amount',
    });
  }
  if (!(amount > 0))
    throw invalidRequest('Invalid positive integer', { code: 'parameter_invalid_integer', param: 'amount' });
  const refund: Refund = {
    id: newId('re'),
    object: 'refund',
    created: bank.now(),
    metadata: wanted.metadata,
    amount,
    balance_transaction: null,
    charge: charged.id,
    currency: charged.currency,
    payment_intent: charged.payment_intent,
    reason: wanted.reason,
    status: cardOf(bank.books.hidden.get(charged.payment_method)?.number ?? '').refundsWait ? 'pending' : 'succeeded',
  };
  bank.books.refunds.set(refund.id, refund);
  const refunded = charged.amount_refunded + amount;
  const changed: Charge = { ...charged, amount_refunded: refunded, refunded: refunded === charged.amount };
  bank.books.charges.set(charged.id, changed);
  bank.emit('refund.created', refund);
  bank.emit('charge.refunded', changed, { amount_refunded: charged.amount_refunded });
  return refund;
}

/** How a refund ended, days later: one that failed leaves the money with the shop. */
export function finishRefund(bank: Bank, refund: Refund, status: 'succeeded' | 'failed'): Refund {
  const failed = status === 'failed';
  const finished: Refund = { ...refund, status, ...(failed ? { failure_reason: 'lost_or_stolen_card' } : {}) };
  bank.books.refunds.set(refund.id, finished);
  if (failed) {
    const charged = find(bank.books.charges, refund.charge, 'charge');
    const amount_refunded = charged.amount_refunded - refund.amount;
    bank.books.charges.set(charged.id, { ...charged, amount_refunded, refunded: false });
    bank.emit('refund.failed', finished);
  }
  bank.emit('refund.updated', finished);
  return finished;
}
