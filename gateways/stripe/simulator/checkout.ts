/** The check-out page and the page of the card's bank, over HTTP. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { bankQuestion } from './bank-question.ts';
import type { Bank } from './banking.ts';
import { CARD_SCRIPT } from './page-frame.ts';
import { bankPage, cardPage, donePage, problemPage } from './pages.ts';
import { answerBank, backUrl, complaintOf, currentSession, enterCard, linesOf, type Next } from './sessions.ts';
import { StripeFailure } from './stripe-error.ts';

/** Ways between the pages are relative: they may stand behind a shop's address. */
export function createCheckout(bank: Bank) {
  return async (request: IncomingMessage, response: ServerResponse, body: string): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', 'http://stripe');
    const show = (status: number, content: string, type = 'text/html') => {
      response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' });
      response.end(content);
    };
    const go = (url: string) => {
      response.writeHead(303, { location: url });
      response.end();
    };
    const showCard = (sessionId: string, error: string) => {
      const session = currentSession(bank, sessionId);
      show(200, cardPage({ session, lines: linesOf(bank, session), error }));
    };
    try {
      const [, sessionId = ''] = /^\/c\/pay\/([^/]+)$/.exec(pathname) ?? [];
      const [, intentId = ''] = /^\/c\/3d-secure\/([^/]+)$/.exec(pathname) ?? [];
      const filled = new URLSearchParams(body);
      if (pathname === '/c/card.js') return show(200, CARD_SCRIPT, 'text/javascript');
      if (sessionId !== '') {
        const session = currentSession(bank, sessionId);
        if (session.status !== 'open') {
          return show(410, donePage(session.status === 'complete' ? 'done' : 'closed', backUrl(session)));
        }
        if (request.method !== 'POST') return showCard(sessionId, complaintOf(bank, session));
        const next = enterCard(bank, sessionId, cardIn(filled, session.customer_email));
        await bank.books.flush();
        return follow(next, (error) => showCard(sessionId, error), go);
      }
      if (intentId !== '') {
        const question = bankQuestion(bank, intentId);
        if (request.method !== 'POST') {
          return question.over ? show(410, donePage(question.over, question.backTo)) : show(200, bankPage(question));
        }
        const next = answerBank(bank, intentId, filled.get('answer') === 'confirm');
        await bank.books.flush();
        return follow(next, () => go(`../pay/${question.sessionId}`), go);
      }
      show(404, problemPage(404));
    } catch (error) {
      if (!(error instanceof StripeFailure)) throw error;
      show(error.status, problemPage(error.status));
    }
  };
}

function follow(next: Next, again: (error: string) => void, go: (url: string) => void): void {
  if (next.to === 'bank') go(`../3d-secure/${next.intentId}`);
  else if (next.to === 'shop') go(next.url);
  else again(next.error);
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
