import { expect, test } from 'vitest';
import { Conflict, DomainError, Forbidden, Invalid, NotFound, TooManyRequests, Unauthenticated } from './errors.ts';

test('each kind carries its status, its code and its own name', () => {
  const errors = [
    new Unauthenticated('sign_in_required'),
    new Forbidden('permission_missing', { permission: 'billing:write' }),
    new NotFound('invoice_not_found'),
    new Conflict('invoice_has_payments'),
    new Invalid('bad_quantity'),
    new TooManyRequests('too_many_sign_ins', { retryAfterSeconds: 30 }),
  ];
  expect(errors.map((error) => [error.name, error.status, error.code])).toEqual([
    ['Unauthenticated', 401, 'sign_in_required'],
    ['Forbidden', 403, 'permission_missing'],
    ['NotFound', 404, 'invoice_not_found'],
    ['Conflict', 409, 'invoice_has_payments'],
    ['Invalid', 422, 'bad_quantity'],
    ['TooManyRequests', 429, 'too_many_sign_ins'],
  ]);
  for (const error of errors) expect(error).toBeInstanceOf(DomainError);
});

test('the message is for staff and falls back to the code', () => {
  const cause = new Error('socket closed');
  const explained = new Conflict('server_full', { serverId: '7' }, { message: 'web-3 has 200 of 200 accounts', cause });
  expect(explained.message).toBe('web-3 has 200 of 200 accounts');
  expect(explained.cause).toBe(cause);
  expect(explained.details).toEqual({ serverId: '7' });
  expect(new Conflict('server_full').message).toBe('server_full');
  expect('cause' in new Conflict('server_full')).toBe(false);
});

test('Invalid says which value is wrong, and none when it was not told', () => {
  const issues = [{ path: 'lines.0.quantity', message: 'at least 1' }];
  expect(new Invalid('bad_request', { issues }).issues).toEqual(issues);
  expect(new Invalid('bad_request').issues).toEqual([]);
});

test('a wait is given in whole seconds and is never zero', () => {
  expect(new TooManyRequests('slow_down', { retryAfterSeconds: 0.2 }).retryAfterSeconds).toBe(1);
  expect(new TooManyRequests('slow_down', { retryAfterSeconds: 2.1 }).details).toEqual({ retryAfterSeconds: 3 });
});
