import { addDays, today } from '../kit/calendar.ts';
import type { Context } from '../kit/context.ts';
import { chargeableMethod } from '../payments/make-saved-charge.ts';
import { readShopSettings } from '../staff/settings.ts';
import { rungNamed } from './ladder.ts';
import { marksOf, renewalToCharge } from './queries.ts';
import { lastNight } from './run-queries.ts';
import { stepName } from './rung.ts';
import { readAutomationSettings } from './settings.ts';

const collect = rungNamed('collect');

export interface NextCharge {
  /** The shop's day, YYYY-MM-DD. */
  on: string;
  /** What is charged, in the provider's words: `Visa •••• 4242`. */
  label: string;
  /** In the invoice's currency; credit is used first. */
  amountMinor: bigint;
}

/**
 * When the rung `collect` will charge an invoice to what its customer saved, as things stand; null when it will not.
 * Reads only.
 */
export async function nextCharge(ctx: Context, invoiceId: string): Promise<NextCharge | null> {
  const renewal = await renewalToCharge(ctx.db, invoiceId);
  if (!renewal || !(await chargeableMethod(ctx, renewal))) return null;
  const amountMinor = renewal.creditMinor > 0n ? renewal.owedMinor - renewal.creditMinor : renewal.owedMinor;
  const marks = await marksOf(ctx.db, { subjectId: invoiceId, dueOn: renewal.dueOn });
  const days = collect.days(await readAutomationSettings(ctx.db));
  const left = days.find((day) => !marks.includes(stepName(collect, day)));
  if (left === undefined || amountMinor <= 0n) return null;
  const wanted = addDays(renewal.dueOn, left);
  const night = await nextNight(ctx);
  return { on: wanted > night ? wanted : night, label: renewal.label, amountMinor };
}

/** What was missed is made up for in the next night. */
async function nextNight(ctx: Context): Promise<string> {
  const { timeZone } = await readShopSettings(ctx.db);
  const now = today(ctx.clock, timeZone);
  const last = await lastNight(ctx.db);
  return last !== null && last >= now ? addDays(now, 1) : now;
}
