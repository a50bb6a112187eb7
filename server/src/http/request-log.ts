import { createMiddleware } from 'hono/factory';
import { actorKey } from '../kit/actor.ts';
import type { Env } from '../kit/endpoint.ts';

/** One line per API request. Neither queries nor bodies: they carry tokens and what people typed. */
export const logRequests = createMiddleware<Env>(async (c, next) => {
  const startedAt = performance.now();
  await next();
  if (!c.req.path.startsWith('/api/')) return;
  const { app, actor, correlationId } = c.get('ctx');
  app.log.info(
    {
      method: c.req.method,
      path: c.req.path,
      status: c.res.status,
      durationMs: Math.round(performance.now() - startedAt),
      actor: actorKey(actor),
      correlationId,
    },
    'Answered a request',
  );
});
