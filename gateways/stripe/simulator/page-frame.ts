/** What the pages of the simulated Stripe have in common: their document, their looks, and what a click on a card does. */

const STYLE = `
:root {
  color-scheme: light dark;
  --page: light-dark(#fff, #17171b);
  --side: light-dark(#f5f5f9, #1f1f26);
  --text: light-dark(#1c1c28, #eeeef2);
  --faint: light-dark(#5c5c6e, #a9a9b8);
  --line: light-dark(#d9d9e3, #3a3a46);
  --field: light-dark(#fff, #17171b);
  --accent: #5b50e6;
  --link: light-dark(#4b40c9, #b3adff);
  --good: light-dark(#147a43, #5fd394);
  --asked: light-dark(#8a5a00, #f0bb4d);
  --refused: light-dark(#b3132f, #ff8b9a);
  --notice: light-dark(#fdecef, #3a1d24);
  --ribbon: light-dark(#fff3cf, #3a3010);
  --ribbon-text: light-dark(#5f4700, #ffe08a);
  font: 16px/1.5 system-ui, sans-serif;
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100dvh; display: flex; flex-direction: column; background: var(--page); color: var(--text); }
.ribbon { background: var(--ribbon); color: var(--ribbon-text); padding: .5rem 1rem; text-align: center; font-size: .875rem; }
main { flex: 1; }
.narrow { width: min(26rem, 100% - 2.5rem); margin: 0 auto; padding: clamp(2rem, 10vh, 6rem) 0; }
.two { display: grid; }
.two > div { padding: 1.75rem 1.25rem; }
.two > div:first-child { background: var(--side); }
@media (min-width: 56rem) {
  main:has(.two) { display: grid; }
  .two { grid-template-columns: 1fr 1fr; }
  .two > div { padding: 4rem clamp(2rem, 5vw, 5rem); }
  .two > div > * { max-width: 26rem; }
  .two > div:first-child > * { margin-left: auto; }
}
h1 { font-size: 1.25rem; font-weight: 600; line-height: 1.3; margin: 0 0 .25rem; }
h1 b { display: block; font-size: 2.25rem; font-weight: 700; letter-spacing: -.02em; }
h2 { font-size: 1rem; font-weight: 600; margin: 0 0 .25rem; }
form h2 { margin-bottom: .75rem; }
form + p { margin-top: 1.5rem; }
p { margin: 0 0 1rem; }
.faint { color: var(--faint); font-size: .875rem; }
a { color: var(--link); text-underline-offset: .2em; }
.back { margin-bottom: 1.25rem; }
.back a { display: inline-block; padding: .25rem 0; }
.lines { list-style: none; margin: 1rem 0 0; padding: 1rem 0 0; border-top: 1px solid var(--line); }
.lines li { display: flex; justify-content: space-between; gap: 1rem; }
.cards { margin-top: 2rem; }
.cards ul { list-style: none; margin: .75rem 0 0; padding: 0; border: 1px solid var(--line); border-radius: .5rem; overflow: hidden; background: var(--page); }
.cards li + li { border-top: 1px solid var(--line); }
.cards button { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; width: 100%; min-height: 2.75rem; align-items: center; padding: .5rem .75rem; border: 0; background: none; color: inherit; font: inherit; font-size: .875rem; text-align: left; cursor: pointer; }
.cards button:hover { background: var(--side); }
.cards button:focus-visible { outline-offset: -3px; border-radius: .5rem; }
.number { font-variant-numeric: tabular-nums; white-space: nowrap; }
.good { color: var(--good); } .asked { color: var(--asked); } .refused { color: var(--refused); }
label { display: block; margin: 0 0 .25rem; font-weight: 500; font-size: .875rem; }
input { width: 100%; min-height: 2.75rem; margin-bottom: 1rem; padding: .5rem .75rem; font: inherit; font-variant-numeric: tabular-nums; color: inherit; background: var(--field); border: 1px solid light-dark(#8c8c9c, #767685); border-radius: .5rem; }
input::placeholder { color: var(--faint); opacity: 1; }
.row { display: grid; grid-template-columns: 1fr 1fr; gap: 0 .75rem; align-items: end; }
.main, .quiet { width: 100%; min-height: 3rem; padding: .6rem 1rem; font: inherit; font-weight: 600; border-radius: .5rem; cursor: pointer; }
.main { margin-top: .5rem; border: 0; background: var(--accent); color: #fff; }
.main:hover { background: #4a40cf; }
.quiet { margin-top: .75rem; border: 1px solid var(--line); background: none; color: inherit; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.error { background: var(--notice); color: var(--refused); border-radius: .5rem; padding: .75rem 1rem; font-weight: 500; }
.error:focus { outline: none; }`;

/** A complaint is gone to, as it may be below the fold; a card of the list is put into the form, and paying is one more press. */
export const CARD_SCRIPT = `
document.querySelector('[role=alert]')?.focus();
for (const card of document.querySelectorAll('button[data-number]')) {
  card.addEventListener('click', () => {
    document.getElementById('number').value = card.dataset.number;
    document.querySelector('button.main').focus();
  });
}
`;

/** @param body HTML inside `main`, with the only h1 */
export const page = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer"><title>${escapeHtml(title)} · Simulated Stripe</title><style>${STYLE}</style></head>
<body><header class="ribbon"><strong>Simulated Stripe, no real money.</strong> Use a test card, never your own.</header>
<main>${body}</main></body></html>
`;

export const escapeHtml = (text: string): string =>
  text.replace(
    /[&<>"']/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign] ?? sign,
  );
