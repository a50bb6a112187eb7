/** SQL for the overview; each answers one of its figures. */
import { sql } from 'kysely';
import type { Db } from '../kit/db.ts';

/** What waits for somebody or something. */
export async function countsOfWork(db: Db, now: Date) {
  const { rows } = await sql<Record<'needsStaff' | 'waiting' | 'openAlerts' | 'serversOpen' | 'servers', bigint>>`
    select
      (select count(*) from operation where state = 'needs_staff') as needs_staff,
      (select count(*) from operation where state = 'waiting') as waiting,
      (select count(*) from alert where resolved_at is null) as open_alerts,
      (select count(*) from server where archived_at is null and breaker_open_until > ${now}) as servers_open,
      (select count(*) from server where archived_at is null) as servers`.execute(db);
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

export async function unpaidSums(db: Db) {
  const rows = await db
    .selectFrom('invoice')
    .select(({ fn }) => [
      'currency',
      fn.countAll<bigint>().as('count'),
      sql<string>`sum(total_minor - paid_minor)`.as('amount'),
    ])
    .where('state', '=', 'unpaid')
    .groupBy('currency')
    .orderBy('currency')
    .execute();
  return rows.map(({ currency, count, amount }) => ({ currency, count, amountMinor: BigInt(amount) }));
}

/** Payments settled since two instants, per currency. Credit that was used was counted when it was paid in. */
export async function revenueSince(db: Db, since: { todayFrom: Date; monthFrom: Date }) {
  const rows = await db
    .selectFrom('payment')
    .select([
      'currency',
      sql<string>`coalesce(sum(amount_minor) filter (where settled_at >= ${since.todayFrom}), 0)`.as('today'),
      sql<string>`sum(amount_minor)`.as('thirtyDays'),
    ])
    .where('state', '=', 'settled')
    .where('settledAt', '>=', since.monthFrom)
    .groupBy('currency')
    .orderBy('currency')
    .execute();
  return rows.map(({ currency, ...sums }) => ({
    currency,
    todayMinor: BigInt(sums.today),
    thirtyDaysMinor: BigInt(sums.thirtyDays),
  }));
}

export async function ordersSince(db: Db, from: Date): Promise<number> {
  const { count } = await db
    .selectFrom('order')
    .select(({ fn }) => fn.countAll<bigint>().as('count'))
    .where('placedAt', '>=', from)
    .executeTakeFirstOrThrow();
  return Number(count);
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
