/** SQL for the overview; each answers one of its figures. */
import { sql } from 'kysely';
import type { Db } from '../kit/db.ts';

type Work =
  | 'needsStaff'
  | 'waiting'
  | 'openAlerts'
  | 'serversOpen'
  | 'servers'
  | 'terminationsProposed'
  | 'paymentsUnclear';

/** A charge is asked after for some minutes before it is worth a look. */
const UNCLEAR_AFTER_MS = 10 * 60_000;

/** What waits for somebody or something. */
export async function countsOfWork(db: Db, now: Date) {
  const { rows } = await sql<Record<Work, bigint>>`
    select
      (select count(*) from operation where state = 'needs_staff') as needs_staff,
      (select count(*) from operation where state = 'waiting') as waiting,
      (select count(*) from alert where resolved_at is null) as open_alerts,
      (select count(*) from server where archived_at is null and breaker_open_until > ${now}) as servers_open,
      (select count(*) from server where archived_at is null) as servers,
      (select count(*) from termination_proposal where state = 'proposed') as terminations_proposed,
      (select count(*) from payment where state in ('pending', 'unknown')
        and created_at < ${new Date(now.getTime() - UNCLEAR_AFTER_MS)}) as payments_unclear`.execute(db);
  const [counts] = rows;
  if (!counts) throw new Error('A select without a table always gives one row.');
  return counts;
}

export const serviceCounts = (db: Db) =>
  db
    .selectFrom('service')
    .select(({ fn }) => ['state', fn.countAll<bigint>().as('count')])
    .groupBy('state')
    .execute();

/** Instants and days of the shop's time zone that figures are counted from. */
export interface Since {
  /** YYYY-MM-DD */
  today: string;
  todayFrom: Date;
  monthFrom: Date;
  lastMonthFrom: Date;
}

/** Per currency: what came in less what went back, what is owed, what of it is overdue. Credit that was used was counted when it was paid in. */
export async function moneySums(db: Db, since: Since) {
  const { rows } = await sql<Record<MoneyColumn, string> & { currency: string }>`
    with moved as (
      select currency, amount_minor, settled_at as at from payment
        where state = 'settled' and settled_at >= ${since.lastMonthFrom}
      union all
      select currency, -amount_minor, ended_at from refund
        where state = 'done' and target <> 'credit' and ended_at >= ${since.lastMonthFrom}
    ), came_in as (
      select currency,
        coalesce(sum(amount_minor) filter (where at >= ${since.todayFrom}), 0) as today_minor,
        coalesce(sum(amount_minor) filter (where at >= ${since.monthFrom}), 0) as month_minor,
        coalesce(sum(amount_minor) filter (where at < ${since.monthFrom}), 0) as last_month_minor
      from moved group by currency
    ), owed as (
      select currency, count(*) as unpaid_count, sum(total_minor - paid_minor) as unpaid_minor,
        count(*) filter (where due_on < ${since.today}::date) as overdue_count,
        coalesce(sum(total_minor - paid_minor) filter (where due_on < ${since.today}::date), 0) as overdue_minor
      from invoice where state = 'unpaid' group by currency
    )
    select currency, ${sql.join(MONEY_COLUMNS.map((column) => sql`coalesce(${sql.ref(column)}, 0)::text as ${sql.ref(column)}`))}
    from came_in full join owed using (currency) order by currency`.execute(db);
  return rows;
}

const MONEY_COLUMNS = [
  'todayMinor',
  'monthMinor',
  'lastMonthMinor',
  'unpaidCount',
  'unpaidMinor',
  'overdueCount',
  'overdueMinor',
] as const;
type MoneyColumn = (typeof MONEY_COLUMNS)[number];

/** What active services cost each time they are renewed. */
export const recurringSums = (db: Db) =>
  db
    .selectFrom('service')
    .select(({ fn }) => ['currency', 'cycle', fn.countAll<bigint>().as('count')])
    .select(sql<bigint>`sum(recurring_minor)::bigint`.as('amountMinor'))
    .where('state', '=', 'active')
    .groupBy(['currency', 'cycle'])
    .orderBy('currency')
    .execute();

/** How many orders and customers came, and cancellations were asked for, today, this month and in the last one. */
export async function countsSince(db: Db, since: Since) {
  const counts = (rows: ReturnType<typeof sql>) => sql<Counts>`
    select count(*) filter (where at >= ${since.todayFrom})::int as today,
      count(*) filter (where at >= ${since.monthFrom})::int as month,
      count(*) filter (where at < ${since.monthFrom})::int as last_month
    from (${rows}) counted where at >= ${since.lastMonthFrom}`;
  const one = async (rows: ReturnType<typeof sql>) => (await counts(rows).execute(db)).rows[0] ?? NONE;
  const [orders, newCustomers, cancellations, open] = await Promise.all([
    one(sql`select placed_at as at from "order"`),
    one(sql`select created_at as at from customer`),
    one(sql`select created_at as at from cancellation_request where state <> 'withdrawn'`),
    db
      .selectFrom('cancellationRequest')
      .select(sql<number>`count(*)::int`.as('count'))
      .where('state', '=', 'open')
      .executeTakeFirstOrThrow(),
  ]);
  return { orders, newCustomers, cancellations: { ...cancellations, open: open.count } };
}

interface Counts {
  today: number;
  month: number;
  lastMonth: number;
}
const NONE: Counts = { today: 0, month: 0, lastMonth: 0 };

/** The last day whose whole nightly run came to its end. */
export async function lastNightDone(db: Db): Promise<string | null> {
  const { day } = await db
    .selectFrom('automationRun')
    .select(({ fn }) => fn.max('day').as('day'))
    .where('name', '=', 'nightly')
    .where('finishedAt', 'is not', null)
    .executeTakeFirstOrThrow();
  return day;
}

/** From the planning of the account, which is when it was paid for, to its being active. Null when there was none. */
export async function medianSecondsToActive(db: Db, from: Date): Promise<number | null> {
  const { median } = await db
    .selectFrom('service')
    .innerJoin('operation', (on) =>
      on.onRef('operation.serviceId', '=', 'service.id').on('operation.action', '=', 'create'),
    )
    .select(
      sql<number | null>`percentile_cont(0.5) within group (
        order by extract(epoch from service.activated_at - operation.created_at)::float8)`.as('median'),
    )
    .where('operation.state', '=', 'done')
    .where('service.activatedAt', '>=', from)
    .executeTakeFirstOrThrow();
  return median;
}

export const recentOperations = (db: Db, limit: number) =>
  db
    .selectFrom('operation')
    .innerJoin('service', 'service.id', 'operation.serviceId')
    .select([
      'operation.id',
      'operation.action',
      'service.domain',
      'operation.state',
      'operation.createdAt',
      'operation.startedAt',
      'operation.finishedAt',
    ])
    .orderBy('operation.id', 'desc')
    .limit(limit)
    .execute();
