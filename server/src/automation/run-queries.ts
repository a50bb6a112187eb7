/** SQL for runs of the ladder. */
import { type Selectable, sql } from 'kysely';
import type { AutomationRun } from '../kit/database.generated.ts';
import type { Db } from '../kit/db.ts';

export type RunRow = Selectable<AutomationRun>;

export const runById = (db: Db, id: string): Promise<RunRow> =>
  db.selectFrom('automationRun').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

/** The last day whose whole ladder was climbed to its end; null in a shop without a night so far. */
export async function lastNight(db: Db): Promise<string | null> {
  const { day } = await db
    .selectFrom('automationRun')
    .select(({ fn }) => fn.max('day').as('day'))
    .where('name', '=', 'nightly')
    .where('finishedAt', 'is not', null)
    .executeTakeFirstOrThrow();
  return day;
}

/**
 * What a run marked as done, without the days of a rung that a later day of it had overtaken by then.
 * @returns the first `limit` of them, and how many there are
 */
export async function effectsOfRun(db: Db, runId: string, { timeZone, limit }: { timeZone: string; limit: number }) {
  const rows = await db
    .selectFrom('automationStep as step')
    .select(['step.rung', 'step.subjectKind', 'step.subjectId', 'step.dueOn', 'step.createdAt'])
    .select(({ fn }) => fn.countAll<bigint>().over().as('total'))
    .where('step.runId', '=', runId)
    .where(
      sql<boolean>`not exists (
        select from automation_step later
        where later.subject_id = step.subject_id and later.due_on = step.due_on
          and split_part(later.rung, ':', 1) = split_part(step.rung, ':', 1)
          and ${daysOf('later')} > ${daysOf('step')}
          and step.due_on + ${daysOf('later')} <= (step.created_at at time zone ${timeZone})::date)`,
    )
    .orderBy('step.createdAt')
    .orderBy('step.rung')
    .orderBy('step.subjectId')
    .limit(limit)
    .execute();
  return { rows, total: Number(rows[0]?.total ?? 0) };
}

/** 4 of `remind:4`; null for a rung that does not repeat. */
const daysOf = (step: 'step' | 'later') =>
  sql<number | null>`nullif(split_part(${sql.ref(`${step}.rung`)}, ':', 2), '')::int`;

export const runRows = (db: Db) => db.selectFrom('automationRun').selectAll();
