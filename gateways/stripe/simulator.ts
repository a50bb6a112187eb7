/**
 * A Stripe of one's own: its API over HTTP, its check-out page, and its webhooks, with test cards that do what Stripe's
 * do. It keeps no real card and moves no money; the demo shop and the tests run against it.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Caller, createApi } from './simulator/answer.ts';
import { createEndpoint } from './simulator/api/events.ts';
import { type Bank, bankDecides, finishRefund, giveBack } from './simulator/banking.ts';
import { find, openBooks } from './simulator/books.ts';
import { createCheckout } from './simulator/checkout.ts';
import { answerControl } from './simulator/control.ts';
import { closeDispute, openDispute } from './simulator/disputes.ts';
import { createFaults, type StripeFault } from './simulator/faults.ts';
import type { Charge, PaymentIntent, Refund } from './simulator/objects.ts';
import { concludeSession } from './simulator/sessions.ts';
import { createWebhooks, type Webhooks } from './simulator/webhooks.ts';

export interface StripeSimulatorOptions {
  /** 0, or none, picks a free one. */
  port?: number;
  /** Keeps everything across restarts; in memory when not given. */
  stateFile?: string;
  /** The machine's clock when not given. */
  now?: () => Date;
  /** Keys beside `secretKey` that may do only what is named: `customer`, `charge`, `checkout_session`, … */
  restrictedKeys?: Record<string, string[]>;
}

export interface StripeSimulator {
  /** For the setting `apiUrl`. */
  url: string;
  secretKey: string;
  /** Where browsers reach its pages from now on, without a slash at the end; at `url` until then, where they stay too. */
  showPagesAt(url: string): void;
  /** Tell a shop what happens from now on. A second call for the same address returns the same signing secret. */
  addWebhook(url: string, events?: string[]): string;
  /** Tell nobody any more, for a shop that comes back at another address. */
  clearWebhooks(): void;
  webhooks: Omit<Webhooks, 'emit' | 'close'>;
  addFault(fault: StripeFault): void;
  clearFaults(): void;
  /** What was taken for a customer of the shop or of an intent, for tests to look at. */
  charges(): Charge[];
  intents(): PaymentIntent[];
  /** As somebody would in Stripe's dashboard. @param amount all that is left when not given */
  refundInDashboard(intentId: string, amount?: number): void;
  /** @returns its id */
  dispute(intentId: string): string;
  closeDispute(disputeId: string, status: 'won' | 'lost'): void;
  /** What the bank of a direct debit says in the end. */
  bankDecides(intentId: string, decision: 'pays' | 'refuses'): void;
  /** How a refund that waits ended, or that one which was made came back. */
  finishRefund(refundId: string, status: 'succeeded' | 'failed'): void;
  refunds(): Refund[];
  close(): Promise<void>;
}

export const SECRET_KEY = 'sk_test_simulated';
export const API_VERSION = '2026-10-28.endive';

export async function startStripeSimulator(options: StripeSimulatorOptions = {}): Promise<StripeSimulator> {
  const books = await openBooks(options.stateFile);
  const now = () => Math.floor((options.now?.() ?? new Date()).getTime() / 1000);
  const webhooks = createWebhooks({ books, now, apiVersion: API_VERSION });
  const bank: Bank = { books, now, emit: webhooks.emit, pages: '' };
  const faults = createFaults();
  const api = createApi({ bank, faults, apiVersion: API_VERSION, mayUse: permissionsOf(options.restrictedKeys ?? {}) });
  const checkout = createCheckout(bank);
  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) => {
      response.statusCode = 500;
      response.end(JSON.stringify({ error: { type: 'api_error', message: error.message } }));
    });
  });
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request);
    const { pathname } = new URL(request.url ?? '/', 'http://simulator');
    if (pathname.startsWith('/v1/')) await api(request, response, body);
    else if (pathname.startsWith('/simulator/'))
      await answerControl({ webhooks, faults, books }, request, response, body);
    else await checkout(request, response, body);
  };
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  bank.pages = url;

  return {
    url,
    secretKey: SECRET_KEY,
    showPagesAt(address) {
      bank.pages = address;
    },
    addWebhook(address, events = ['*']) {
      const known = [...books.endpoints.values()].find((endpoint) => endpoint.url === address);
      return (known ?? createEndpoint(bank, { url: address, enabled_events: events })).secret;
    },
    clearWebhooks() {
      for (const { id } of [...books.endpoints.values()]) books.endpoints.delete(id);
    },
    webhooks,
    addFault: faults.add,
    clearFaults: faults.clear,
    charges: () => [...books.charges.values()],
    intents: () => [...books.intents.values()],
    refundInDashboard(intentId, amount) {
      giveBack(bank, chargeOf(bank, intentId), { amount, metadata: {}, reason: 'requested_by_customer' });
    },
    dispute: (intentId) => openDispute(bank, chargeOf(bank, intentId)).id,
    closeDispute(disputeId, status) {
      closeDispute(bank, find(books.disputes, disputeId, 'dispute'), status);
    },
    bankDecides(intentId, decision) {
      const intent = bankDecides(bank, find(books.intents, intentId, 'payment_intent'), decision);
      concludeSession(bank, intent);
    },
    finishRefund(refundId, status) {
      finishRefund(bank, find(books.refunds, refundId, 'refund'), status);
    },
    refunds: () => [...books.refunds.values()],
    async close() {
      webhooks.close();
      await books.flush();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function chargeOf(bank: Bank, intentId: string): Charge {
  const intent = find(bank.books.intents, intentId, 'payment_intent');
  return find(bank.books.charges, intent.latest_charge ?? '', 'charge');
}

function permissionsOf(restricted: Record<string, string[]>): (key: string) => Caller | undefined {
  return (key) => {
    if (key === SECRET_KEY) return { key, may: () => true };
    const allowed = restricted[key];
    return allowed && { key, may: (permission) => allowed.includes(permission) };
  };
}
