import type { Context as HonoContext } from 'hono';
import { sql } from 'kysely';
import type { App } from '../kit/context.ts';

const PATIENCE_MS = 3_000;

/** Whether this process can work: 200 when the database answers in time, 503 otherwise. Nothing else is told. */
export async function answerHealth(app: App, c: HonoContext): Promise<Response> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('The database does not answer.')), PATIENCE_MS).unref();
  });
  const alive = await Promise.race([sql`select 1`.execute(app.db), late]).then(
    () => true,
    () => false,
  );
  c.header('cache-control', 'no-store');
  return c.json({ status: alive ? 'ok' : 'database_unavailable' }, alive ? 200 : 503);
}
