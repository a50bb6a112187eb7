import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAllowed, usernameFor } from './username.ts';

const rules = {
  maxLength: 16,
  reserved: ['root', 'mail1'],
  pattern: '[a-z][a-z0-9]*',
  refusedPrefixes: ['test'],
  refusedSuffixes: ['assword'],
};

test('it is made of the domain and the service number', () => {
  expect(usernameFor({ domain: 'example.com', number: 1001, attempt: 0 }, rules)).toBe('examplecomrt');
});

test('each attempt is another name, and the same one every time', () => {
  const names = [0, 1, 2, 3].map((attempt) => usernameFor({ domain: 'example.com', number: 1001, attempt }, rules));
  expect(new Set(names).size).toBe(4);
  expect(usernameFor({ domain: 'example.com', number: 1001, attempt: 2 }, rules)).toBe(names[2]);
});

test('any domain gives a name the rules allow, or says that none is possible', () => {
  fc.assert(
    fc.property(
      fc.domain(),
      fc.integer({ min: 1, max: 5_000_000 }),
      fc.integer({ min: 0, max: 5 }),
      (domain, number, attempt) => {
        expect(isAllowed(usernameFor({ domain: domain.toLowerCase(), number, attempt }, rules), rules)).toBe(true);
      },
    ),
  );
});

test('a domain that begins like a refused name is spelled differently', () => {
  expect(usernameFor({ domain: 'testing.com', number: 1001, attempt: 0 }, rules)).toBe('utestingcomrt');
});

test('a domain of digits only still begins with a letter', () => {
  expect(usernameFor({ domain: '123.45', number: 1, attempt: 0 }, rules)).toMatch(/^[a-z]/);
});
