/** `Idempotency-Key` on a POST: the same key and request get the first answer again instead of a second effect. */
import { createHash } from 'node:crypto';
import { actorKey } from './actor.ts';
import type { Context } from './context.ts';
import type { Db } from './db.ts';
import { Conflict, Invalid } from './errors.ts';

const REMEMBERED_HOURS = 24;

/**
 * Answer a request, or repeat the answer it got before. A key is remembered for a day; one whose process died before
 * answering says `request_in_progress` for as long, because nobody knows what it did: look, then use another key.
 *
 * @param request.key at most 200 characters; keys of one caller mean nothing to another
 * @param answer gives what JSON can hold; when it throws, the key is free again
 * @throws Conflict `idempotency_key_reused` when the key came with another request before,
 *   `request_in_progress` while the first one is still being answered
 * @throws Invalid `idempotency_key_too_long`
 */
export async function answerOnce<T>(
  ctx: Context,
  request: { key: string; route: string; body: unknown },
  answer: () => Promise<T>,
): Promise<T> {
  if (request.key.length > 200) throw new Invalid('idempotency_key_too_long');
  const row = { actorKey: actorKey(ctx.actor), key: request.key };
  const requestHash = createHash('sha256')
    .update(JSON.stringify([request.route, request.body ?? null]))
    .digest('hex');
  const createdAt = ctx.clock.now();
  const taken = await ctx.db
    .insertInto('idempotencyKey')
    .values({ ...row, requestHash, createdAt })
    .onConflict((conflict) =>
      conflict
        .columns(['actorKey', 'key'])
        .doUpdateSet({ requestHash, status: null, response: null, createdAt })
        .where('idempotencyKey.createdAt', '<', forgottenBefore(createdAt)),
    )
    .returning('key')
    .executeTakeFirst();
  if (!taken) {
    const before = await ctx.db
      .selectFrom('idempotencyKey')
      .selectAll()
      .where('actorKey', '=', row.actorKey)
      .where('key', '=', row.key)
      .executeTakeFirstOrThrow();
    if (before.requestHash !== requestHash) throw new Conflict('idempotency_key_reused');
    if (before.status === null) throw new Conflict('request_in_progress');
    return before.response as T;
  }
  try {
    const value = await answer();
    await ctx.db
      .updateTable('idempotencyKey')
      .set({ status: 200, response: JSON.stringify(value) })
      .where('actorKey', '=', row.actorKey)
      .where('key', '=', row.key)
      .execute();
    return value;
  } catch (error) {
    await ctx.db.deleteFrom('idempotencyKey').where('actorKey', '=', row.actorKey).where('key', '=', row.key).execute();
    throw error;
  }
}

/** Delete keys that mean nothing any more. */
export async function forgetIdempotencyKeys(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('idempotencyKey').where('createdAt', '<', forgottenBefore(now)).execute();
}

const forgottenBefore = (now: Date) => new Date(now.getTime() - REMEMBERED_HOURS * 3_600_000);
