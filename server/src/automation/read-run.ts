import type { Context } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import { readShopSettings } from '../staff/settings.ts';
import { asRun } from './present-run.ts';
import { effectsOfRun, runRows } from './run-queries.ts';
import type { RungName, Subject } from './rung.ts';
import { type Party, subjectParties } from './subject-parties.ts';

/** More than these are counted, not listed. */
const MOST = 500;

export interface Effect {
  rung: RungName;
  /** Which day of a rung that has several: 4 is the fourth after the due day. */
  days: number | null;
  dueOn: string;
  /** Null when what it was done to is not there any more. */
  subject: Party | null;
  doneAt: Date;
}

/** A run and what it did, in order. What was left out because a later step overtook it is not listed. @throws NotFound */
export async function readRun(ctx: Context, runId: string) {
  allow(ctx.actor, 'operations:read');
  const run = await runRows(ctx.db).where('id', '=', runId).executeTakeFirst();
  if (!run) throw new NotFound('run_not_found');
  const { timeZone } = await readShopSettings(ctx.db);
  const { rows, total } = await effectsOfRun(ctx.db, runId, { timeZone, limit: MOST });
  const parties = await subjectParties(
    ctx.db,
    rows.map(({ subjectKind, subjectId }) => ({ kind: subjectKind as Subject['kind'], id: subjectId })),
  );
  const effects = rows.map(({ rung, dueOn, subjectId, createdAt }): Effect => {
    const [name, days] = rung.split(':') as [RungName, string | undefined];
    const subject = parties.get(subjectId) ?? null;
    return { rung: name, days: days === undefined ? null : Number(days), dueOn, subject, doneAt: createdAt };
  });
  return { ...asRun(ctx, run), effects, effectCount: total };
}
