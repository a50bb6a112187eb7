import type { Context } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import { endAllSessions } from '../staff/end-sessions.ts';
import type { SessionRow } from '../staff/queries.ts';
import { liveSessions } from '../staff/read-sessions.ts';
import { findUserOf } from './users.ts';

interface Whose {
  customerId: string;
  userId: string;
}

/** Where a customer's user is signed in, for staff. @throws NotFound `user_not_found` */
export async function readUserSessions(ctx: Context, input: Whose): Promise<SessionRow[]> {
  allow(ctx.actor, 'customers:read');
  if (!(await findUserOf(ctx.db, input.customerId, input.userId))) throw new NotFound('user_not_found');
  return liveSessions(ctx, { userId: input.userId, holder: 'customer' });
}

/** Sign a customer's user out everywhere; they may sign in again. None is fine. @throws NotFound `user_not_found` */
export async function endUserSessions(ctx: Context, input: Whose): Promise<void> {
  allow(ctx.actor, 'customers:write');
  await ctx.transaction(async (tx) => {
    if (!(await findUserOf(tx.db, input.customerId, input.userId))) throw new NotFound('user_not_found');
    await endAllSessions(tx, input.userId);
  });
}
