/** Check-out sessions: a page that takes a payment or keeps a card, until it is done, expired or given up. */
import { type Authentication, attach, type Bank, type CardEntry, charge, keepMethod, paymentError } from './banking.ts';
import { find, newId, type PageLine } from './books.ts';
import { type Form, formOf, listOf, marksIn, textOf } from './form.ts';
import { amountIn, answerIntent, cancelIntent, checkAmount, makeIntent } from './intents.ts';
import type { LineItem, PaymentIntent, Session, SetupIntent } from './objects.ts';
import { answerSetup, makeSetupIntent } from './setup-intents.ts';
import { invalidRequest, required, StripeFailure } from './stripe-error.ts';
import { cardOf } from './test-cards.ts';

const DAY_SECONDS = 86_400;
const NOT_CONFIRMED = 'Your bank was not told that it is you. Try again, or use another card.';

export function createSession(bank: Bank, body: Form): Session {
  const mode = textOf(body.mode);
  if (mode !== 'payment' && mode !== 'setup') throw required('mode');
  const successUrl = textOf(body.success_url);
  if (successUrl === undefined) throw required('success_url');
  const customer = textOf(body.customer) ?? null;
  if (customer !== null) find(bank.books.customers, customer, 'customer', 'customer');
  const asked =
    mode === 'payment' ? priceOf(body) : { amount: null, currency: textOf(body.currency) ?? null, lines: [] };
  if (mode === 'setup' && asked.currency === null) throw required('currency');
  const id = newId('cs_test');
  const session: Session = {
    id,
    object: 'checkout.session',
    created: bank.now(),
    livemode: false,
    metadata: marksIn(body.metadata),
    amount_subtotal: asked.amount,
    amount_total: asked.amount,
    cancel_url: textOf(body.cancel_url) ?? null,
    client_reference_id: textOf(body.client_reference_id) ?? null,
    currency: asked.currency,
    customer,
    customer_email: textOf(body.customer_email) ?? null,
    expires_at: Number(textOf(body.expires_at) ?? bank.now() + DAY_SECONDS),
    mode,
    payment_intent: null,
    payment_method_types: ['card'],
    payment_status: mode === 'setup' ? 'no_payment_required' : 'unpaid',
    setup_intent: null,
    status: 'open',
    success_url: successUrl,
    ui_mode: 'hosted_page',
    url: `${bank.pages}/c/pay/${id}`,
  };
  const intent = formOf(body.payment_intent_data);
  bank.books.hidden.set(id, {
    lines: asked.lines,
    intentMetadata: marksIn(intent.metadata),
    description: textOf(intent.description),
    setupFutureUsage: textOf(intent.setup_future_usage) as 'off_session' | 'on_session' | undefined,
  });
  if (mode === 'setup') return save(bank, { ...session, setup_intent: makeSetupIntent(bank, { customer }).id });
  return save(bank, session);
}

function priceOf(body: Form): { amount: number; currency: string; lines: PageLine[] } {
  const items = listOf(body.line_items).map(formOf);
  if (items.length === 0) throw required('line_items');
  const prices = items.map((item) => formOf(item.price_data));
  const currency = textOf(prices[0]?.currency);
  if (currency === undefined) throw required('line_items[0][price_data][currency]');
  const lines = items.map((item, index) => {
    const quantity = Number(textOf(item.quantity) ?? 1);
    const unit = amountIn(prices[index]?.unit_amount, `line_items[${index}][price_data][unit_amount]`);
    return { name: textOf(formOf(prices[index]?.product_data).name) ?? '', amount: unit * quantity, quantity };
  });
  const amount = lines.reduce((sum, line) => sum + line.amount, 0);
  checkAmount(amount, currency);
  return { amount, currency, lines };
}

/** The lines of a page as Stripe lists them. */
export function lineItemsOf(bank: Bank, sessionId: string): LineItem[] {
  const session = find(bank.books.sessions, sessionId, 'checkout.session', 'session');
  const currency = session.currency ?? '';
  return linesOf(bank, session).map(({ name, amount, quantity }, index) => ({
    id: `${sessionId.replace('cs_', 'li_')}${index}`,
    object: 'item',
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency,
    description: name,
    price: {
      id: `${sessionId.replace('cs_', 'price_')}${index}`,
      object: 'price',
      currency,
      unit_amount: amount / quantity,
    },
    quantity,
  }));
}

export const linesOf = ({ books }: Bank, { id }: Session) => books.hidden.get(id)?.lines ?? [];

/** Why the last card was not taken, in words for its owner; '' when none was tried. */
export function complaintOf({ books }: Bank, session: Session): string {
  const error =
    session.mode === 'payment'
      ? books.intents.get(session.payment_intent ?? '')?.last_payment_error
      : books.setupIntents.get(session.setup_intent ?? '')?.last_setup_error;
  if (!error) return '';
  return error.code?.endsWith('_authentication_failure') ? NOT_CONFIRMED : error.message;
}

/** A session as it is now: one whose time is over expires when somebody looks. */
export function currentSession(bank: Bank, id: string): Session {
  const session = find(bank.books.sessions, id, 'checkout.session', 'session');
  return session.status === 'open' && session.expires_at <= bank.now() ? expire(bank, session) : session;
}

/** @throws StripeFailure when it is not open any more */
export function expireSession(bank: Bank, id: string): Session {
  const session = currentSession(bank, id);
  if (session.status !== 'open') {
    throw invalidRequest(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`,
    );
  }
  return expire(bank, session);
}

function expire(bank: Bank, session: Session): Session {
  const intent = session.payment_intent === null ? undefined : bank.books.intents.get(session.payment_intent);
  if (intent && intent.status !== 'canceled') cancelIntent(bank, intent);
  const expired = save(bank, { ...session, status: 'expired', url: null });
  bank.emit('checkout.session.expired', expired);
  return expired;
}

/** Where the customer's browser goes next: a page of ours, or back to the shop. */
export type Next = { to: 'bank'; intentId: string } | { to: 'shop'; url: string } | { to: 'card'; error: string };

/** The card form was sent. */
export function enterCard(bank: Bank, sessionId: string, card: CardEntry): Next {
  const session = currentSession(bank, sessionId);
  if (session.status !== 'open') return { to: 'shop', url: backUrl(session) };
  const method = keepMethod(bank, card);
  return session.mode === 'payment'
    ? answered(() => payWith(bank, session, method.id, 'asked'))
    : answered(() => keepWith(bank, session, method.id, 'asked'));
}

/** The page whose customer a bank wants to hear from; none when the shop charges a card it kept. */
export function sessionAsking(bank: Bank, intentId: string): Session | undefined {
  const session = [...bank.books.sessions.values()].find(
    ({ payment_intent, setup_intent }) => payment_intent === intentId || setup_intent === intentId,
  );
  return session && currentSession(bank, session.id);
}

/** The customer answered their bank. */
export function answerBank(bank: Bank, intentId: string, confirmed: boolean): Next {
  const session = sessionAsking(bank, intentId);
  if (!session) {
    const setup = bank.books.setupIntents.get(intentId);
    if (setup) return { to: 'shop', url: answerSetup(bank, setup, confirmed) };
    const intent = find(bank.books.intents, intentId, 'payment_intent');
    return { to: 'shop', url: answerIntent(bank, intent, confirmed ? 'confirmed' : 'refused') };
  }
  if (session.status !== 'open') return { to: 'shop', url: backUrl(session) };
  const answer: Authentication = confirmed ? 'confirmed' : 'refused';
  const methodId = bank.books.hidden.get(intentId)?.paymentMethod ?? '';
  return session.mode === 'payment'
    ? answered(() => payWith(bank, session, methodId, answer))
    : answered(() => keepWith(bank, session, methodId, answer));
}

function answered(run: () => Next): Next {
  try {
    return run();
  } catch (error) {
    if (error instanceof StripeFailure && error.status === 402) return { to: 'card', error: error.message };
    throw error;
  }
}

function payWith(bank: Bank, session: Session, methodId: string, authentication: Authentication): Next {
  const method = find(bank.books.methods, methodId, 'PaymentMethod');
  const intent = charge(bank, intentOf(bank, session), method, authentication);
  if (intent.status === 'requires_action') {
    bank.books.hidden.set(intent.id, { paymentMethod: methodId });
    return { to: 'bank', intentId: intent.id };
  }
  const payment_status = intent.status === 'processing' ? 'unpaid' : 'paid';
  return complete(bank, { ...session, payment_intent: intent.id, payment_status });
}

/** The bank has decided about a payment that took it days. */
export function concludeSession(bank: Bank, intent: PaymentIntent): void {
  const session = [...bank.books.sessions.values()].find(({ payment_intent }) => payment_intent === intent.id);
  if (session?.status !== 'complete') return;
  const paid = intent.status === 'succeeded';
  const concluded = save(bank, { ...session, payment_status: paid ? 'paid' : 'unpaid' });
  bank.emit(`checkout.session.async_payment_${paid ? 'succeeded' : 'failed'}`, concluded);
}

/** Made when the first card is tried, and kept for the next one. */
function intentOf(bank: Bank, session: Session): PaymentIntent {
  if (session.payment_intent !== null) return find(bank.books.intents, session.payment_intent, 'payment_intent');
  const hidden = bank.books.hidden.get(session.id);
  const intent = makeIntent(bank, {
    amount: session.amount_total ?? 0,
    currency: session.currency ?? '',
    customer: session.customer,
    metadata: hidden?.intentMetadata ?? {},
    description: hidden?.description ?? null,
    setupFutureUsage: hidden?.setupFutureUsage ?? null,
  });
  save(bank, { ...session, payment_intent: intent.id });
  return intent;
}

function keepWith(bank: Bank, session: Session, methodId: string, authentication: Authentication): Next {
  const method = find(bank.books.methods, methodId, 'PaymentMethod');
  const intent = find(bank.books.setupIntents, session.setup_intent ?? '', 'setup_intent');
  const card = cardOf(bank.books.hidden.get(methodId)?.number ?? '');
  if (card.authentication !== 'never' && authentication === 'asked') {
    bank.books.setupIntents.set(intent.id, { ...intent, status: 'requires_action', payment_method: methodId });
    bank.books.hidden.set(intent.id, { paymentMethod: methodId });
    return { to: 'bank', intentId: intent.id };
  }
  if (authentication === 'refused') {
    const refusal = {
      code: 'setup_intent_authentication_failure',
      message: 'The payment method was not confirmed with your bank.',
    };
    const failed: SetupIntent = {
      ...intent,
      status: 'requires_payment_method',
      payment_method: null,
      last_setup_error: paymentError(refusal),
    };
    bank.books.setupIntents.set(intent.id, failed);
    bank.emit('setup_intent.setup_failed', failed);
    return { to: 'card', error: refusal.message };
  }
  const customer = find(bank.books.customers, session.customer ?? '', 'customer');
  attach(bank, method, customer, { setUp: true });
  const done: SetupIntent = { ...intent, status: 'succeeded', payment_method: methodId, last_setup_error: null };
  bank.books.setupIntents.set(intent.id, done);
  bank.emit('setup_intent.succeeded', done);
  return complete(bank, session);
}

function complete(bank: Bank, session: Session): Next {
  const done = save(bank, { ...session, status: 'complete', url: null });
  bank.emit('checkout.session.completed', done);
  return { to: 'shop', url: done.success_url.replaceAll('{CHECKOUT_SESSION_ID}', done.id) };
}

export const backUrl = (session: Session) =>
  session.status === 'complete' ? session.success_url : (session.cancel_url ?? session.success_url);

function save(bank: Bank, session: Session): Session {
  bank.books.sessions.set(session.id, session);
  return session;
}
