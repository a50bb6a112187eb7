import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDomain } from './domain-name.ts';

test.each([
  ['example.com', 'example.com'],
  ['  WWW.Example.COM. ', 'example.com'],
  ['https://www.example.com/shop?x=1', 'example.com'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['blog.example.co.uk', 'blog.example.co.uk'],
  ['www.com', 'www.com'],
])('%s is read as %s', (typed, domain) => {
  expect(readDomain(typed)).toEqual({ domain });
});

test.each([
  '',
  'com',
  'co.uk',
  'localhost',
  '192.0.2.1',
  '[2001:db8::1]',
  '2001:db8::1',
  'a b.com',
  '-a.com',
  'a_b.com',
  'a..com',
  'exa mple',
  `${'a'.repeat(64)}.com`,
  `${'a.'.repeat(130)}com`,
  "x.com'; drop table",
])('%s is refused', (typed) => {
  expect(readDomain(typed)).toEqual({ refusal: expect.any(String) });
});

test('reading a domain again changes nothing', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.domain(),
        fc.string(),
        fc.domain().map((domain) => `www.${domain}`),
      ),
      (typed) => {
        const first = readDomain(typed);
        if ('domain' in first) expect(readDomain(first.domain)).toEqual(first);
      },
    ),
  );
});
