import { addDays, today } from '../kit/calendar.ts';
import type { Context } from '../kit/context.ts';
import { allow } from '../kit/permissions.ts';
import { readShopSettings } from '../staff/settings.ts';
import { type Foreseen, previewRun } from './preview-run.ts';
import { lastNight } from './run-queries.ts';
import { readAutomationSettings } from './settings.ts';

/** The next nightly run: its day, the hour from which it begins, and what it would do as things stand now. */
export async function previewNight(ctx: Context): Promise<{ day: string; fromHour: number; items: Foreseen[] }> {
  allow(ctx.actor, 'operations:read');
  const { timeZone } = await readShopSettings(ctx.db);
  const { runAtHour } = await readAutomationSettings(ctx.db);
  const now = today(ctx.clock, timeZone);
  const last = await lastNight(ctx.db);
  const day = last !== null && last >= now ? addDays(now, 1) : now;
  return { fromHour: runAtHour, ...(await previewRun(ctx, { name: 'nightly', day })) };
}
