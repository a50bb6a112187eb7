import { customerName } from '../customers/present.ts';
import { countLatePackageChanges } from '../hosting/list-package-changes.ts';
import { addDays, CYCLE_MONTHS, type Cycle, startOfDay, today } from '../kit/calendar.ts';
import type { Context } from '../kit/context.ts';
import { allow } from '../kit/permissions.ts';
import { readShopSettings } from '../staff/settings.ts';
import {
  countsOfWork,
  countsSince,
  lastNightDone,
  medianSecondsToActive,
  moneySums,
  recentOperations,
  recurringSums,
  type Since,
  serviceCounts,
} from './overview-queries.ts';
import { ordersWithParties } from './queries.ts';

const DAYS = 30;
const RECENT_ORDERS = 5;

/** The state of the shop on one page: what needs somebody first, then money. Days are those of the shop's time zone. */
export async function readOverview(ctx: Context) {
  allow(ctx.actor, 'orders:read');
  const { timeZone } = await readShopSettings(ctx.db);
  const day = today(ctx.clock, timeZone);
  const since = sinceOf(day, timeZone);
  const [work, packageChangesLate, nightDone, services, money, recurring, counts, median, orders, operations] =
    await Promise.all([
      countsOfWork(ctx.db, ctx.clock.now()),
      countLatePackageChanges(ctx),
      lastNightDone(ctx.db),
      serviceCounts(ctx.db),
      moneySums(ctx.db, since),
      recurringSums(ctx.db),
      countsSince(ctx.db, since),
      medianSecondsToActive(ctx.db, startOfDay(addDays(day, 1 - DAYS), timeZone)),
      ordersWithParties(ctx.db).orderBy('order.number', 'desc').limit(RECENT_ORDERS).execute(),
      recentOperations(ctx.db, 10),
    ]);
  return {
    ...work,
    packageChangesLate,
    nightDone,
    // Today's may still be to come; yesterday's must be over.
    nightLate: nightDone !== null && nightDone < addDays(day, -1),
    services: Object.fromEntries(services.map(({ state, count }) => [state, Number(count)])),
    money: moneyByCurrency(money, recurring),
    ...counts,
    medianSecondsToActive: median,
    recentOrders: orders.map((order) => ({ ...order, customerName: customerName(order) })),
    recentOperations: operations.map(({ startedAt, finishedAt, ...operation }) => ({
      ...operation,
      seconds: startedAt && finishedAt ? (finishedAt.getTime() - startedAt.getTime()) / 1000 : null,
    })),
  };
}

function sinceOf(day: string, timeZone: string): Since {
  const month = `${day.slice(0, 7)}-01`;
  const lastMonth = `${addDays(month, -1).slice(0, 7)}-01`;
  return {
    today: day,
    todayFrom: startOfDay(day, timeZone),
    monthFrom: startOfDay(month, timeZone),
    lastMonthFrom: startOfDay(lastMonth, timeZone),
  };
}

function moneyByCurrency(
  sums: Awaited<ReturnType<typeof moneySums>>,
  recurring: { currency: string; cycle: string; count: bigint; amountMinor: bigint }[],
) {
  const currencies = new Set([...sums, ...recurring].map(({ currency }) => currency));
  return [...currencies].sort().map((currency) => {
    const sum = sums.find((row) => row.currency === currency);
    const own = recurring.filter((row) => row.currency === currency && monthsOf(row.cycle) !== null);
    return {
      currency,
      todayMinor: BigInt(sum?.todayMinor ?? 0),
      monthMinor: BigInt(sum?.monthMinor ?? 0),
      lastMonthMinor: BigInt(sum?.lastMonthMinor ?? 0),
      unpaidCount: Number(sum?.unpaidCount ?? 0),
      unpaidMinor: BigInt(sum?.unpaidMinor ?? 0),
      overdueCount: Number(sum?.overdueCount ?? 0),
      overdueMinor: BigInt(sum?.overdueMinor ?? 0),
      recurringServices: own.reduce((count, row) => count + Number(row.count), 0),
      recurringMinor: monthlySum(own),
    };
  });
}

const monthsOf = (cycle: string) => CYCLE_MONTHS[cycle as Cycle];

/** Every cycle is a part of this many months. */
const WHOLE_MONTHS = 36n * 2n;

/** Rounded once, half up, after all cycles were added. */
export function monthlySum(rows: readonly { cycle: string; amountMinor: bigint }[]): bigint {
  const parts = rows.reduce((sum, { cycle, amountMinor }) => {
    const months = monthsOf(cycle);
    return months === null ? sum : sum + amountMinor * (WHOLE_MONTHS / BigInt(months));
  }, 0n);
  return (parts + WHOLE_MONTHS / 2n) / WHOLE_MONTHS;
}
