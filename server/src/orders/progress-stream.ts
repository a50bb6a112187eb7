/** An order's progress as server-sent events: the whole of it at every change, until nothing more will change. */
import { createHash } from 'node:crypto';
import type { Context as HonoContext } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Context } from '../kit/context.ts';
import { type Env, toJson } from '../kit/endpoint.ts';
import { RUN_CHANNEL } from '../kit/steps.ts';
import { isFinal, orderProgress } from './progress.ts';
import { progressOut } from './schemas.ts';

/** Steps are told at once; what changes without a step, such as a payment, is seen when we look. */
const LOOK_EVERY_MS = 2_000;
/** Proxies cut connections that say nothing. */
const HEARTBEAT_MS = 15_000;
const RECONNECT_MS = 2_000;

/**
 * Ends when everything is final, or when the client goes. A client that comes back to what it has seen already, and that
 * is final, is answered 204, which tells browsers to stay away.
 *
 * @param orderId one the caller may see
 */
export async function streamProgress(ctx: Context, http: HonoContext<Env>, orderId: string): Promise<Response> {
  const seen = http.req.header('last-event-id');
  const first = await read(ctx, orderId);
  if (first.final && first.id === seen) return http.body(null, 204);
  http.header('x-accel-buffering', 'no');
  return streamSSE(
    http,
    async (stream) => {
      const changes = await watchRuns(ctx);
      stream.onAbort(changes.stop);
      try {
        let last: string | undefined;
        let toldAt = performance.now();
        for (let now = first; !stream.aborted; now = await read(ctx, orderId)) {
          if (now.id !== last) {
            await stream.writeSSE({ event: 'progress', id: now.id, retry: RECONNECT_MS, data: now.data });
            last = now.id;
            toldAt = performance.now();
          } else if (performance.now() - toldAt > HEARTBEAT_MS) {
            await stream.write(': still here\n\n');
            toldAt = performance.now();
          }
          if (now.final) return;
          await changes.next(now.operationIds);
        }
      } finally {
        changes.stop();
      }
    },
    async (err) => {
      ctx.app.log.warn({ err, orderId }, 'a progress stream broke');
    },
  );
}

/** The progress as it is sent, and a name for exactly this state of it. */
async function read(ctx: Context, orderId: string) {
  const progress = await orderProgress(ctx, orderId);
  const data = JSON.stringify(progressOut.parse(toJson(progress)));
  return {
    data,
    id: createHash('sha256').update(data).digest('base64url').slice(0, 22),
    final: isFinal(progress),
    operationIds: progress.services.flatMap(({ operationId }) => (operationId === null ? [] : [operationId])),
  };
}

/** Wakes whoever waits when a step of one of its operations changes, when it is time to look, or when it is over. */
async function watchRuns(ctx: Context) {
  const changed = new Set<string>();
  let stopped = false;
  let wake = () => {};
  const unsubscribe = await ctx.app.notifications.subscribe(RUN_CHANNEL, (runId) => {
    changed.add(runId);
    wake();
  });
  return {
    next: (operationIds: readonly string[]) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(() => go(), LOOK_EVERY_MS);
        const go = () => {
          clearTimeout(timer);
          changed.clear();
          wake = () => {};
          resolve();
        };
        wake = () => {
          if (stopped || operationIds.some((id) => changed.has(id))) go();
        };
        wake(); // what changed since the last look
      }),
    stop() {
      stopped = true;
      unsubscribe();
      wake();
    },
  };
}
