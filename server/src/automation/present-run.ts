import type { Context } from '../kit/context.ts';
import type { RunRow } from './run-queries.ts';

/** Longer than a run may take: its process is gone. */
const STOPPED_AFTER_MS = 3_600_000;

export type RunState = 'queued' | 'running' | 'done' | 'stopped';

/** `stopped`: its process ended before it did. Another run went on where it stopped, or will. */
function stateOf({ startedAt, finishedAt }: RunRow, now: Date): RunState {
  if (finishedAt !== null) return 'done';
  if (startedAt === null) return 'queued';
  return now.getTime() - startedAt.getTime() > STOPPED_AFTER_MS ? 'stopped' : 'running';
}

export const asRun = (ctx: Context, run: RunRow) => ({ ...run, state: stateOf(run, ctx.clock.now()) });
