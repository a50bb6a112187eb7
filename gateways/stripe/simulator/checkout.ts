/** The check-out page and the page of the card's bank, over HTTP. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Bank } from './banking.ts';
import { bankPage, cardPage, donePage, problemPage } from './pages.ts';
import { answerBank, backUrl, currentSession, enterCard, type Next } from './sessions.ts';
import { StripeFailure } from './stripe-error.ts';

export function createCheckout(bank: Bank) {
  return async (request: IncomingMessage, response: ServerResponse, body: string): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', 'http://stripe');
    const show = (status: number, html: string) => {
      response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
      response.end(html);
    };
    const go = (url: string) => {
      response.writeHead(303, { location: url });
      response.end();
    };
    try {
      const [, sessionId = ''] = /^\/c\/pay\/([^/]+)$/.exec(pathname) ?? [];
      const [, intentId = ''] = /^\/3d-secure\/([^/]+)$/.exec(pathname) ?? [];
      const filled = new URLSearchParams(body);
      if (sessionId !== '') {
        const session = currentSession(bank, sessionId);
        if (session.status !== 'open') return show(410, donePage(backUrl(session)));
        if (request.method !== 'POST') return show(200, cardPage(session, whatOf(session)));
        const next = enterCard(bank, sessionId, cardIn(filled, session.customer_email));
        await bank.books.flush();
        return follow(
          next,
          (error) => show(200, cardPage(currentSession(bank, sessionId), whatOf(session), error)),
          go,
        );
      }
      if (intentId !== '') {
        if (request.method !== 'POST') return show(200, bankPage());
        const next = answerBank(bank, intentId, filled.get('answer') === 'confirm');
        await bank.books.flush();
        return follow(next, () => go(pageOf(bank, intentId)), go);
      }
      show(404, problemPage(404));
    } catch (error) {
      if (!(error instanceof StripeFailure)) throw error;
      show(error.status, problemPage(error.status));
    }
  };
}

function follow(next: Next, again: (error: string) => void, go: (url: string) => void): void {
  if (next.to === 'bank') go(`/3d-secure/${next.intentId}`);
  else if (next.to === 'shop') go(next.url);
  else again(next.error);
}

/** Back from the bank to the card form of the session that asked. */
function pageOf({ books }: Bank, intentId: string): string {
  const session = [...books.sessions.values()].find(
    ({ payment_intent, setup_intent }) => payment_intent === intentId || setup_intent === intentId,
  );
  return `/c/pay/${session?.id ?? ''}`;
}

const whatOf = ({ amount_total: amount, currency }: { amount_total: number | null; currency: string | null }) =>
  amount === null || currency === null ? '' : formatted(amount, currency);

function formatted(amount: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: currency.toUpperCase() });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

function cardIn(filled: URLSearchParams, email: string | null) {
  const [month = '', year = ''] = (filled.get('expiry') ?? '').split('/');
  return {
    number: (filled.get('number') ?? '').replace(/\D/g, ''),
    expMonth: Number(month),
    expYear: 2000 + Number(year),
    name: filled.get('name'),
    email,
  };
}
