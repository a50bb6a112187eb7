/** The pages a customer sees at the simulated Stripe: plain forms, so that a test can fill them in as well. */
import { STATUS_CODES } from 'node:http';
import type { BankQuestion } from './bank-question.ts';
import type { Session } from './objects.ts';
import { escapeHtml, page } from './page-frame.ts';
import { shownCards } from './showcase.ts';

export interface CardPage {
  session: Session;
  lines: Line[];
  /** What is wrong with the card before, '' for nothing. */
  error: string;
}

/** One thing that is paid for. */
export interface Line {
  name: string;
  amount: number;
}

export function cardPage({ session, lines, error }: CardPage): string {
  const paying = session.mode === 'payment';
  const sum = formatted(session.amount_total, session.currency);
  return page(
    paying ? `Pay ${sum}` : 'Save your card',
    `<div class="two"><div>
${session.cancel_url === null ? '' : `<p class="back">${backLink(session.cancel_url)}</p>`}
<h1>${paying ? `Pay <b>${escapeHtml(sum)}</b>` : 'Save your card'}</h1>
${paying ? lineList(lines, session.currency) : '<p class="faint">For the next invoices. Nothing is charged now.</p>'}
<section class="cards" aria-labelledby="cards"><h2 id="cards">Test cards</h2>
<p class="faint">Press one to fill it in.</p>
<ul>${shownCards(session.mode).map(cardButton).join('')}</ul></section>
</div><div>
<form method="post" aria-labelledby="card">
<h2 id="card">Card</h2>
${error === '' ? '' : `<p class="error" role="alert" tabindex="-1">${escapeHtml(error)}</p>`}
<label for="number">Card number</label>
<input id="number" name="number" inputmode="numeric" autocomplete="off" required>
<div class="row">
<div><label for="expiry">Expiry (MM/YY)</label><input id="expiry" name="expiry" inputmode="numeric" autocomplete="off" pattern="(0[1-9]|1[0-2])/[0-9]{2}" required value="12/34"></div>
<div><label for="cvc">Security code</label><input id="cvc" name="cvc" inputmode="numeric" autocomplete="off" pattern="[0-9]{3,4}" required value="123"></div>
</div>
<label for="name">Name on card</label>
<input id="name" name="name" autocomplete="off" required value="Ada Lovelace">
<button class="main">${paying ? `Pay ${escapeHtml(sum)}` : 'Save card'}</button>
</form>
</div></div><script src="../card.js"></script>`,
  );
}

const lineList = (lines: Line[], currency: string | null) =>
  `<ul class="lines">${lines
    .map(
      ({ name, amount }) =>
        `<li><span>${escapeHtml(name)}</span><span class="number">${escapeHtml(formatted(amount, currency))}</span></li>`,
    )
    .join('')}</ul>`;

const cardButton = ({ number, end, does }: ReturnType<typeof shownCards>[number]) =>
  `<li><button type="button" data-number="${number}"><span class="number">${number}</span> <span class="${end}">${does}</span></button></li>`;

export const bankPage = ({ amount, currency, last4 }: BankQuestion): string => {
  const sum = formatted(amount, currency);
  const what = sum === '' ? 'to be kept by a shop for later payments' : `to pay ${sum}`;
  return page(
    'Confirm with your bank',
    `<div class="narrow"><h1>Confirm with your bank</h1>
<p>Your card ending in ${escapeHtml(last4)} is about ${escapeHtml(what)}. Is it you?</p>
<form method="post"><button class="main" name="answer" value="confirm">Confirm</button><button class="quiet" name="answer" value="refuse">Refuse</button></form>
<p class="faint">This stands for the page of the card's bank (3-D Secure).</p></div>`,
  );
};

/** @param backTo where the shop waits */
export const donePage = (over: 'done' | 'closed', backTo: string): string =>
  page(
    'This page is done',
    `<div class="narrow"><h1>This page is done</h1>
<p>${over === 'done' ? 'What it was for has been done.' : 'It was closed, and nothing was paid on it.'} It cannot be used any more.</p>
<p>${backLink(backTo)}</p></div>`,
  );

export const problemPage = (status: number): string => {
  const words = STATUS_CODES[status] ?? String(status);
  return page(words, `<div class="narrow"><h1>${words}</h1><p>There is nothing to pay here.</p></div>`);
};

const backLink = (url: string) => `<a href="${escapeHtml(url)}">Back to the shop</a>`;

function formatted(amount: number | null, currency: string | null): string {
  if (amount === null || currency === null) return '';
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: currency.toUpperCase() });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}
