/** How long a session lives, by who holds it. better-auth's own limit of two weeks without a visit holds beside it. */
import type { Actor } from '../kit/actor.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

interface Life {
  /** Without a request. */
  idleMs: number;
  /** Since signing in, however much it is used. */
  longestMs: number;
}

/** Staff who walk away from a computer are asked who they are the next morning, and everybody is asked now and then. */
const LIVES = {
  staff: { idleMs: 12 * HOUR_MS, longestMs: 7 * DAY_MS },
  customer: { idleMs: 14 * DAY_MS, longestMs: 90 * DAY_MS },
} satisfies Partial<Record<Actor['kind'], Life>>;

export type SessionHolder = keyof typeof LIVES;

/** What outlived this is over for everybody. */
export const LONGEST_SESSION_MS = Math.max(...Object.values(LIVES).map(({ longestMs }) => longestMs));

/** Whether a session is over: its holder must sign in again. */
export function isOver(
  holder: SessionHolder,
  session: { signedInAt: Date; lastSeenAt: Date | null },
  now: Date,
): boolean {
  const { idleMs, longestMs } = LIVES[holder];
  const since = (instant: Date) => now.getTime() - instant.getTime();
  return since(session.signedInAt) >= longestMs || since(session.lastSeenAt ?? session.signedInAt) > idleMs;
}
