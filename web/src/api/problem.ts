import { sentenceOf } from './problem-sentences.ts';

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

/** Reads a failed answer; an answer that is no problem document (a proxy's page) is explained by its status. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null);
  const fields = (body !== null && typeof body === 'object' ? body : {}) as Record<string, unknown>;
  const code = typeof fields.code === 'string' ? fields.code : `http_${response.status}`;
  const details = (fields.details ?? {}) as Record<string, unknown>;
  return new ApiProblem({
    status: response.status,
    code,
    detail: sentenceOf({ status: response.status, code, detail: text(fields.detail), message: text(details.message) }),
    issues: Array.isArray(fields.issues) ? (fields.issues as Issue[]) : [],
    details,
    correlationId: typeof fields.correlationId === 'string' ? fields.correlationId : null,
  });
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

export const noAnswer = () => {
  const problem = { status: 0, code: 'no_answer' };
  return new ApiProblem({ ...problem, detail: sentenceOf(problem) });
};

/** Anything thrown, as a problem: bugs in the page get one calm sentence. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (isMissingPage(error)) return noAnswer();
  return new ApiProblem({
    status: 0,
    code: 'page_error',
    detail: 'Something went wrong in this page. Please reload it.',
  });
}

/** A page that could not be fetched, in the words of Chromium, Firefox and Safari; there is no code to tell it by. */
const isMissingPage = (error: unknown) =>
  error instanceof TypeError && /dynamically imported module|importing a module script failed/i.test(error.message);
