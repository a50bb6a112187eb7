/**
 * When a server counts as unavailable. Only failures of the server itself count: a panel that refuses a domain is well.
 * While the breaker is open, operations wait without spending attempts; after that one tries first.
 */
import { ModuleFailure } from '@hostwright/sdk';

export interface BreakerState {
  /** Failures in a row. */
  failures: number;
  openUntil: Date | null;
  /** For staff: what went wrong last. */
  reason: string | null;
}

/** Failures in a row that open it. */
export const OPENS_AFTER = 5;
const FIRST_OPEN_SECONDS = 30;
const LONGEST_OPEN_SECONDS = 600;

/** More tries could get us blocked, and none can help before a person acts: these open it at once. */
const OPENS_AT_ONCE = new Set(['auth', 'certificate']);
const COUNTS = new Set(['unreachable', 'lost', 'rate_limited', 'protocol', ...OPENS_AT_ONCE]);

export const closed: BreakerState = { failures: 0, openUntil: null, reason: null };

/** Whether this failure says something about the server rather than about the request. */
export const countsAgainstServer = (error: unknown): error is ModuleFailure =>
  error instanceof ModuleFailure && COUNTS.has(error.code);

export const isOpen = (state: BreakerState, now: Date) => state.openUntil !== null && state.openUntil > now;

/** Open or about to be tried: nothing but one operation may go there. */
export const isProbing = (state: BreakerState) => state.failures >= OPENS_AFTER;

/** The state after one more failure of the server. Opens for 30 s, then twice as long each time, at most 10 minutes. */
export function afterFailure(state: BreakerState, failure: ModuleFailure, now: Date): BreakerState {
  const failures = OPENS_AT_ONCE.has(failure.code) ? Math.max(state.failures + 1, OPENS_AFTER) : state.failures + 1;
  const reason = [failure.message, failure.detail].filter(Boolean).join(' ');
  if (failures < OPENS_AFTER) return { failures, openUntil: null, reason };
  const seconds = Math.min(FIRST_OPEN_SECONDS * 2 ** (failures - OPENS_AFTER), LONGEST_OPEN_SECONDS);
  return { failures, openUntil: new Date(now.getTime() + seconds * 1000), reason };
}
