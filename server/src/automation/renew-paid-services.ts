import { writeCredit } from '../billing/credit-ledger.ts';
import { addDays } from '../kit/calendar.ts';
import type { TransactionContext } from '../kit/context.ts';
import { record } from '../kit/events.ts';
import { lockServicesOfInvoice } from './queries.ts';
import { tellRenewalJob } from './tell-renewal.job.ts';

/**
 * Consequence of `invoice.paid`: services whose next period it asked for are due when that period ends. Panels that keep
 * an expiry date of their own are told; the money counts whatever the panel says. What was paid for a service that has
 * ended meanwhile becomes credit. Other invoices and periods that are paid already are left alone.
 */
export async function renewPaidServices(tx: TransactionContext, { invoiceId }: { invoiceId: string }): Promise<void> {
  const services = await lockServicesOfInvoice(tx.db, invoiceId);
  const periods = await paidPeriods(tx, invoiceId);
  for (const service of services) {
    const period = periods.get(service.id);
    if (period === undefined || service.nextDueOn === null || service.nextDueOn >= period.paidUntil) continue;
    if (service.state === 'terminated') {
      await giveBack(tx, service, period);
      continue;
    }
    const { paidUntil } = period;
    await tx.db
      .updateTable('service')
      .set({ nextDueOn: paidUntil, updatedAt: tx.clock.now() })
      .where('id', '=', service.id)
      .execute();
    if (await needsTelling(tx, service.productId)) {
      await tx.app.jobs.enqueue(tx, tellRenewalJob, { serviceId: service.id, paidUntil });
      continue;
    }
    const payload = { serviceId: service.id, customerId: service.customerId };
    await record(tx, 'service.renewed', { kind: 'service', id: service.id }, payload, {
      before: { nextDueOn: service.nextDueOn },
      after: { nextDueOn: paidUntil },
    });
  }
}

interface PaidPeriod {
  /** First day that is not paid. */
  paidUntil: string;
  amountMinor: bigint;
}

/** By service. An order's first period has no days: it begins when the account is made. */
async function paidPeriods(tx: TransactionContext, invoiceId: string): Promise<Map<string, PaidPeriod>> {
  const lines = await tx.db
    .selectFrom('invoiceLine')
    .select(['causeId', 'periodTo', 'amountMinor'])
    .where('invoiceId', '=', invoiceId)
    .where('causeKind', '=', 'service')
    .where('kind', '=', 'recurring')
    .where('causeId', 'is not', null)
    .where('periodTo', 'is not', null)
    .$narrowType<{ causeId: string; periodTo: string }>()
    .execute();
  return new Map(
    lines.map(({ causeId, periodTo, amountMinor }) => [causeId, { paidUntil: addDays(periodTo, 1), amountMinor }]),
  );
}

async function giveBack(
  tx: TransactionContext,
  service: { id: string; customerId: string; currency: string; domain: string },
  { paidUntil, amountMinor }: PaidPeriod,
): Promise<void> {
  if (amountMinor === 0n) return;
  await writeCredit(tx, {
    customerId: service.customerId,
    currency: service.currency,
    amountMinor,
    reason: `${service.domain} had ended before its renewal until ${paidUntil} was paid`,
    cause: { kind: 'service', id: service.id },
  });
}

/** A module whose folder is not loaded just now may have to be told: the job finds out. */
async function needsTelling(tx: TransactionContext, productId: string): Promise<boolean> {
  const { moduleId } = await tx.db
    .selectFrom('product')
    .select('moduleId')
    .where('id', '=', productId)
    .executeTakeFirstOrThrow();
  const module = tx.app.modules.get(moduleId);
  return module === undefined || module.renew !== undefined;
}
