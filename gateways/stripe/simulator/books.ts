/** The simulated Stripe's memory: tables of its objects, and how they are listed and expanded. */
import { randomBytes } from 'node:crypto';
import { StateFile, type Table } from '../../../sdk/testing/state-file.ts';
import { type Form, formOf, listOf, textOf } from './form.ts';
import type * as stripe from './objects.ts';
import { invalidRequest, missing } from './stripe-error.ts';

/** One line of what a page asks money for. */
export interface PageLine {
  name: string;
  amount: number;
  quantity: number;
}

/** What no object shows: the card behind a payment method, and what a session will ask of its intent. */
export interface Hidden {
  number?: string;
  /** The bank has been told that this card will be charged while its holder is away. */
  setUp?: boolean;
  /** It was taken off its customer: it can never be used again. */
  spent?: boolean;
  intentMetadata?: Record<string, string>;
  description?: string;
  /** What a session is paid for, in its currency. */
  lines?: PageLine[];
  setupFutureUsage?: 'off_session' | 'on_session';
  paymentMethod?: string;
  returnUrl?: string;
  /** A customer who was deleted: their id still answers. */
  deleted?: boolean;
  /** An intent whose methods lead nobody to another page. */
  staysHere?: boolean;
}

export interface Books {
  customers: Table<stripe.Customer>;
  methods: Table<stripe.PaymentMethod>;
  intents: Table<stripe.PaymentIntent>;
  setupIntents: Table<stripe.SetupIntent>;
  charges: Table<stripe.Charge>;
  balance: Table<stripe.BalanceTransaction>;
  refunds: Table<stripe.Refund>;
  sessions: Table<stripe.Session>;
  disputes: Table<stripe.Dispute>;
  events: Table<stripe.Event>;
  endpoints: Table<stripe.WebhookEndpoint>;
  hidden: Table<Hidden>;
  answers: Table<{ request: string; status: number; body: unknown }>;
  flush(): Promise<void>;
}

export async function openBooks(stateFile: string | undefined): Promise<Books> {
  const file = await StateFile.open(stateFile);
  return {
    customers: file.table('customers'),
    methods: file.table('methods'),
    intents: file.table('intents'),
    setupIntents: file.table('setup_intents'),
    charges: file.table('charges'),
    balance: file.table('balance'),
    refunds: file.table('refunds'),
    sessions: file.table('sessions'),
    disputes: file.table('disputes'),
    events: file.table('events'),
    endpoints: file.table('endpoints'),
    hidden: file.table('hidden'),
    answers: file.table('answers'),
    flush: () => file.flush(),
  };
}

export const newId = (prefix: string) => `${prefix}_${randomBytes(12).toString('hex')}`;

/** @param what as Stripe calls it in "No such …" */
export function find<Row>(table: Pick<Table<Row>, 'get'>, id: string, what: string, param?: string): Row {
  const row = table.get(id);
  if (!row) throw missing(what, id, param);
  return row;
}

/** A page of a list, newest first. */
export function page<Row extends { id: string; created?: number }>(
  rows: Iterable<Row>,
  query: Form,
  url: string,
): { object: 'list'; url: string; has_more: boolean; data: Row[] } {
  const limit = Number(textOf(query.limit) ?? 10);
  if (!Number.isInteger(limit)) {
    throw invalidRequest(`Invalid integer: ${textOf(query.limit)}`, {
      code: 'parameter_invalid_integer',
      param: 'limit',
    });
  }
  if (limit < 1 || limit > 100) {
    throw invalidRequest('This value must be between 1 and 100 (inclusive).', { param: 'limit' });
  }
  const newest = [...rows].reverse().filter(madeWithin(query.created));
  const [after, before] = [textOf(query.starting_after), textOf(query.ending_before)];
  const at = (id: string, param: string) => {
    const index = newest.findIndex((row) => row.id === id);
    if (index < 0) throw missing(nameOf(url), id, param);
    return index;
  };
  if (before !== undefined) {
    const end = at(before, 'ending_before');
    const start = Math.max(end - limit, 0);
    return { object: 'list', url, has_more: start > 0, data: newest.slice(start, end) };
  }
  const start = after === undefined ? 0 : at(after, 'starting_after') + 1;
  return { object: 'list', url, has_more: newest.length > start + limit, data: newest.slice(start, start + limit) };
}

/** `created` is a moment, or bounds around it. */
function madeWithin(asked: Form[string] | undefined): (row: { created?: number }) => boolean {
  const exact = textOf(asked);
  if (exact !== undefined) return ({ created }) => created === Number(exact);
  const { gt, gte, lt, lte } = formOf(asked);
  const bound = (value: Form[string] | undefined, other: number) => Number(textOf(value) ?? other);
  return ({ created = 0 }) =>
    created > bound(gt, -1) &&
    created >= bound(gte, 0) &&
    created < bound(lt, Infinity) &&
    created <= bound(lte, Infinity);
}

/** What Stripe calls one of a list: `/v1/payment_intents` holds a `payment_intent`. */
const nameOf = (url: string) => (url.split('/').at(-1) ?? '').replace(/s$/, '');

/** Put objects in the place of ids, as `expand` asks: `data.payment_intent.latest_charge`. */
export function expand(books: Books, value: unknown, asked: Form[string] | undefined): unknown {
  return listOf(asked).reduce<unknown>(
    (result, path) => (typeof path === 'string' ? expandPath(books, result, path.split('.')) : result),
    value,
  );
}

function expandPath(books: Books, value: unknown, [name, ...rest]: string[]): unknown {
  if (name === undefined || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => expandPath(books, item, [name, ...rest]));
  if (typeof value !== 'object') return value;
  const here = (value as Record<string, unknown>)[name];
  const object = typeof here === 'string' ? (lookUp(books, here) ?? here) : here;
  return { ...value, [name]: expandPath(books, object, rest) };
}

function lookUp(books: Books, id: string): unknown {
  const tables = [
    books.customers,
    books.methods,
    books.intents,
    books.setupIntents,
    books.charges,
    books.balance,
    books.refunds,
    books.sessions,
    books.disputes,
  ];
  return tables.map((table) => table.get(id)).find((row) => row !== undefined);
}
