/** How the queue does: what is where now, and how the last days went. */
import { OPERATION_NAMES } from '@hostwright/sdk';
import { sql } from 'kysely';
import { addDays, startOfDay, today } from '../kit/calendar.ts';
import type { Context } from '../kit/context.ts';
import type { Db } from '../kit/db.ts';
import { allow } from '../kit/permissions.ts';
import { readShopSettings } from '../staff/settings.ts';

const DAYS = 7;

/**
 * Counts by action and state, and the last seven days by the shop's calendar, today included.
 * `medianSeconds` is from planned to done, by the day an operation was done.
 */
export async function queueStats(ctx: Context) {
  allow(ctx.actor, 'operations:read');
  const { timeZone } = await readShopSettings(ctx.db);
  const lastDay = today(ctx.clock, timeZone);
  const days = Array.from({ length: DAYS }, (_, index) => addDays(lastDay, index - DAYS + 1));
  const since = startOfDay(days[0] as string, timeZone);
  const [counts, created, ended, oldest] = await Promise.all([
    countsByState(ctx.db),
    createdByDay(ctx.db, since, timeZone),
    endedByDay(ctx.db, since, timeZone),
    oldestWaiting(ctx.db),
  ]);
  const count = (action: string, state: string) =>
    Number(counts.find((row) => row.action === action && row.state === state)?.count ?? 0);
  return {
    queues: OPERATION_NAMES.map((queue) => ({
      queue,
      planned: count(queue, 'planned'),
      running: count(queue, 'running'),
      waiting: count(queue, 'waiting'),
      needsStaff: count(queue, 'needs_staff'),
      failed: count(queue, 'failed'),
      done: count(queue, 'done'),
    })),
    lastSevenDays: days.map((day) => {
      const end = ended.find((row) => row.day === day);
      return {
        day,
        created: Number(created.find((row) => row.day === day)?.created ?? 0),
        done: Number(end?.done ?? 0),
        failed: Number(end?.failed ?? 0),
        medianSeconds: end?.medianSeconds ?? null,
      };
    }),
    oldestWaitingSeconds: oldest ? Math.max(0, (ctx.clock.now().getTime() - oldest.getTime()) / 1000) : null,
  };
}

const countsByState = (db: Db) =>
  db
    .selectFrom('operation')
    .select(({ fn }) => ['action', 'state', fn.countAll<bigint>().as('count')])
    .groupBy(['action', 'state'])
    .execute();

const createdByDay = (db: Db, since: Date, timeZone: string) =>
  db
    .selectFrom('operation')
    .select(({ fn }) => [
      sql<string>`to_char(created_at at time zone ${timeZone}, 'YYYY-MM-DD')`.as('day'),
      fn.countAll<bigint>().as('created'),
    ])
    .where('createdAt', '>=', since)
    .groupBy(sql`1`)
    .execute();

const endedByDay = (db: Db, since: Date, timeZone: string) =>
  db
    .selectFrom('operation')
    .select([
      sql<string>`to_char(finished_at at time zone ${timeZone}, 'YYYY-MM-DD')`.as('day'),
      sql<bigint>`count(*) filter (where state = 'done')`.as('done'),
      sql<bigint>`count(*) filter (where state = 'failed')`.as('failed'),
      sql<
        number | null
      >`percentile_cont(0.5) within group (order by extract(epoch from finished_at - created_at)::float8)
        filter (where state = 'done')`.as('medianSeconds'),
    ])
    .where('finishedAt', '>=', since)
    .groupBy(sql`1`)
    .execute();

/** When the operation was planned that has waited longest for its turn. */
async function oldestWaiting(db: Db): Promise<Date | undefined> {
  const row = await db
    .selectFrom('operation')
    .select(({ fn }) => fn.min('createdAt').as('createdAt'))
    .where('state', 'in', ['planned', 'waiting'])
    .executeTakeFirst();
  return row?.createdAt ?? undefined;
}
