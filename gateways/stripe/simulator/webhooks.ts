/** What happened, told to the shop: signed as Stripe signs, and on demand late, twice, in another order or not at all. */
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Books, newId } from './books.ts';
import type { Event, WebhookEndpoint } from './objects.ts';

/** `hold` keeps messages until they are released; `drop` never sends them. */
export type Delivery = 'now' | 'twice' | 'hold' | 'drop';

export interface Release {
  order?: 'as_it_happened' | 'reversed';
}

export interface Webhooks {
  emit(type: string, object: unknown, previous?: Record<string, unknown>): void;
  deliver(how: Delivery): void;
  /** Send what was held, and resolve when it has been answered. */
  release(options?: Release): Promise<void>;
  /** Send an event that happened before once more, signed anew. */
  resend(eventId: string): Promise<void>;
  /** Everything sent so far has been answered, or given up. */
  settled(): Promise<void>;
  /** What has been sent, as it was: for tests of replays. */
  sent(): Sent[];
  close(): void;
}

export interface Sent {
  type: string;
  url: string;
  body: string;
  signature: string;
  /** 0 when nobody answered. */
  status: number;
}

/** Waits between tries when the shop does not answer with 2xx; Stripe's are hours. */
const RETRY_MS = [200, 1_000, 5_000];
const TIMEOUT_MS = 10_000;

export function createWebhooks(options: { books: Books; now: () => number; apiVersion: string }): Webhooks {
  const { books, now } = options;
  const held: { event: Event; endpoint: WebhookEndpoint }[] = [];
  const under = new Set<Promise<void>>();
  const log: Sent[] = [];
  const closing = new AbortController();
  let delivery: Delivery = 'now';

  const send = (event: Event, endpoint: WebhookEndpoint): Promise<void> => {
    const sending = sendUntilHeard(event, endpoint).finally(() => under.delete(sending));
    under.add(sending);
    return sending;
  };
  const sendUntilHeard = async (event: Event, endpoint: WebhookEndpoint): Promise<void> => {
    for (const waitMs of [0, ...RETRY_MS]) {
      try {
        await sleep(waitMs, undefined, { signal: closing.signal });
      } catch {
        return; // closed
      }
      const sent = await post(event, endpoint, now(), closing.signal);
      log.push(sent);
      if (sent.status >= 200 && sent.status < 300) return;
    }
  };
  return {
    emit(type, object, previous) {
      const event: Event = {
        id: newId('evt'),
        object: 'event',
        api_version: options.apiVersion,
        created: now(),
        data: { object: structuredClone(object), ...(previous ? { previous_attributes: previous } : {}) },
        livemode: false,
        pending_webhooks: 1,
        request: { id: null, idempotency_key: null },
        type,
      };
      books.events.set(event.id, event);
      if (delivery === 'drop') return;
      for (const endpoint of books.endpoints.values()) {
        if (endpoint.status !== 'enabled' || !wants(endpoint, type)) continue;
        if (delivery === 'hold') held.push({ event, endpoint });
        else void send(event, endpoint);
        if (delivery === 'twice') void send(event, endpoint);
      }
    },
    deliver(how) {
      delivery = how;
    },
    async release({ order = 'as_it_happened' } = {}) {
      const waiting = held.splice(0);
      if (order === 'reversed') waiting.reverse();
      for (const { event, endpoint } of waiting) await send(event, endpoint);
    },
    async resend(eventId) {
      const event = books.events.get(eventId);
      if (!event) throw new Error(`There is no event ${eventId}.`);
      for (const endpoint of books.endpoints.values()) await send(event, endpoint);
    },
    async settled() {
      while (under.size > 0) await Promise.all(under);
    },
    sent: () => [...log],
    close: () => closing.abort(),
  };
}

const wants = ({ enabled_events: wanted }: WebhookEndpoint, type: string) =>
  wanted.includes('*') || wanted.includes(type);

async function post(event: Event, { url, secret }: WebhookEndpoint, at: number, closing: AbortSignal): Promise<Sent> {
  const body = JSON.stringify(event, null, 2);
  const signature = sign(body, secret, at);
  const sent = { type: event.type, url, body, signature };
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([closing, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await answer.arrayBuffer();
    return { ...sent, status: answer.status };
  } catch {
    return { ...sent, status: 0 };
  }
}

/** The value of `Stripe-Signature`. @param at seconds since 1970 */
export const sign = (body: string, secret: string, at: number): string =>
  `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`;
