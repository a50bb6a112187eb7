/** The built web application: hashed files are kept by browsers for ever, the page itself is asked for every time. */
import { existsSync } from 'node:fs';
import { serveStatic } from '@hono/node-server/serve-static';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { compress } from 'hono/compress';
import { createMiddleware } from 'hono/factory';
import type { Env } from '../kit/endpoint.ts';
import { answerProblem } from './problems.ts';

const YEAR_SECONDS = 365 * 24 * 3600;
const NOT_BUILT = 'The web application is not built. Run `npm run build` and start again.\n';

/**
 * Serve a folder; any other address a browser opens is a page of the application.
 *
 * @param folder what Vite built; when it is missing, pages answer 503 and say how to build it
 */
export function serveWeb(http: OpenAPIHono<Env>, folder: string): void {
  if (!existsSync(`${folder}/index.html`)) {
    http.get('*', (c) => c.text(NOT_BUILT, 503));
    return;
  }
  http.get(
    '/assets/*',
    cacheControl(`public, max-age=${YEAR_SECONDS}, immutable`),
    compress(),
    serveStatic({ root: folder }),
    // A page of an older build asks for a file that is gone: the page itself would be no script.
    (c) => answerProblem(c, { status: 404, code: 'not_found' }),
  );
  http.get(
    '*',
    cacheControl('no-cache'),
    compress(),
    serveStatic({ root: folder }),
    serveStatic({ path: `${folder}/index.html` }),
  );
}

/** For what was found: that something is missing is not to be kept. */
const cacheControl = (value: string) =>
  createMiddleware(async (c, next) => {
    await next();
    if (c.res.ok) c.res.headers.set('cache-control', value);
  });
