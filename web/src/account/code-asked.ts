import { ApiProblem } from '../api/problem.ts';

/**
 * The password was right and a code is wanted beside it: the same problem, said at the form's `code` field.
 * @returns null for every other failure
 */
export function codeAsked(error: unknown): ApiProblem | null {
  if (!(error instanceof ApiProblem) || error.code !== 'code_required') return null;
  return new ApiProblem({ ...error, detail: error.detail, issues: [{ path: 'code', message: error.detail }] });
}
