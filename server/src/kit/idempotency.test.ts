import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Door, openDoor } from '../../test/door.ts';
import { answerOnce, forgetIdempotencyKeys } from './idempotency.ts';

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

const request = (key: string, body: unknown = { amount: 5 }) => ({ key, route: 'post /api/v1/things', body });

test('the same key and request have one effect and one answer', async () => {
  let effects = 0;
  const answer = async () => ({ number: ++effects });
  expect(await answerOnce(door.ctx, request('a'), answer)).toEqual({ number: 1 });
  expect(await answerOnce(door.ctx, request('a'), answer)).toEqual({ number: 1 });
  await expect(answerOnce(door.ctx, request('a', { amount: 6 }), answer)).rejects.toMatchObject({
    code: 'idempotency_key_reused',
  });
  expect(effects).toBe(1);
});

test('an answer without content is remembered as well', async () => {
  let effects = 0;
  for (const _ of [1, 2]) {
    expect(
      await answerOnce(door.ctx, request('empty'), async () => {
        effects += 1;
        return null;
      }),
    ).toBeNull();
  }
  expect(effects).toBe(1);
});

test('while the first is being answered the second waits its turn, and a failure frees the key', async () => {
  let fail = () => {};
  const first = answerOnce(
    door.ctx,
    request('b'),
    () =>
      new Promise<never>((_, reject) => {
        fail = () => reject(new Error('declined'));
      }),
  );
  first.catch(() => {});
  await expect
    .poll(() => door.app.db.selectFrom('idempotencyKey').select('key').where('key', '=', 'b').execute())
    .toHaveLength(1);
  await expect(answerOnce(door.ctx, request('b'), async () => 'second')).rejects.toMatchObject({
    code: 'request_in_progress',
  });
  fail();
  await expect(first).rejects.toThrow('declined');
  expect(await answerOnce(door.ctx, request('b'), async () => 'third')).toBe('third');
});

test('keys of one caller mean nothing to another', async () => {
  const other = { ...door.ctx, actor: { kind: 'system' as const, name: 'other' } };
  expect(await answerOnce(door.ctx, request('c'), async () => 'mine')).toBe('mine');
  expect(await answerOnce(other, request('c'), async () => 'theirs')).toBe('theirs');
});

test('a key is free again after a day', async () => {
  expect(await answerOnce(door.ctx, request('d'), async () => 'today')).toBe('today');
  door.clock.advance({ days: 1, seconds: 1 });
  expect(await answerOnce(door.ctx, request('d', { amount: 7 }), async () => 'tomorrow')).toBe('tomorrow');
  door.clock.advance({ days: 1, seconds: 1 });
  await forgetIdempotencyKeys(door.app.db, door.clock.now());
  expect(await door.app.db.selectFrom('idempotencyKey').select('key').execute()).toEqual([]);
});
