import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

test('an empty environment gives a shop on 127.0.0.1:8080 with the embedded PostgreSQL', () => {
  expect(readConfig({})).toMatchObject({
    host: '127.0.0.1',
    port: 8080,
    databaseUrl: undefined,
    smtpUrl: undefined,
    demo: false,
  });
});

test('an empty value counts as left out', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 8080, databaseUrl: undefined });
});

test('every wrong setting is named at once, with what it must be', () => {
  const wrong = () =>
    readConfig({ PORT: '80a', DATABASE_URL: 'mysql://root:hunter2@db/x', TRUST_PROXY: 'yes', LOG_LEVEL: 'loud' });
  expect(wrong).toThrow(ConfigError);
  expect(wrong).toThrow(
    /PORT must be a whole number[\s\S]*TRUST_PROXY must be true or false[\s\S]*DATABASE_URL must look like[\s\S]*LOG_LEVEL/,
  );
  expect(wrong).not.toThrow(/hunter2/);
});

test('a port out of range is refused with its bound', () => {
  expect(() => readConfig({ PORT: '70000' })).toThrow('PORT must be at most 65535');
});

test('the public address loses its last slash', () => {
  expect(readConfig({ PUBLIC_URL: 'https://shop.example.com/' }).publicUrl).toBe('https://shop.example.com');
});
