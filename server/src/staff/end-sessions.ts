import type { Context } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { personOf } from './person.ts';
import { deleteOtherSessions } from './queries.ts';

/** End one's own session somewhere else, at once. @throws NotFound `session_not_found`, for sessions of others as well */
export async function endSessionById(ctx: Context, input: { sessionId: string }): Promise<void> {
  const userId = personOf(ctx.actor);
  await ctx.transaction(async (tx) => {
    const ended = await tx.db
      .deleteFrom('loginSession')
      .where('id', '=', input.sessionId)
      .where('userId', '=', userId)
      .executeTakeFirst();
    if (ended.numDeletedRows === 0n) throw new NotFound('session_not_found');
    await audit(tx, 'login.session_ended', { kind: 'login', id: userId });
  });
}

/** End all of one's sessions but the one that asks. None is fine. */
export async function endOtherSessions(ctx: Context, input: { sessionId: string | undefined }): Promise<void> {
  const userId = personOf(ctx.actor);
  await ctx.transaction(async (tx) => {
    await deleteOtherSessions(tx.db, userId, input.sessionId);
    await audit(tx, 'login.other_sessions_ended', { kind: 'login', id: userId });
  });
}
