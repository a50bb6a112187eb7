/** Climbing the ladder for one day: what has reached a rung is found, and each of it done in a transaction of its own. */
import { closeAlerts, openSubjects, raiseAlert } from '../kit/alerts.ts';
import { addDays, startOfDay, today } from '../kit/calendar.ts';
import type { Context, TransactionContext } from '../kit/context.ts';
import { Conflict } from '../kit/errors.ts';
import { readShopSettings } from '../staff/settings.ts';
import { LADDER } from './ladder.ts';
import { type Due, type Look, type Rung, type RungName, type Subject, stepName } from './rung.ts';
import { readAutomationSettings } from './settings.ts';
import { subjectParties } from './subject-parties.ts';

export interface Count {
  done: number;
  /** Not possible tonight, for example because money is under way: looked at again the next night. */
  postponed: number;
  /** Told to staff, and tried again the next night. */
  failed: number;
}
export type Counts = Partial<Record<RungName, Count>>;

/** The alert for what the ladder could not do; its subject is the invoice or service. */
const FAILED_ALERT = 'automation_failed';

/** What of the ladder has been reached on a day and is not done yet, in the order in which it would be done. */
export async function* reached(
  ctx: Context,
  { only, day }: { only?: RungName | undefined; day: string },
): AsyncGenerator<{ rung: Rung; look: Look; due: Due[] }> {
  const settings = await readAutomationSettings(ctx.db);
  const { timeZone } = await readShopSettings(ctx.db);
  const clockDay = today(ctx.clock, timeZone);
  const now = day > clockDay ? day : clockDay; // a preview may look ahead
  for (const rung of LADDER.filter(({ name }) => only === undefined || name === only)) {
    const allDays = rung.days(settings);
    for (const [index, days] of allDays.entries()) {
      const step = stepName(rung, days);
      const look = {
        dueBy: addDays(day, -days),
        step,
        days,
        day,
        today: now,
        todayBegan: startOfDay(now, timeZone),
        settings,
      };
      const next = allDays[index + 1];
      const due = await rung.due(ctx.db, look);
      yield { rung, look, due: due.map((one) => (isOvertaken(one, next, now) ? withoutEffect(one) : one)) };
    }
  }
}

/** After missed nights only the last of several reminders goes out; the ones before it are marked all the same. */
const isOvertaken = (due: Due, nextDays: number | undefined, now: string) =>
  nextDays !== undefined && addDays(due.dueOn, nextDays) <= now;

const withoutEffect = (due: Due): Due => ({ ...due, text: '', act: async () => {} });

/**
 * Do what has been reached. Whatever is done already, here or by another process at this moment, is left alone, so that
 * a second call does nothing twice.
 *
 * @param input.signal ends it between two effects
 */
export async function climb(
  ctx: Context,
  input: { runId: string; day: string; only?: RungName | undefined; signal?: AbortSignal | undefined },
): Promise<Counts> {
  const counts: Counts = {};
  const dueNow = new Map<RungName, Set<string>>();
  for await (const { rung, look, due } of reached(ctx, input)) {
    const count = counts[rung.name] ?? { done: 0, postponed: 0, failed: 0 };
    counts[rung.name] = count;
    if (look.day === look.today) {
      const ids = dueNow.get(rung.name) ?? new Set();
      for (const { subjects } of due) for (const { id } of subjects) ids.add(id);
      dueNow.set(rung.name, ids);
    }
    for (const one of due) {
      input.signal?.throwIfAborted();
      const outcome = await doOne(ctx, { runId: input.runId, rung, step: look.step, due: one });
      if (outcome !== 'nothing') count[outcome] += 1;
    }
  }
  for (const [rung, ids] of dueNow) await forgetUndue(ctx, { rung, ids });
  return counts;
}

/** What an earlier night could not do and is not due any more, since it was paid, spared or ended, is no trouble. */
async function forgetUndue(ctx: Context, { rung, ids }: { rung: RungName; ids: Set<string> }): Promise<void> {
  const which = { kind: FAILED_ALERT, cause: rung };
  const over = (await openSubjects(ctx.db, which)).filter(({ id }) => !ids.has(id));
  for (const subject of over) await ctx.transaction((tx) => closeAlerts(tx, { ...which, subject }));
}

async function doOne(
  ctx: Context,
  { runId, rung, step, due }: { runId: string; rung: Rung; step: string; due: Due },
): Promise<keyof Count | 'nothing'> {
  try {
    return await ctx.transaction(async (tx) => {
      const fresh = await mark(tx, { runId, step, due });
      if (fresh.length === 0) return 'nothing';
      await due.act(tx, fresh);
      for (const subject of due.subjects) await closeAlerts(tx, { kind: FAILED_ALERT, cause: rung.name, subject });
      return due.text === '' ? 'nothing' : 'done';
    });
  } catch (error) {
    if (error instanceof Conflict) {
      ctx.app.log.info({ step, due: due.text, code: error.code }, 'a rung of the ladder waits for another night');
      return 'postponed';
    }
    ctx.app.log.error({ err: error, step, due: due.text }, 'a rung of the ladder could not be done');
    await tellFailed(ctx, { rung, due, error });
    return 'failed';
  }
}

/** @returns ids of those that nobody has marked yet; another run that is doing so now is waited for */
async function mark(
  tx: TransactionContext,
  { runId, step, due }: { runId: string; step: string; due: Due },
): Promise<string[]> {
  const marked = await tx.db
    .insertInto('automationStep')
    .values(
      due.subjects.map(({ kind, id }) => ({
        rung: step,
        subjectKind: kind,
        subjectId: id,
        dueOn: due.dueOn,
        runId,
        createdAt: tx.clock.now(),
      })),
    )
    .onConflict((conflict) => conflict.columns(['subjectId', 'rung', 'dueOn']).doNothing())
    .returning('subjectId')
    .execute();
  return marked.map(({ subjectId }) => subjectId);
}

async function tellFailed(ctx: Context, { rung, due, error }: { rung: Rung; due: Due; error: unknown }): Promise<void> {
  const [subject] = due.subjects as [Subject, ...Subject[]];
  const parties = await subjectParties(ctx.db, due.subjects);
  const names = due.subjects.map(({ id }) => parties.get(id)?.label ?? id).join(', ');
  const step = rung.name.replaceAll('_', ' ');
  await ctx.transaction((tx) =>
    raiseAlert(tx, {
      kind: FAILED_ALERT,
      subject,
      cause: rung.name,
      message: `${names}: the step "${step}" of the nightly run failed. ${due.text}. ${error instanceof Error ? error.message : String(error)}`,
      whatToDo: `Mend the cause; the next night tries again. At once: hostwright automation run ${rung.name}`,
    }),
  );
}
