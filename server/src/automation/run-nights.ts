import { addDays, hourOf, today } from '../kit/calendar.ts';
import type { Context } from '../kit/context.ts';
import { readShopSettings } from '../staff/settings.ts';
import { runAutomation } from './run-automation.ts';
import { lastNight, type RunRow } from './run-queries.ts';
import { readAutomationSettings } from './settings.ts';

/**
 * Climb the ladder for every day since the last night that came to its end, in order, up to today once the shop's hour
 * for it has come. Asked again on the same day it does nothing.
 */
export async function runNights(ctx: Context, { signal }: { signal?: AbortSignal } = {}): Promise<RunRow[]> {
  const { timeZone } = await readShopSettings(ctx.db);
  const { runAtHour } = await readAutomationSettings(ctx.db);
  const now = today(ctx.clock, timeZone);
  const until = hourOf(ctx.clock.now(), timeZone) < runAtHour ? addDays(now, -1) : now;
  const runs: RunRow[] = [];
  for (const day of nightsToRun(await lastNight(ctx.db), until)) {
    runs.push(await runAutomation(ctx, { name: 'nightly', day, signal }));
  }
  return runs;
}

/** @param last day of the last finished night; in a shop that had none, there is nothing to make up for */
export function nightsToRun(last: string | null, until: string): string[] {
  const days: string[] = [];
  for (let day = last === null ? until : addDays(last, 1); day <= until; day = addDays(day, 1)) days.push(day);
  return days;
}
