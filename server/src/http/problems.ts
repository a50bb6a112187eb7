/** The one place where what went wrong becomes an answer: RFC 9457 problem documents with stable codes. */
import { STATUS_CODES } from 'node:http';
import type { Context as HonoContext } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ZodError } from 'zod';
import type { Env } from '../kit/endpoint.ts';
import { DomainError, Invalid, TooManyRequests } from '../kit/errors.ts';

interface Problem {
  status: ContentfulStatusCode;
  code: string;
  detail?: string;
  issues?: { path: string; message: string }[];
  details?: Record<string, unknown>;
}

/** For `app.onError`. Bugs are logged with the correlation id; nothing of their message leaves the building. */
export function answerError(error: Error, c: HonoContext<Env>): Response {
  if (error instanceof TooManyRequests) c.header('retry-after', String(error.retryAfterSeconds));
  if (error instanceof DomainError) return answerProblem(c, problemOf(error));
  if (error instanceof HTTPException) return answerProblem(c, refusalOf(error));
  const ctx = c.get('ctx');
  ctx.app.log.error(
    { err: error, correlationId: ctx.correlationId, method: c.req.method, path: c.req.path },
    'A request failed for no known reason',
  );
  return answerProblem(c, {
    status: 500,
    code: 'internal_error',
    detail: 'Something broke on our side. The log has it under the correlation id.',
  });
}

export function answerProblem(c: HonoContext<Env>, { status, code, ...rest }: Problem): Response {
  const problem = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    ...rest,
    correlationId: c.get('ctx').correlationId,
  };
  return c.body(JSON.stringify(problem), status, { 'content-type': 'application/problem+json' });
}

/** For every route's validation. @throws Invalid `invalid_request` naming each wrong value */
export function refuseInvalid(result: { success: true } | { success: false; error: ZodError; target: string }): void {
  if (result.success) return;
  const issues = result.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  throw new Invalid('invalid_request', { in: result.target, issues });
}

function problemOf(error: DomainError): Problem {
  const { issues, ...details } = error.details;
  return {
    status: error.status,
    code: error.code,
    ...(error instanceof Invalid ? { issues: error.issues } : {}),
    ...(Object.keys(details).length > 0 ? { details } : {}),
  };
}

/** What Hono itself refuses: a body that is no JSON, or not said to be. */
function refusalOf(error: HTTPException): Problem {
  switch (error.status) {
    case 400:
      return { status: 400, code: 'malformed_request', detail: 'The body is not valid JSON.' };
    case 415:
      return { status: 415, code: 'unsupported_media_type', detail: 'Send the body as application/json.' };
    default:
      return { status: error.status, code: 'refused' };
  }
}
