import fc from 'fast-check';
import { expect, test } from 'vitest';
import { redactObject, STRUCK_OUT, strikeOut } from './redaction.ts';

const secret = 'p&ss w/rd"ü\'1';

test.each([
  ['plain', secret],
  ['in a query', `?pass=${encodeURIComponent(secret)}&x=1`],
  ['in a form', new URLSearchParams({ pass: secret }).toString()],
  ['in JSON', JSON.stringify({ pass: secret })],
  ['in basic auth', Buffer.from(secret).toString('base64')],
  ['in HTML', 'p&amp;ss w/rd&quot;ü&#39;1'],
])('a secret %s is struck out', (_, text) => {
  const struck = strikeOut(text, [secret]);
  expect(struck).toContain(STRUCK_OUT);
  expect(struck).not.toContain('rd');
});

test('no secret survives in any text it is part of', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 4, maxLength: 30 }), fc.string(), fc.string(), (value, before, after) => {
      fc.pre(!STRUCK_OUT.includes(value) && !value.includes('•'));
      const struck = strikeOut(`${before}\n${value}\n${after}`, [value]);
      expect(struck.split('\n').includes(value)).toBe(false);
    }),
  );
});

test('a secret inside another leaves nothing of the other behind', () => {
  expect(strikeOut('key=longsecretvalue', ['secret', 'longsecretvalue'])).toBe(`key=${STRUCK_OUT}`);
});

test('values under telling names are struck out at any depth, and nothing else', () => {
  expect(
    redactObject({ user: 'a', password: 'b', nested: [{ apiToken: 'c', passwordChanged: true, kept: 1 }] }),
  ).toEqual({
    user: 'a',
    password: STRUCK_OUT,
    nested: [{ apiToken: STRUCK_OUT, passwordChanged: true, kept: 1 }],
  });
});
