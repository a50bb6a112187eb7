import { expect, test } from 'vitest';
import { shopIcon, shopPage } from './shop-page.ts';

const PAGE = '<head><title>Hosting</title></head>';

test('the page carries the title and description of the shop, whatever signs they hold', () => {
  const page = shopPage(PAGE, {
    shopName: 'Fish & Chips <script>',
    storeHeadline: 'For $& "all"',
    storeIntro: "It's here",
  });
  expect(page).toContain('<title>Fish &amp; Chips &lt;script&gt; · For $&amp; &quot;all&quot;</title>');
  expect(page).toContain('<meta name="description" content="It&#39;s here" />');
  expect(page).not.toContain('<script>');
});

test('a shop without a headline and an intro is known by its name', () => {
  const page = shopPage(PAGE, { shopName: 'Nordic', storeHeadline: '', storeIntro: '' });
  expect(page).toContain('<title>Nordic</title>');
  expect(page).not.toContain('description');
});

test('the icon shows the first letter of the shop, of any script', () => {
  expect(shopIcon('nordic')).toContain('>N</text>');
  expect(shopIcon('<x>')).toContain('>&lt;</text>');
  expect(shopIcon('株式会社')).toContain('>株</text>');
});
