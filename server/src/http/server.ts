/** The HTTP door: one Hono application over every room, and the server that listens. */
import { createServer } from 'node:http';
import path from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import type { App } from '../kit/context.ts';
import { type AddRoute, type Env, handle } from '../kit/endpoint.ts';
import { serveDocs } from './docs.ts';
import { answerHealth } from './health.ts';
import { identify, startTrace } from './identity.ts';
import { apiPath } from './openapi.ts';
import { answerError, answerProblem, refuseInvalid } from './problems.ts';
import { limitRequests } from './rate-limit.ts';
import { logRequests } from './request-log.ts';
import { roomRoutes } from './routes.ts';
import { sameOriginOnly } from './same-origin.ts';
import { securityHeaders } from './security-headers.ts';
import { serveWeb } from './web-files.ts';

const MAX_BODY_BYTES = 1024 * 1024;
const CLOSE_AFTER_SECONDS = 10;
const WEB_FOLDER = path.join(import.meta.dirname, '../../../web/dist');

/**
 * The whole application; `http.request()` answers without a socket.
 *
 * @param options.webFolder the built web application, `web/dist` when not given
 * @param options.besides adds what only this process serves, beside the API and the web application
 */
export function createHttp(
  app: App,
  options: { webFolder?: string; besides?: (http: OpenAPIHono<Env>) => void } = {},
): OpenAPIHono<Env> {
  const http = new OpenAPIHono<Env>({ defaultHook: refuseInvalid });
  http.onError(answerError);
  http.notFound((c) => answerProblem(c, { status: 404, code: 'not_found' }));
  http.use(startTrace(app), securityHeaders(app.config), logRequests);
  http.get('/healthz', (c) => answerHealth(app, c));

  http.use(
    '/api/*',
    async (c, next) => {
      await next();
      c.res.headers.set('cache-control', 'no-store');
    },
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (c) => answerProblem(c, { status: 413, code: 'body_too_large', details: { maxBytes: MAX_BODY_BYTES } }),
    }),
    sameOriginOnly(app.config),
    identify(app),
    limitRequests,
  );
  serveDocs(http);
  const add: AddRoute = (definition, run) => handle(http, { ...definition, path: apiPath(definition.path) }, run);
  for (const routes of roomRoutes) routes(add);
  http.all('/api/*', (c) => answerProblem(c, { status: 404, code: 'not_found' }));

  options.besides?.(http);
  serveWeb(http, app, options.webFolder ?? WEB_FOLDER);
  return http;
}

/**
 * Listen.
 *
 * @param options.port 0 picks a free one
 * @param options.besides as for `createHttp`
 * @returns `close` takes no more requests and ends when those under way are answered, or after ten seconds; a second
 *   call waits for the same end
 * @throws Error of the system, for example EADDRINUSE
 */
export async function startHttp(
  app: App,
  options: { host: string; port: number; besides?: (http: OpenAPIHono<Env>) => void },
): Promise<{ url: string; close(): Promise<void> }> {
  const { besides } = options;
  const server = createAdaptorServer({ fetch: createHttp(app, { besides }).fetch, createServer }) as ReturnType<
    typeof createServer
  >;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  let closing: Promise<void> | undefined;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      // Streams of progress stay open for as long as somebody watches.
      setTimeout(() => server.closeAllConnections(), CLOSE_AFTER_SECONDS * 1000).unref();
    });
  return {
    url: `http://${host}:${port}`,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
