import type { OptionAnswers } from '../catalogue/product.ts';
import { addCycles, addDays, type Cycle, dayOf, isRecurring, today } from '../kit/calendar.ts';
import type { Context } from '../kit/context.ts';
import type { Db } from '../kit/db.ts';
import { Conflict, NotFound } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import { readShopSettings } from '../staff/settings.ts';
import { refuseUnless } from './lifecycle.ts';
import { type ChangeCost, changeCost, type DaysLeft, daysLeft } from './package-change-cost.ts';
import { paidSpans } from './package-change-queries.ts';
import { pricePackage, type WantedPackage } from './price-package.ts';
import { isUnpaid, serviceExists } from './queries.ts';
import { readSubject, type Subject } from './subject.ts';

export interface PackageQuote extends ChangeCost {
  productId: string;
  productName: string;
  oldProductName: string;
  currency: string;
  cycle: Cycle;
  /** Prices of a full period. */
  oldRecurringMinor: bigint;
  newRecurringMinor: bigint;
  optionValues: OptionAnswers;
  left: DaysLeft;
  nextDueOn: string;
}

/**
 * What moving a service to another package would cost now. Changes nothing; the move is reckoned again, by the same
 * function, when it is asked for. No set-up fee is charged.
 *
 * @throws NotFound; Invalid and Conflict as `pricePackage`
 * @throws Conflict `service_<state>`, `module_cannot`, `same_package`, `service_unpaid` while an invoice for it is open,
 *   `service_not_recurring`, `period_unpaid`, or `period_unknown` before it is billed
 */
export async function quotePackageChange(
  ctx: Context,
  input: WantedPackage & { serviceId: string },
): Promise<PackageQuote> {
  allow(ctx.actor, 'services:read');
  return quoteService(ctx, await readSubject(ctx.db, input.serviceId), input);
}

/** As `quotePackageChange`, for a service of this customer. */
export async function quoteOwnPackageChange(
  ctx: Context,
  input: WantedPackage & { serviceId: string; customerId: string },
): Promise<PackageQuote> {
  const { serviceId } = input;
  if (!(await serviceExists(ctx.db, input))) throw new NotFound('service_not_found', { serviceId });
  return quoteService(ctx, await readSubject(ctx.db, serviceId), input);
}

/** The quote for a service that was read, and held when the move is to follow. */
export async function quoteService(ctx: Context, subject: Subject, wanted: WantedPackage): Promise<PackageQuote> {
  const priced = await priceMove(ctx, subject, wanted);
  if (priced.productId === subject.productId && sameAnswers(priced.optionValues, subject.optionValues))
    throw new Conflict('same_package', { serviceId: subject.id, productId: priced.productId });
  if (await isUnpaid(ctx.db, subject.id)) throw new Conflict('service_unpaid', { serviceId: subject.id });
  const { timeZone } = await readShopSettings(ctx.db);
  const left = daysLeft({
    cycle: priced.cycle,
    anchor: subject.billingAnchorOn,
    nextDueOn: subject.nextDueOn,
    today: today(ctx.clock, timeZone),
  });
  if (typeof left === 'string') throw new Conflict(left, { serviceId: subject.id });
  const cost = changeCost({
    left,
    oldMinor: subject.recurringMinor,
    newMinor: priced.recurringMinor,
    paid: await paidFor(ctx.db, subject, timeZone),
  });
  return {
    ...cost,
    left,
    productId: priced.productId,
    productName: priced.productName,
    oldProductName: subject.productName,
    currency: subject.currency,
    cycle: priced.cycle,
    oldRecurringMinor: subject.recurringMinor,
    newRecurringMinor: priced.recurringMinor,
    optionValues: priced.optionValues,
    nextDueOn: addDays(left.to, 1),
  };
}

/**
 * The package that is wanted and its price, when an account may be moved at all.
 * @throws Conflict `service_<state>`, `module_cannot`; else as `pricePackage`
 */
export async function priceMove(ctx: Context, subject: Subject, wanted: WantedPackage) {
  refuseUnless(subject, 'changePackage');
  const module = ctx.app.modules.get(subject.moduleId);
  if (module && !module.changePackage) throw new Conflict('module_cannot', { moduleId: subject.moduleId });
  return pricePackage(ctx.db, subject, wanted);
}

/** Whether every option is answered the same. */
export function sameAnswers(some: object, others: unknown): boolean {
  const [a, b] = [some, others as object].map((answers) => JSON.stringify(Object.entries(answers).sort()));
  return a === b;
}

async function paidFor(db: Db, subject: Subject, timeZone: string) {
  const cycle = subject.cycle as Cycle; // only checked input is written
  if (subject.activatedAt === null || !isRecurring(cycle)) return [];
  // The anchor may have moved since the first period began.
  const from = dayOf(subject.activatedAt, timeZone);
  return paidSpans(db, {
    serviceId: subject.id,
    firstPeriod: { from, to: addDays(addCycles(from, cycle, 1), -1) },
  });
}
