/**
 * Cross-site request forgery: a browser sends our cookie along with whatever another site makes it post. Browsers say
 * where a request comes from, and programs have no cookie to misuse, so nothing needs a token.
 */
import { createMiddleware } from 'hono/factory';
import type { Config } from '../config.ts';
import type { Env } from '../kit/endpoint.ts';
import { Forbidden } from '../kit/errors.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what a page of another origin makes a browser send, signing in included. Requests with an API key pass:
 * no browser adds one by itself.
 *
 * @throws Forbidden `cross_site_request`
 */
export const sameOriginOnly = (config: Config) =>
  createMiddleware<Env>(async (c, next) => {
    if (!SAFE.has(c.req.method) && c.req.header('authorization') === undefined) {
      const site = c.req.header('sec-fetch-site');
      const origin = c.req.header('origin');
      // `Sec-Fetch-Site` is the browser's own word; it is only missing on plain http and in old browsers.
      const ours =
        site !== undefined
          ? site === 'same-origin' || site === 'none'
          : origin === undefined || isOurs(origin, c.req.header('host'), config);
      if (!ours) throw new Forbidden('cross_site_request');
    }
    await next();
  });

function isOurs(origin: string, host: string | undefined, config: Config): boolean {
  if (!URL.canParse(origin)) return false;
  const { host: originHost, origin: wellFormed } = new URL(origin);
  if (config.publicUrl !== undefined && wellFormed === new URL(config.publicUrl).origin) return true;
  return host !== undefined && originHost === host;
}
