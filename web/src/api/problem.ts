/** What the API says when it cannot do something: an RFC 9457 problem with a stable code. */
export interface Issue {
  /** Names joined with dots, relative to the request body: `lines.0.quantity`. */
  path: string;
  message: string;
}

/**
 * A request that failed in a way we can explain.
 * `message` is a sentence that may be shown to people; `code` is for decisions.
 */
export class ApiProblem extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly issues: Issue[];
  readonly details: Record<string, unknown>;
  readonly correlationId: string | null;

  constructor(problem: {
    status: number;
    code: string;
    detail: string;
    issues?: Issue[];
    details?: Record<string, unknown>;
    correlationId?: string | null;
  }) {
    super(problem.detail);
    this.name = 'ApiProblem';
    this.status = problem.status;
    this.code = problem.code;
    this.detail = problem.detail;
    this.issues = problem.issues ?? [];
    this.details = problem.details ?? {};
    this.correlationId = problem.correlationId ?? null;
  }
}

/** Sentences for codes people meet; a code that is not here shows the server's own detail. */
const SENTENCES: Record<string, string> = {
  sign_in_required: 'Your session has ended. Please sign in again.',
  permission_missing: 'Your role does not allow this.',
  customers_only: 'This is for customers. You are signed in as staff.',
  wrong_credentials: 'That e-mail address and password do not belong together.',
  email_taken: 'There is already an account with this e-mail address.',
  token_invalid: 'This link is no longer valid. Please ask for a new one.',
  out_of_stock: 'This product has just sold out.',
  no_answer: 'The server cannot be reached. Check your connection and try again.',
};

const BY_STATUS: Record<number, string> = {
  401: 'Please sign in to go on.',
  403: 'You are not allowed to do this.',
  404: 'There is nothing here, or it is not yours to see.',
  409: 'This is not possible right now. Reload the page to see what changed.',
  422: 'Some of what you entered needs another look.',
  429: 'That was a lot of tries. Please wait a moment.',
};

/** Reads a failed answer; an answer that is no problem document (a proxy's page) is explained by its status. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null);
  const fields = (body !== null && typeof body === 'object' ? body : {}) as Record<string, unknown>;
  const code = typeof fields.code === 'string' ? fields.code : `http_${response.status}`;
  // Server details that merely repeat the code tell people nothing.
  const told = typeof fields.detail === 'string' && fields.detail !== code ? fields.detail : undefined;
  return new ApiProblem({
    status: response.status,
    code,
    detail:
      SENTENCES[code] ?? told ?? BY_STATUS[response.status] ?? 'Something went wrong on our side. Please try again.',
    issues: Array.isArray(fields.issues) ? (fields.issues as Issue[]) : [],
    details: (fields.details ?? {}) as Record<string, unknown>,
    correlationId: typeof fields.correlationId === 'string' ? fields.correlationId : null,
  });
}

export const noAnswer = () =>
  new ApiProblem({ status: 0, code: 'no_answer', detail: SENTENCES.no_answer ?? 'No answer.' });

/** Anything thrown, as a problem: bugs in the page get one calm sentence. */
export const asProblem = (error: unknown): ApiProblem =>
  error instanceof ApiProblem
    ? error
    : new ApiProblem({ status: 0, code: 'page_error', detail: 'Something went wrong in this page. Please reload it.' });
