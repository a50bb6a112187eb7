import { systemClock } from '../kit/clock.ts';
import type { Context } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import { personOf } from './person.ts';
import { findStaff, type SessionRow, sessionsOf } from './queries.ts';
import { isOver, type SessionHolder } from './session-life.ts';

/** Where the caller is signed in, the latest first. */
export function readOwnSessions(ctx: Context): Promise<SessionRow[]> {
  const userId = personOf(ctx.actor);
  return liveSessions(ctx, { userId, holder: ctx.actor.kind === 'staff' ? 'staff' : 'customer' });
}

/** Where a colleague is signed in. @throws NotFound `staff_not_found` */
export async function readStaffSessions(ctx: Context, input: { userId: string }): Promise<SessionRow[]> {
  allow(ctx.actor, 'staff:read');
  if (!(await findStaff(ctx.db, input.userId))) throw new NotFound('staff_not_found');
  return liveSessions(ctx, { ...input, holder: 'staff' });
}

/** Sessions that still open something; what has run out is deleted later. */
export async function liveSessions(
  ctx: Context,
  { userId, holder }: { userId: string; holder: SessionHolder },
): Promise<SessionRow[]> {
  const now = ctx.clock.now();
  const rows = await sessionsOf(ctx.db, userId, systemClock.now());
  return rows.filter((row) => !isOver(holder, row, now));
}
