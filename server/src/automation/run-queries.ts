/** SQL for runs of the ladder. */
import type { Selectable } from 'kysely';
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

export const runRows = (db: Db) => db.selectFrom('automationRun').selectAll();
