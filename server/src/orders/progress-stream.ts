/** An order's progress as server-sent events: the whole of it at every change, until nothing more will change. */
import { createHash } from 'node:crypto';
import type { Context as HonoContext } from 'hono';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import { actorKey } from '../kit/actor.ts';
import type { Context } from '../kit/context.ts';
import { type Env, toJson } from '../kit/endpoint.ts';
import { TooManyRequests } from '../kit/errors.ts';
import { isFinal, orderProgress } from './progress.ts';
import { progressOut } from './schemas.ts';
import { watchRuns } from './watch-runs.ts';

/** Proxies cut connections that say nothing. */
const HEARTBEAT_MS = 15_000;
const RECONNECT_MS = 2_000;
/** Then whoever listens comes back, and is asked again who they are: rights end, and so do sessions. */
const LONGEST_MS = 120_000;
/** In one process. Every open stream asks the database again and again. */
const STREAMS_PER_CALLER = 20;

const open = new Map<string, number>();

/**
 * Ends when everything is final, when the client goes, or after two minutes, when browsers come back by themselves. A
 * client that comes back to what it has seen already, and that is final, is answered 204, which tells browsers to stay
 * away.
 *
 * @param orderId one the caller may see
 * @throws TooManyRequests `too_many_streams`
 */
export async function streamProgress(ctx: Context, http: HonoContext<Env>, orderId: string): Promise<Response> {
  const now = await read(ctx, orderId);
  if (now.final && now.id === http.req.header('last-event-id')) return http.body(null, 204);
  const leave = enter(actorKey(ctx.actor));
  http.header('x-accel-buffering', 'no');
  return streamSSE(http, async (stream) => {
    try {
      await tell(ctx, stream, orderId);
    } catch (err) {
      // The browser comes back by itself. What went wrong is not for it to know.
      ctx.app.log.warn({ err, orderId }, 'a progress stream broke');
    } finally {
      leave();
    }
  });
}

async function tell(ctx: Context, stream: SSEStreamingApi, orderId: string): Promise<void> {
  const runs = await watchRuns(ctx.app.notifications);
  stream.onAbort(runs.stop);
  try {
    let last: string | undefined;
    let toldAt = performance.now();
    const endsAt = toldAt + LONGEST_MS;
    while (!stream.aborted && performance.now() < endsAt) {
      const now = await read(ctx, orderId);
      if (now.id !== last) {
        await stream.writeSSE({ event: 'progress', id: now.id, retry: RECONNECT_MS, data: now.data });
        last = now.id;
        toldAt = performance.now();
      } else if (performance.now() - toldAt > HEARTBEAT_MS) {
        await stream.write(': still here\n\n');
        toldAt = performance.now();
      }
      if (now.final) return;
      await runs.changed(now.operationIds);
    }
  } finally {
    runs.stop();
  }
}

/** The progress as it is sent, and a name for exactly this state of it. */
async function read(ctx: Context, orderId: string) {
  const progress = await orderProgress(ctx, orderId);
  const data = JSON.stringify(progressOut.parse(toJson(progress)));
  const operationIds = progress.services.map(({ operationId }) => operationId);
  return {
    data,
    id: createHash('sha256').update(data).digest('base64url').slice(0, 22),
    final: isFinal(progress),
    /** Undefined while a service has no operation yet: any that begins might be its. */
    operationIds: operationIds.every((id) => id !== null) ? operationIds : undefined,
  };
}

function enter(caller: string): () => void {
  const streams = open.get(caller) ?? 0;
  if (streams >= STREAMS_PER_CALLER) throw new TooManyRequests('too_many_streams', { retryAfterSeconds: 5 });
  open.set(caller, streams + 1);
  return () => {
    const left = (open.get(caller) ?? 1) - 1;
    if (left > 0) open.set(caller, left);
    else open.delete(caller);
  };
}
