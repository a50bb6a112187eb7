import { NeedsStaff, Refused, Retry } from '@hostwright/sdk';
import { expect, test } from 'vitest';
import { failureFor, isRefusalOfPanel } from './failures.ts';

test.for([
  ['username_taken', 'This system already has an account named “acme”.'],
  ['username_taken', 'Sorry, a group for that username already exists.'],
  [
    'username_taken',
    'The name of another account on this server has the same initial 8 characters as the given username (acmeshop2). Each username’s first 8 characters must be unique.',
  ],
  ['username_invalid', '“mysql” is a reserved username on this system.'],
  ['username_invalid', 'A username cannot be longer than 16 characters.'],
  ['username_invalid', 'A username must start with a letter.'],
  ['domain_taken', 'API failure: (XID 6ekdqc) The domain “acme.example” already exists in the userdata.'],
  ['domain_taken', 'The domain “acme.example” already exists in the userdata for the user “other”.'],
  [
    'domain_taken',
    'The domain “a.acme.example” may not be created by “x” because “acme.example” is already owned by another user.',
  ],
  [
    'domain_taken',
    'A DNS entry for “acme.example” already exists. You must remove this DNS entry from this server or all servers in the DNS cluster to proceed.',
  ],
  ['domain_invalid', 'Domain “acme_” is not valid.'],
  [
    'package_missing',
    'Sorry, “gold” is not a valid package name. at /usr/local/cpanel/Whostmgr/Accounts/Create.pm line 1298.',
  ],
  ['package_missing', 'Specified package does not exist.'],
  ['package_denied', 'You do not have access to a package named “gold”.'],
  ['password_rejected', 'Sorry, the password may not contain the username for security reasons.'],
  ['not_found', 'Sorry, the user “acme” does not exist.'],
  ['not_found', 'Account does not exist.'],
  ['not_found', 'You cannot create a session for the user “x” because they do not exist.'],
  [
    'suspended',
    'Sorry, the user “acme” is currently suspended. Changing the user’s password would unsuspend the account.',
  ],
  ['not_suspended', 'The user “acme” is not in a suspended state.'],
  ['locked', 'Only resellers with the All privilege are allowed to unsuspend.'],
  ['server_full', 'Your system’s license allows up to 100 users, but there are already 100 users.'],
  ['server_full', 'Reached account limit quota.'],
  ['quota_full', 'You are using your maximum allotment (5) of MariaDB/MySQL databases.'],
  ['permission', 'You do not have access to an account named “acme”.'],
  ['unexplained', 'Konto nie istnieje.'],
  ['unexplained', ''],
] as const)('%s: %s', ([code, reason]) => {
  const failure = failureFor('createacct', reason);
  expect(failure.code).toBe(code);
  expect(isRefusalOfPanel(failure)).toBe(true);
});

test('the detail for staff keeps the key of the server log and drops the decoration', () => {
  const reason =
    'API failure: (XID 6ekdqc) Sorry, “gold” is not a valid package name. at /usr/local/cpanel/Create.pm line 1298.';
  expect(failureFor('createacct', reason).detail).toBe(
    'createacct: Sorry, "gold" is not a valid package name. (XID 6ekdqc)',
  );
});

test('a no that another try cannot change is refused, a block or an unknown text is tried again, the rest needs staff', () => {
  expect(failureFor('x', 'Account does not exist.')).toBeInstanceOf(Refused);
  expect(failureFor('x', 'Specified package does not exist.')).toBeInstanceOf(NeedsStaff);
  expect(failureFor('x', 'Konto nie istnieje.')).toBeInstanceOf(Retry);
  const blocked = failureFor('x', 'For security purposes, the system has temporarily blocked this IP address.');
  expect(blocked).toMatchObject({ kind: 'retry', code: 'rate_limited', afterSeconds: 900 });
  expect(isRefusalOfPanel(blocked)).toBe(false);
});
