import { expect, test } from 'vitest';
import { newPassword } from './password.ts';

test('a password has every kind of character, the length asked for, and begins with a letter or digit', () => {
  for (let i = 0; i < 500; i++) {
    const password = newPassword({ length: 20, symbols: '-_.' });
    expect(password).toHaveLength(20);
    expect(password).toMatch(/[a-z]/);
    expect(password).toMatch(/[A-Z]/);
    expect(password).toMatch(/[2-9]/);
    expect(password).toMatch(/[-_.]/);
    expect(password).toMatch(/^[a-zA-Z0-9]/);
  }
});

test('a panel without symbols gets none, and no password is short', () => {
  expect(newPassword({ length: 4, symbols: '' })).toMatch(/^[a-zA-Z0-9]{12}$/);
});

test('no two are alike', () => {
  expect(new Set(Array.from({ length: 1000 }, () => newPassword())).size).toBe(1000);
});
