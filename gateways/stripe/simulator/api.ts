/** The API of the simulated Stripe, as a table: what is asked for, which permission it takes, what is answered. */
import { attach, type Bank, detach, giveBack, keepMethod } from './banking.ts';
import { find, newId, page } from './books.ts';
import { type Form, formOf, listOf, marksIn, textOf } from './form.ts';
import { cancelIntent, confirmIntent, createIntent } from './intents.ts';
import type { Charge, Customer, WebhookEndpoint } from './objects.ts';
import { createSession, currentSession, expireSession } from './sessions.ts';
import { invalidRequest, required } from './stripe-error.ts';

export interface ApiCall {
  bank: Bank;
  /** The id in the path, '' where there is none. */
  id: string;
  /** Of a GET the query, of a POST the body. */
  given: Form;
  path: string;
}

export interface ApiRoute {
  method: 'GET' | 'POST' | 'DELETE';
  path: RegExp;
  /** What a restricted key must have. */
  permission: string;
  answer(call: ApiCall): unknown;
}

const route = (method: ApiRoute['method'], path: string, permission: string, answer: ApiRoute['answer']): ApiRoute => ({
  method,
  path: new RegExp(`^/v1/${path.replace('{id}', '([^/]+)')}$`),
  permission,
  answer,
});

export const API: ApiRoute[] = [
  route('POST', 'customers', 'customer', ({ bank, given }) => createCustomer(bank, given)),
  route('GET', 'customers', 'customer', ({ bank, given, path }) => page(bank.books.customers.values(), given, path)),
  route('GET', 'customers/{id}', 'customer', ({ bank, id }) => find(bank.books.customers, id, 'customer')),
  route('DELETE', 'customers/{id}', 'customer', ({ bank, id }) => {
    find(bank.books.customers, id, 'customer');
    for (const method of [...bank.books.methods.values()]) if (method.customer === id) detach(bank, method);
    bank.books.customers.delete(id);
    return { id, object: 'customer', deleted: true };
  }),
  route('GET', 'customers/{id}/payment_methods', 'payment_method', ({ bank, id, given, path }) => {
    find(bank.books.customers, id, 'customer', 'customer');
    return page(
      [...bank.books.methods.values()].filter(({ customer }) => customer === id),
      given,
      path,
    );
  }),

  route('POST', 'payment_methods', 'payment_method', ({ bank, given }) => {
    const card = formOf(given.card);
    const number = textOf(card.number);
    if (number === undefined) throw required('card[number]');
    const expiry = { expMonth: Number(textOf(card.exp_month)), expYear: Number(textOf(card.exp_year)) };
    return keepMethod(bank, { number, ...expiry, name: null, email: null });
  }),
  route('GET', 'payment_methods/{id}', 'payment_method', ({ bank, id }) =>
    find(bank.books.methods, id, 'PaymentMethod'),
  ),
  route('POST', 'payment_methods/{id}/attach', 'payment_method', ({ bank, id, given }) => {
    const customer = find(bank.books.customers, textOf(given.customer) ?? '', 'customer', 'customer');
    return attach(bank, find(bank.books.methods, id, 'PaymentMethod'), customer, { setUp: false });
  }),
  route('POST', 'payment_methods/{id}/detach', 'payment_method', ({ bank, id }) =>
    detach(bank, find(bank.books.methods, id, 'PaymentMethod')),
  ),

  route('POST', 'payment_intents', 'payment_intent', ({ bank, given }) => createIntent(bank, given)),
  route('GET', 'payment_intents', 'payment_intent', ({ bank, given, path }) =>
    page(ofCustomer(bank.books.intents.values(), given), given, path),
  ),
  route('GET', 'payment_intents/{id}', 'payment_intent', ({ bank, id }) =>
    find(bank.books.intents, id, 'payment_intent', 'intent'),
  ),
  route('POST', 'payment_intents/{id}/confirm', 'payment_intent', ({ bank, id, given }) =>
    confirmIntent(bank, find(bank.books.intents, id, 'payment_intent', 'intent'), given),
  ),
  route('POST', 'payment_intents/{id}/cancel', 'payment_intent', ({ bank, id, given }) =>
    cancelIntent(bank, find(bank.books.intents, id, 'payment_intent', 'intent'), given),
  ),

  route('POST', 'checkout/sessions', 'checkout_session', ({ bank, given }) => createSession(bank, given)),
  route('GET', 'checkout/sessions', 'checkout_session', ({ bank, given, path }) =>
    page(ofCustomer(bank.books.sessions.values(), given), given, path),
  ),
  route('GET', 'checkout/sessions/{id}', 'checkout_session', ({ bank, id }) => currentSession(bank, id)),
  route('POST', 'checkout/sessions/{id}/expire', 'checkout_session', ({ bank, id }) => expireSession(bank, id)),

  route('GET', 'setup_intents/{id}', 'setup_intent', ({ bank, id }) =>
    find(bank.books.setupIntents, id, 'setupintent', 'intent'),
  ),
  route('GET', 'charges/{id}', 'charge', ({ bank, id }) => find(bank.books.charges, id, 'charge')),
  route('GET', 'charges', 'charge', ({ bank, given, path }) =>
    page(ofCustomer(bank.books.charges.values(), given), given, path),
  ),
  route('GET', 'balance_transactions/{id}', 'balance_transaction', ({ bank, id }) =>
    find(bank.books.balance, id, 'balance transaction'),
  ),

  route('POST', 'refunds', 'charge', ({ bank, given }) => {
    const amount = textOf(given.amount);
    return giveBack(bank, chargeToRefund(bank, given), {
      amount: amount === undefined ? undefined : Number(amount),
      metadata: marksIn(given.metadata),
      reason: textOf(given.reason) ?? null,
    });
  }),
  route('GET', 'refunds', 'charge', ({ bank, given, path }) => {
    const [intent, charge] = [textOf(given.payment_intent), textOf(given.charge)];
    const rows = [...bank.books.refunds.values()].filter(
      (refund) =>
        (intent === undefined || refund.payment_intent === intent) &&
        (charge === undefined || refund.charge === charge),
    );
    return page(rows, given, path);
  }),
  route('GET', 'refunds/{id}', 'charge', ({ bank, id }) => find(bank.books.refunds, id, 'refund')),

  route('GET', 'events', 'event', ({ bank, given, path }) => page(bank.books.events.values(), given, path)),
  route('GET', 'events/{id}', 'event', ({ bank, id }) => find(bank.books.events, id, 'event')),
  route('POST', 'webhook_endpoints', 'webhook', ({ bank, given }) => createEndpoint(bank, given)),
  route('GET', 'webhook_endpoints', 'webhook', ({ bank, given, path }) => {
    const list = page(bank.books.endpoints.values(), given, path);
    return { ...list, data: list.data.map(({ secret: _, ...endpoint }) => endpoint) };
  }),
  route('DELETE', 'webhook_endpoints/{id}', 'webhook', ({ bank, id }) => {
    find(bank.books.endpoints, id, 'webhook endpoint');
    bank.books.endpoints.delete(id);
    return { id, object: 'webhook_endpoint', deleted: true };
  }),
];

function createCustomer({ books, now, emit }: Bank, given: Form): Customer {
  const customer: Customer = {
    id: newId('cus'),
    object: 'customer',
    created: now(),
    livemode: false,
    metadata: marksIn(given.metadata),
    email: textOf(given.email) ?? null,
    name: textOf(given.name) ?? null,
    description: textOf(given.description) ?? null,
    balance: 0,
    currency: null,
    delinquent: false,
  };
  books.customers.set(customer.id, customer);
  emit('customer.created', customer);
  return customer;
}

export function createEndpoint({ books, now }: Pick<Bank, 'books' | 'now'>, given: Form): WebhookEndpoint {
  const url = textOf(given.url);
  if (url === undefined) throw required('url');
  if (!URL.canParse(url))
    throw invalidRequest('Invalid URL: An explicit scheme (such as https) must be provided.', { param: 'url' });
  const endpoint: WebhookEndpoint = {
    id: newId('we'),
    object: 'webhook_endpoint',
    created: now(),
    livemode: false,
    metadata: {},
    api_version: null,
    enabled_events: listOf(given.enabled_events).filter((event) => typeof event === 'string'),
    secret: newId('whsec'),
    status: 'enabled',
    url,
  };
  books.endpoints.set(endpoint.id, endpoint);
  return endpoint;
}

function chargeToRefund({ books }: Bank, given: Form): Charge {
  const intentId = textOf(given.payment_intent);
  const chargeId = textOf(given.charge);
  if (chargeId !== undefined) return find(books.charges, chargeId, 'charge', 'charge');
  if (intentId === undefined) throw required('payment_intent');
  const intent = find(books.intents, intentId, 'payment_intent', 'payment_intent');
  const charge = intent.latest_charge === null ? undefined : books.charges.get(intent.latest_charge);
  if (intent.status !== 'succeeded' || !charge) {
    throw invalidRequest(`This PaymentIntent (${intentId}) does not have a successful charge to refund.`, {
      code: 'payment_intent_unexpected_state',
    });
  }
  return charge;
}

function ofCustomer<Row extends { customer: string | null; payment_intent?: string | null }>(
  rows: Iterable<Row>,
  given: Form,
): Row[] {
  const [customer, intent] = [textOf(given.customer), textOf(given.payment_intent)];
  return [...rows].filter(
    (row) =>
      (customer === undefined || row.customer === customer) && (intent === undefined || row.payment_intent === intent),
  );
}
