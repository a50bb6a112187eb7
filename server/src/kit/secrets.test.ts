import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { KeyringError, openKeyring } from './secrets.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'hostwright-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string) => path.join(folder, name);

test('a sealed value opens for its own record and for no other', () => {
  const keyring = openKeyring({ file: file('own') });
  const sealed = keyring.seal('pässword', 'server:1');
  expect(sealed).not.toContain('pässword');
  expect(keyring.open(sealed, 'server:1')).toBe('pässword');
  expect(() => keyring.open(sealed, 'server:2')).toThrow(KeyringError);
});

test('a value that was tampered with does not open', () => {
  const keyring = openKeyring({ file: file('tamper') });
  const sealed = keyring.seal('secret', 'a');
  const turned = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
  expect(() => keyring.open(turned, 'a')).toThrow('was changed');
});

test('the same value is sealed differently every time', () => {
  const keyring = openKeyring({ file: file('fresh') });
  expect(keyring.seal('x', 'a')).not.toBe(keyring.seal('x', 'a'));
});

test('after a rotation old values open, and re-wrapped ones need only the new key', () => {
  const keyring = openKeyring({ file: file('rotate') });
  const before = keyring.currentKeyId;
  const sealed = keyring.seal('secret', 'a');
  const after = keyring.addKey();
  expect(after).not.toBe(before);
  expect(keyring.open(sealed, 'a')).toBe('secret');
  const rewrapped = keyring.rewrap(sealed, 'a');
  expect(rewrapped.split('.')[1]).toBe(after);
  expect(keyring.rewrap(rewrapped, 'a')).toBe(rewrapped);
  const reopened = openKeyring({ file: file('rotate') });
  expect(reopened.currentKeyId).toBe(after);
  expect(reopened.open(rewrapped, 'a')).toBe('secret');
});

test('a running process opens what another one sealed with a key that was added since', () => {
  const running = openKeyring({ file: file('shared') });
  const rotating = openKeyring({ file: file('shared') });
  rotating.addKey();
  expect(running.open(rotating.seal('secret', 'a'), 'a')).toBe('secret');
});

test('a key file is readable by its owner only, and refused when it is not', () => {
  openKeyring({ file: file('mode') });
  expect(statSync(file('mode')).mode & 0o777).toBe(0o600);
  chmodSync(file('mode'), 0o644);
  expect(() => openKeyring({ file: file('mode') })).toThrow('chmod 600');
});

test('a wrong HOSTWRIGHT_KEY is refused with how to make a right one', () => {
  expect(() => openKeyring({ given: 'short:YWJj', file: '' })).toThrow('openssl rand');
  expect(() => openKeyring({ given: '', file: '' })).toThrow('holds no key');
});

test('values sealed elsewhere name the key that is missing', () => {
  const sealed = openKeyring({ file: file('there') }).seal('x', 'a');
  const here = openKeyring({ given: `here:${Buffer.alloc(32, 1).toString('base64')}`, file: '' });
  expect(() => here.open(sealed, 'a')).toThrow('Put that key back');
});
