/** The API document, and a page to browse it: our own files, nothing from elsewhere. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Env } from '../kit/endpoint.ts';
import { openapiDocument } from './openapi.ts';

const FILES = {
  '/api/docs': { name: 'docs.html', type: 'text/html; charset=utf-8' },
  '/api/docs/docs.js': { name: 'docs.js', type: 'text/javascript; charset=utf-8' },
  '/api/docs/docs.css': { name: 'docs.css', type: 'text/css; charset=utf-8' },
};

export function serveDocs(http: OpenAPIHono<Env>): void {
  let document: string | undefined;
  http.get('/api/openapi.json', (c) => {
    document ??= JSON.stringify(openapiDocument());
    return c.body(document, 200, { 'content-type': 'application/json' });
  });
  for (const [address, { name, type }] of Object.entries(FILES)) {
    const text = readFileSync(path.join(import.meta.dirname, 'docs', name), 'utf8');
    http.get(address, (c) => c.body(text, 200, { 'content-type': type }));
  }
}
