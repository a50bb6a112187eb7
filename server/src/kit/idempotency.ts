/** `Idempotency-Key` on a POST: the same key and request get the first answer again instead of a second effect. */
import { createHash } from 'node:crypto';
import { actorKey } from './actor.ts';
import type { Context } from './context.ts';
import { Conflict, Invalid } from './errors.ts';

/**
 * @throws Conflict `idempotency_key_reused` when the key came with another request before,
 *   `request_in_progress` while the first one is still being answered.
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
  const taken = await ctx.db
    .insertInto('idempotencyKey')
    .values({ ...row, requestHash, createdAt: ctx.clock.now() })
    .onConflict((conflict) => conflict.doNothing())
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
