import type { Context, TransactionContext } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { personOf } from './person.ts';
import { deleteOtherSessions, deleteSessions, findStaff } from './queries.ts';

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

/**
 * Sign a colleague out everywhere; they may sign in again. None is fine.
 *
 * @throws NotFound `staff_not_found`
 */
export async function endStaffSessions(ctx: Context, input: { userId: string }): Promise<void> {
  allow(ctx.actor, 'staff:write');
  await ctx.transaction(async (tx) => {
    if (!(await findStaff(tx.db, input.userId))) throw new NotFound('staff_not_found');
    await endAllSessions(tx, input.userId);
  });
}

/** End every session of a login, and note who did. */
export async function endAllSessions(tx: TransactionContext, userId: string): Promise<void> {
  await deleteSessions(tx.db, userId);
  await audit(tx, 'login.sessions_ended', { kind: 'login', id: userId });
}
