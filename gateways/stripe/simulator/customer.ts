/** Somebody at the check-out page, for tests: fills the forms in and follows where they lead, as a browser would. */

export interface Visit {
  number: string;
  /** What to answer the card's bank when it asks; `confirm` when not given. */
  atBank?: 'confirm' | 'refuse';
}

export interface VisitEnd {
  /** Where the customer was sent back to; null while still on the page. */
  returnedTo: string | null;
  /** What the page said was wrong; '' for nothing. */
  error: string;
}

/** @param url of the page; @throws Error when there is no such page any more */
export async function visitCheckout(url: string, visit: Visit): Promise<VisitEnd> {
  const opened = await fetch(url);
  await opened.text();
  if (opened.status !== 200) throw new Error(`The page answers ${opened.status}: it cannot be used any more.`);
  const card = new URLSearchParams({ number: visit.number, expiry: '12/34', cvc: '123', name: 'Ada Lovelace' });
  return follow(url, await post(url, card), visit);
}

/** Somebody whom the shop sent to their bank about a saved card. @param url of the bank's page */
export async function visitBank(url: string, atBank: Visit['atBank'] = 'confirm'): Promise<VisitEnd> {
  const visit = { number: '', atBank };
  return follow(url, await post(url, new URLSearchParams({ answer: atBank })), visit);
}

async function follow(from: string, answer: Response, visit: Visit): Promise<VisitEnd> {
  if (answer.status === 200) return { returnedTo: null, error: errorOn(await answer.text()) };
  await answer.arrayBuffer();
  const next = new URL(answer.headers.get('location') ?? '', from);
  if (next.pathname.includes('/c/3d-secure/')) {
    const form = new URLSearchParams({ answer: visit.atBank ?? 'confirm' });
    return follow(next.href, await post(next.href, form), visit);
  }
  if (next.pathname.includes('/c/pay/')) return { returnedTo: null, error: 'not confirmed' };
  return { returnedTo: next.href, error: '' };
}

const post = (url: string, form: URLSearchParams) => fetch(url, { method: 'POST', body: form, redirect: 'manual' });

const errorOn = (html: string) => /role="alert"[^>]*>([^<]*)</.exec(html)?.[1] ?? '';
