import { today } from '../kit/calendar.ts';
import type { Context } from '../kit/context.ts';
import { allow } from '../kit/permissions.ts';
import { readShopSettings } from '../staff/settings.ts';
import { reached } from './climb.ts';
import type { RunName } from './run-automation.ts';
import type { RungName, Subject } from './rung.ts';
import { type Party, subjectParties } from './subject-parties.ts';

export interface Foreseen {
  rung: RungName;
  dueOn: string;
  subjects: Party[];
  /** Why, in a sentence that does not name the subjects. */
  text: string;
}

/**
 * What a run as of that day would do, as things stand now: nothing is changed, and what one rung would do does not show
 * in those below it.
 *
 * @param input.day YYYY-MM-DD, also in the future; today when not given
 */
export async function previewRun(
  ctx: Context,
  { name, day }: { name: RunName; day?: string | undefined },
): Promise<{ day: string; items: Foreseen[] }> {
  allow(ctx.actor, 'operations:read');
  const { timeZone } = await readShopSettings(ctx.db);
  const wanted = day ?? today(ctx.clock, timeZone);
  const found: (Omit<Foreseen, 'subjects'> & { subjects: Subject[] })[] = [];
  for await (const { rung, due } of reached(ctx, { only: name === 'nightly' ? undefined : name, day: wanted })) {
    for (const { dueOn, subjects, text } of due) {
      if (text !== '') found.push({ rung: rung.name, dueOn, subjects, text });
    }
  }
  const parties = await subjectParties(
    ctx.db,
    found.flatMap(({ subjects }) => subjects),
  );
  const items = found.map((item) => ({
    ...item,
    subjects: item.subjects.flatMap(({ id }) => parties.get(id) ?? []),
  }));
  return { day: wanted, items };
}
