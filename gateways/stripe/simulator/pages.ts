/** The pages a customer sees at the simulated Stripe: plain forms, so that a test can fill them in as well. */
import { STATUS_CODES } from 'node:http';
import type { Session } from './objects.ts';

const STYLE = `
  :root { color-scheme: light dark; font-family: system-ui, sans-serif; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: Canvas; color: CanvasText; }
  main { width: min(26rem, 92vw); padding: 2rem 0; }
  .ribbon { background: #635bff; color: #fff; padding: .4rem .8rem; border-radius: .4rem; font-size: .85rem; }
  h1 { font-size: 1.9rem; margin: .6rem 0 1.4rem; }
  label { display: block; margin: .9rem 0 .3rem; font-weight: 600; font-size: .9rem; }
  input { width: 100%; box-sizing: border-box; font: inherit; padding: .6rem; border: 1px solid GrayText; border-radius: .4rem; }
  .row { display: grid; grid-template-columns: 1fr 1fr; gap: .8rem; }
  button { width: 100%; margin-top: 1.2rem; padding: .75rem; font: inherit; font-weight: 600; border: 0; border-radius: .4rem; background: #635bff; color: #fff; cursor: pointer; }
  button.quiet { background: none; color: inherit; border: 1px solid GrayText; margin-top: .6rem; }
  .error { border-left: 4px solid #df1b41; padding: .5rem .8rem; }
  p.small { font-size: .85rem; opacity: .8; }`;

const page = (title: string, body: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main><span class="ribbon">Simulated Stripe: no money moves</span>${body}</main></body></html>`;

export function cardPage(session: Session, what: string, error = ''): string {
  const paying = session.mode === 'payment';
  const title = paying ? what : 'Save your card';
  const back =
    session.cancel_url === null ? '' : `<p><a href="${escapeHtml(session.cancel_url)}">Back to the shop</a></p>`;
  return page(
    title,
    `<h1>${escapeHtml(title)}</h1>
${error === '' ? '' : `<p class="error" role="alert">${escapeHtml(error)}</p>`}
<form method="post">
  <label for="number">Card number</label>
  <input id="number" name="number" inputmode="numeric" autocomplete="off" required value="4242 4242 4242 4242">
  <div class="row">
    <div><label for="expiry">Expiry (MM/YY)</label><input id="expiry" name="expiry" pattern="(0[1-9]|1[0-2])/[0-9]{2}" required value="12/34"></div>
    <div><label for="cvc">Security code</label><input id="cvc" name="cvc" pattern="[0-9]{3,4}" required value="123"></div>
  </div>
  <label for="name">Name on card</label>
  <input id="name" name="name" required value="Ada Lovelace">
  <button>${paying ? 'Pay' : 'Save'}</button>
</form>${back}
<p class="small">4242… pays · 4000 0000 0000 0002 is declined · 4000 0000 0000 9995 has no funds · 4000 0027 6000 3184 asks for 3-D Secure every time.</p>`,
  );
}

export const bankPage = (): string =>
  page(
    '3-D Secure',
    `<h1>Confirm with your bank</h1><p>This stands for the page of the card's bank.</p>
<form method="post"><button name="answer" value="confirm">Confirm</button><button class="quiet" name="answer" value="refuse">Refuse</button></form>`,
  );

export const donePage = (url: string): string =>
  page(
    'This page is done',
    `<h1>This page is done</h1><p>It cannot be used any more.</p><p><a href="${escapeHtml(url)}">Back to the shop</a></p>`,
  );

export const problemPage = (status: number): string =>
  page(STATUS_CODES[status] ?? 'Problem', `<h1>${STATUS_CODES[status] ?? status}</h1>`);

const escapeHtml = (text: string) =>
  text.replace(
    /[&<>"']/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign] ?? sign,
  );
