/** What a failed try means for its operation: tried again when, left to staff, or ended. */
import { ModuleFailure, type RetryRules } from '@hostwright/sdk';
import { Wait, type WaitReason } from '../kit/acts.ts';

export const DEFAULT_ATTEMPTS = 5;
const FIRST_RETRY_SECONDS = 60;
const FIRST_LOOK_SECONDS = 15;
const LONGEST_RETRY_SECONDS = 3600;

/** How long to wait when a `Wait` names no instant. A busy server wakes the next one by itself. */
const PACE_SECONDS: Record<WaitReason, number> = { server_busy: 0, server_unavailable: 30, no_capacity: 60, retry: 60 };

export interface Failure {
  kind: 'retry' | 'refused' | 'needs_staff' | 'unknown' | 'wait';
  code: string;
  /** Safe for customers. */
  message: string;
  /** For staff. */
  detail: string | null;
}

export type Outcome = { failure: Failure; mustFindFirst: boolean; spendsAttempt: boolean } & (
  | { state: 'waiting'; reason: WaitReason; until: Date }
  | { state: 'needs_staff' | 'failed' }
);

export interface Situation {
  /** Tries so far that spent an attempt, this one not counted. */
  attempts: number;
  maxAttempts: number;
  rules: RetryRules;
  /** What a definite refusal means for this act. */
  refused: 'needs_staff' | 'failed';
  /** Until when the server's breaker is open, after this failure; null when it is closed. */
  breakerOpenUntil: Date | null;
  now: Date;
  /** 0 to 1, for jitter. */
  random: number;
}

/** An unexpected error counts as `Unknown`: it proves nothing about what the panel did. */
export function outcomeOf(error: unknown, situation: Situation): Outcome {
  const failure = failureOf(error);
  const mustFindFirst = failure.kind === 'unknown';
  const wait = { state: 'waiting', failure, mustFindFirst } as const;
  if (error instanceof Wait) {
    const until = error.until ?? later(situation.now, PACE_SECONDS[error.reason]);
    return { ...wait, reason: error.reason, until, spendsAttempt: false };
  }
  if (situation.breakerOpenUntil) {
    return { ...wait, reason: 'server_unavailable', until: situation.breakerOpenUntil, spendsAttempt: false };
  }
  const ended = { failure, mustFindFirst, spendsAttempt: true } as const;
  switch (failure.kind) {
    case 'refused':
      return { ...ended, state: situation.refused };
    case 'needs_staff':
      return { ...ended, state: 'needs_staff' };
    case 'retry':
    case 'unknown':
    case 'wait':
      if (situation.attempts + 1 >= situation.maxAttempts) return { ...ended, state: 'needs_staff' };
      return {
        ...wait,
        reason: 'retry',
        until: later(situation.now, retrySeconds(error, failure, situation)),
        spendsAttempt: true,
      };
    default:
      return failure.kind satisfies never;
  }
}

function retrySeconds(error: unknown, failure: Failure, { attempts, rules, random }: Situation): number {
  if (error instanceof ModuleFailure && 'afterSeconds' in error && typeof error.afterSeconds === 'number')
    return error.afterSeconds;
  // After an unknown outcome we only look at first, so there is no reason to wait long.
  const first =
    failure.kind === 'unknown'
      ? Math.min(FIRST_LOOK_SECONDS, rules.firstRetrySeconds ?? FIRST_LOOK_SECONDS)
      : (rules.firstRetrySeconds ?? FIRST_RETRY_SECONDS);
  return Math.min(first * 2 ** attempts, LONGEST_RETRY_SECONDS) * (0.8 + 0.4 * random);
}

function failureOf(error: unknown): Failure {
  if (error instanceof Wait) return { kind: 'wait', code: error.reason, message: error.message, detail: null };
  if (error instanceof ModuleFailure) {
    return { kind: error.kind, code: error.code, message: error.message, detail: error.detail ?? null };
  }
  return {
    kind: 'unknown',
    code: 'unexpected',
    message: 'Something unexpected happened; we are looking at what was done.',
    detail: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  };
}

const later = (now: Date, seconds: number) => new Date(now.getTime() + seconds * 1000);
