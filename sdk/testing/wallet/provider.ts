/** The provider of the example: an API over HTTP, a page to pay on, and signed messages to the shop. All in memory. */
import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export const KEY = 'wallet_key';
export const WEBHOOK_SECRET = 'wallet_webhook_secret';

interface Order {
  id: string;
  status: 'CREATED' | 'COMPLETED' | 'VOIDED';
  reference: string;
  amount: { value: string; currency: string };
  approveUrl: string;
  lastError: string;
  capture: { id: string; fee: string; leftCents: number } | null;
}

type Answer = [status: number, body: unknown];

const cents = ({ value }: { value: string }) => Math.round(Number(value) * 100);

/** @param tell is given each message as the shop's webhook address would be */
export async function startProvider(tell: (message: { rawBody: Uint8Array; headers: Record<string, string> }) => void) {
  const orders = new Map<string, Order>();
  const refunds = new Map<string, { id: string }>();
  let url = '';

  const told = (order: Order) => {
    const body = JSON.stringify({ id: randomUUID(), order, cents: cents(order.amount) });
    const at = Date.now();
    const signature = createHmac('sha256', WEBHOOK_SECRET).update(`${at}.${body}`).digest('hex');
    tell({ rawBody: Buffer.from(body), headers: { 'wallet-signature': `${at}.${signature}` } });
  };

  /** The customer's part: the page takes any card but one that begins with `no`. */
  const pay = (order: Order, card: string): Answer => {
    if (order.status !== 'CREATED') return [410, { error: 'This page cannot be used any more.' }];
    if (card.startsWith('no')) {
      order.lastError = 'Your card was declined.';
      return [402, { error: order.lastError }];
    }
    order.status = 'COMPLETED';
    order.capture = { id: randomUUID(), fee: '0.35', leftCents: cents(order.amount) };
    told(order);
    return [200, {}];
  };

  const refund = (captureId: string, key: string, given: { amount: { value: string } }): Answer => {
    const before = refunds.get(key);
    if (before) return [200, before];
    const { capture } = [...orders.values()].find((order) => order.capture?.id === captureId) ?? {};
    if (!capture) return [404, {}];
    if (cents(given.amount) > capture.leftCents) return [422, { error: 'More than is left of this payment.' }];
    capture.leftCents -= cents(given.amount);
    const made = { id: randomUUID() };
    refunds.set(key, made);
    return [201, made];
  };

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    const [, room, id = '', verb] = pathname.split('/');
    const body = await text(request);
    const given = body === '' ? {} : JSON.parse(body);
    const order = orders.get(id);
    if (room === 'pay') return order ? pay(order, given.card) : [404, {}];
    if (request.headers.authorization !== `Bearer ${KEY}`) return [401, { error: 'No such key.' }];
    const key = String(request.headers['request-id'] ?? '');
    const byReference = [...orders.values()].find(
      ({ reference }) => reference === (given.reference ?? searchParams.get('reference')),
    );
    switch (`${request.method} ${room} ${verb ?? ''}`.trim()) {
      case 'GET me':
        return [200, {}];
      case 'POST orders': {
        const made = byReference ?? {
          ...given,
          id: randomUUID(),
          status: 'CREATED',
          lastError: '',
          capture: null,
        };
        made.approveUrl = `${url}/pay/${made.id}`;
        orders.set(made.id, made);
        return [201, made];
      }
      case 'GET orders': {
        const found = id === '' ? byReference : order;
        return found ? [200, found] : [404, {}];
      }
      case 'POST orders void':
        if (order?.status !== 'CREATED') return [409, { error: 'It is over already.' }];
        order.status = 'VOIDED';
        return [200, order];
      case 'POST captures refund':
        return refund(id, key, given);
      default:
        return [404, {}];
    }
  };

  const server = createServer((request, response) => {
    answer(request)
      .catch((): Answer => [500, {}])
      .then(([status, body]) => response.writeHead(status).end(JSON.stringify(body)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, close: () => server.close() };
}
