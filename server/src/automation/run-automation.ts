import { uuidv7 } from 'uuidv7';
import { today } from '../kit/calendar.ts';
import type { Context, TransactionContext } from '../kit/context.ts';
import { Invalid } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import { readShopSettings } from '../staff/settings.ts';
import { climb } from './climb.ts';
import { type RunRow, runById } from './run-queries.ts';
import { RUNG_NAMES, type RungName } from './rung.ts';

export const RUN_NAMES = ['nightly', ...RUNG_NAMES] as const;
/** The whole ladder, or one rung of it. */
export type RunName = (typeof RUN_NAMES)[number];

/**
 * Climb the ladder, or do one rung of it, as of a day, and keep how it went. Nothing is done that is done already; what
 * has become due since an earlier night that was missed is done as well.
 *
 * @param input.day YYYY-MM-DD in the shop's time zone; today when not given
 * @param input.signal ends it between two effects; the run then stays unfinished, and another goes on where it stopped
 * @throws Invalid `day_in_future`: what is not due yet can be previewed, not done
 */
export async function runAutomation(
  ctx: Context,
  input: { name: RunName; day?: string | undefined; signal?: AbortSignal | undefined },
): Promise<RunRow> {
  const { id } = await ctx.transaction((tx) => createRun(tx, input));
  return finishRun(ctx, { runId: id, signal: input.signal });
}

/** Store that a run is wanted; `finishRun` does it. @throws as `runAutomation` */
export async function createRun(
  tx: TransactionContext,
  { name, day }: { name: RunName; day?: string | undefined },
): Promise<RunRow> {
  allow(tx.actor, 'operations:write');
  const { timeZone } = await readShopSettings(tx.db);
  const now = today(tx.clock, timeZone);
  if (day !== undefined && day > now) {
    throw new Invalid('day_in_future', { issues: [{ path: 'day', message: `must not be after today, ${now}` }] });
  }
  return tx.db
    .insertInto('automationRun')
    .values({
      id: uuidv7(),
      name,
      day: day ?? now,
      actor: JSON.stringify(tx.actor),
      createdAt: tx.clock.now(),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Do a stored run. One that has ended is left alone. */
export async function finishRun(
  ctx: Context,
  { runId, signal }: { runId: string; signal?: AbortSignal | undefined },
): Promise<RunRow> {
  const run = await runById(ctx.db, runId);
  if (run.finishedAt) return run;
  await ctx.db
    .updateTable('automationRun')
    .set({ startedAt: run.startedAt ?? ctx.clock.now() })
    .where('id', '=', runId)
    .execute();
  const only = run.name === 'nightly' ? undefined : (run.name as RungName);
  const counts = await climb(ctx, { runId, day: run.day, only, signal });
  return ctx.db
    .updateTable('automationRun')
    .set({ counts: JSON.stringify(counts), finishedAt: ctx.clock.now() })
    .where('id', '=', runId)
    .returningAll()
    .executeTakeFirstOrThrow();
}
