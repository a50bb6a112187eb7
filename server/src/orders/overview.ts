import { addDays, startOfDay, today } from '../kit/calendar.ts';
import type { Context } from '../kit/context.ts';
import { allow } from '../kit/permissions.ts';
import { readShopSettings } from '../staff/settings.ts';
import {
  countsOfWork,
  medianSecondsToActive,
  ordersSince,
  recentOperations,
  revenueSince,
  serviceCounts,
  unpaidSums,
} from './overview-queries.ts';

const DAYS = 30;

/** The state of the shop on one page: what needs somebody first, then money. Days are those of the shop's time zone. */
export async function readOverview(ctx: Context) {
  allow(ctx.actor, 'orders:read');
  const { timeZone } = await readShopSettings(ctx.db);
  const day = today(ctx.clock, timeZone);
  const todayFrom = startOfDay(day, timeZone);
  const monthFrom = startOfDay(addDays(day, 1 - DAYS), timeZone);
  const [work, services, unpaid, revenue, ordersToday, median, operations] = await Promise.all([
    countsOfWork(ctx.db, ctx.clock.now()),
    serviceCounts(ctx.db),
    unpaidSums(ctx.db),
    revenueSince(ctx.db, { todayFrom, monthFrom }),
    ordersSince(ctx.db, todayFrom),
    medianSecondsToActive(ctx.db, monthFrom),
    recentOperations(ctx.db, 10),
  ]);
  return {
    ...work,
    services: Object.fromEntries(services.map(({ state, count }) => [state, Number(count)])),
    unpaid,
    revenue,
    ordersToday,
    medianSecondsToActive: median,
    recentOperations: operations.map(({ startedAt, finishedAt, ...operation }) => ({
      ...operation,
      seconds: startedAt && finishedAt ? (finishedAt.getTime() - startedAt.getTime()) / 1000 : null,
    })),
  };
}
