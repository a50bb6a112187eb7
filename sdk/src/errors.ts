/**
 * How a module says that something went wrong. The engine decides by the class what to do next; anything else thrown
 * counts as `Unknown`, because an unexpected error proves nothing about what the panel did.
 */

/**
 * Codes the engine reacts to. Others are free-form and only shown.
 *
 * - `username_taken`, `username_invalid`: the engine stores another username and tries again.
 * - `server_full`: the engine takes the server out of rotation and places the service elsewhere.
 * - `auth`: the credentials were not accepted; the server's breaker opens at once, since more tries may get us blocked.
 */
export type FailureCode =
  | 'username_taken'
  | 'username_invalid'
  | 'domain_taken'
  | 'domain_invalid'
  | 'package_missing'
  | 'package_denied'
  | 'password_rejected'
  | 'not_found'
  | 'suspended'
  | 'server_full'
  | 'permission'
  | 'auth'
  | 'unreachable'
  | 'rate_limited'
  | 'quota_full'
  | 'protocol'
  | (string & {});

interface FailureOptions {
  code?: FailureCode;
  /** For staff only: the panel's own words, cleaned of secrets by the engine before they are stored. */
  detail?: string;
  cause?: unknown;
}

/** What every failure of a module has in common. `message` is safe for customers; `detail` is for staff. */
export abstract class ModuleFailure extends Error {
  abstract readonly kind: 'retry' | 'refused' | 'needs_staff' | 'unknown';
  readonly code: FailureCode;
  readonly detail: string | undefined;

  constructor(message: string, options: FailureOptions = {}) {
    super(message, { cause: options.cause });
    this.name = new.target.name;
    this.code = options.code ?? 'failed';
    this.detail = options.detail;
  }
}

/** Definitely not done, and worth trying again after `afterSeconds` (the engine's backoff when not given). */
export class Retry extends ModuleFailure {
  readonly kind = 'retry';
  readonly afterSeconds: number | undefined;

  constructor(message: string, options: FailureOptions & { afterSeconds?: number } = {}) {
    super(message, options);
    this.afterSeconds = options.afterSeconds;
  }
}

/** Definitely not done, and trying the same again will not help. */
export class Refused extends ModuleFailure {
  readonly kind = 'refused';
}

/** Definitely not done, and only a person can help. `message` says what to do. */
export class NeedsStaff extends ModuleFailure {
  readonly kind = 'needs_staff';
}

/** May or may not have happened. The engine calls `find` before anything else. */
export class Unknown extends ModuleFailure {
  readonly kind = 'unknown';
}
