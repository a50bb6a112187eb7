/** The built web application: hashed files are kept by browsers for ever, the page itself is asked for every time. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { serveStatic } from '@hono/node-server/serve-static';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Handler } from 'hono';
import { compress } from 'hono/compress';
import { createMiddleware } from 'hono/factory';
import type { App } from '../kit/context.ts';
import type { Env } from '../kit/endpoint.ts';
import { readShopSettings } from '../staff/settings.ts';
import { answerProblem } from './problems.ts';
import { shopIcon, shopPage } from './shop-page.ts';

const YEAR_SECONDS = 365 * 24 * 3600;
const NOT_BUILT = 'The web application is not built. Run `npm run build` and start again.\n';

/**
 * Serve a folder; any other address a browser opens is a page of the application.
 *
 * @param folder what Vite built; when it is missing, pages answer 503 and say how to build it
 */
export function serveWeb(http: OpenAPIHono<Env>, app: App, folder: string): void {
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
  const page: Handler<Env> = async (c) => {
    // Without its database the shop still has a page, which then says what is the matter.
    const [template, settings] = await Promise.all([
      readFile(`${folder}/index.html`, 'utf8'),
      readShopSettings(app.db).catch(() => undefined),
    ]);
    return c.html(settings ? shopPage(template, settings) : template);
  };
  http.get('/icon.svg', cacheControl('no-cache'), async (c) =>
    c.body(shopIcon((await readShopSettings(app.db)).shopName), 200, { 'content-type': 'image/svg+xml' }),
  );
  http.get('/', cacheControl('no-cache'), compress(), page);
  http.get('*', cacheControl('no-cache'), compress(), serveStatic({ root: folder }), page);
}

/** For what was found: that something is missing is not to be kept. */
const cacheControl = (value: string) =>
  createMiddleware(async (c, next) => {
    await next();
    if (c.res.ok) c.res.headers.set('cache-control', value);
  });
