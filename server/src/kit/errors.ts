/**
 * Everything we expect to go wrong and can explain. Anything else that is thrown is a bug and stays a plain Error:
 * it is answered as 500 and its message is kept from the outside.
 */

/** Which value of the input is wrong, and what would be right. `path` joins names with dots, `lines.0.quantity`. */
export interface Issue {
  path: string;
  message: string;
}

interface Explanation {
  /** A sentence for staff, never shown to customers. The code when not given. */
  message?: string;
  cause?: unknown;
}

/**
 * @param code stable and snake_case: clients, tests and translations depend on it
 * @param details JSON-safe facts that leave the building with the code, so never secrets
 */
export abstract class DomainError extends Error {
  abstract readonly status: 401 | 403 | 404 | 409 | 422 | 429;
  readonly code: string;
  readonly details: Record<string, unknown>;

  constructor(code: string, details: Record<string, unknown> = {}, explanation: Explanation = {}) {
    super(explanation.message ?? code, explanation.cause === undefined ? undefined : { cause: explanation.cause });
    this.name = new.target.name;
    this.code = code;
    this.details = details;
  }
}

/** Nobody is signed in, or the session or key is not valid any more. */
export class Unauthenticated extends DomainError {
  readonly status = 401;
}

/** Signed in, and still not allowed. For rows of other customers throw `NotFound`, which tells nothing. */
export class Forbidden extends DomainError {
  readonly status = 403;
}

/** There is no such thing, or not for the one who asks. */
export class NotFound extends DomainError {
  readonly status = 404;
}

/** A legal request at the wrong moment; the same request may succeed later. Bad input is `Invalid`. */
export class Conflict extends DomainError {
  readonly status = 409;
}

/** The input is wrong and stays wrong. Put what is wrong where into `details.issues`. */
export class Invalid extends DomainError {
  readonly status = 422;
  readonly issues: Issue[];

  constructor(code: string, details: { issues?: Issue[] } & Record<string, unknown> = {}, explanation?: Explanation) {
    super(code, details, explanation);
    this.issues = details.issues ?? [];
  }
}

/** Too often; the same request may succeed after `retryAfterSeconds`, which is answered as `Retry-After`. */
export class TooManyRequests extends DomainError {
  readonly status = 429;
  readonly retryAfterSeconds: number;

  /** @param details.retryAfterSeconds rounded up to whole seconds, at least 1 */
  constructor(
    code: string,
    details: { retryAfterSeconds: number } & Record<string, unknown>,
    explanation?: Explanation,
  ) {
    const retryAfterSeconds = Math.max(1, Math.ceil(details.retryAfterSeconds));
    super(code, { ...details, retryAfterSeconds }, explanation);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
