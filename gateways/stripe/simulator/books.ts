/** The simulated Stripe's memory: tables of its objects, and how they are listed and expanded. */
import { randomBytes } from 'node:crypto';
import { StateFile, type Table } from '../../../sdk/testing/state-file.ts';
import { type Form, formOf, listOf, textOf } from './form.ts';
import type * as stripe from './objects.ts';
import { invalidRequest, missing } from './stripe-error.ts';

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
  lines?: { name: string; amount: number }[];
  setupFutureUsage?: 'off_session' | 'on_session';
  paymentMethod?: string;
  returnUrl?: string;
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
export function find<Row>(table: Table<Row>, id: string, what: string, param?: string): Row {
  const row = table.get(id);
  if (!row) throw missing(what, id, param);
  return row;
}

/** A page of a list, newest first. */
export function page<Row extends { id: string; created: number }>(
  rows: Iterable<Row>,
  query: Form,
  url: string,
): { object: 'list'; url: string; has_more: boolean; data: Row[] } {
  const limit = Number(textOf(query.limit) ?? 10);
  if (!(limit >= 1 && limit <= 100)) throw invalidRequest('Limit must be between 1 and 100.', { param: 'limit' });
  const created = formOf(query.created);
  const since = Number(textOf(created.gte) ?? 0);
  const newest = [...rows].reverse().filter((row) => row.created >= since);
  const after = textOf(query.starting_after);
  const start = after === undefined ? 0 : newest.findIndex(({ id }) => id === after) + 1;
  return { object: 'list', url, has_more: newest.length > start + limit, data: newest.slice(start, start + limit) };
}

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
  const tables = [books.customers, books.methods, books.intents, books.setupIntents, books.charges, books.balance];
  return tables.map((table) => table.get(id)).find((row) => row !== undefined);
}
