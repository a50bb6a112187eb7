import { writeCredit } from '../billing/credit-ledger.ts';
import { addDays } from '../kit/calendar.ts';
import type { TransactionContext } from '../kit/context.ts';
import { isEnding, lockServicesOfInvoice } from './queries.ts';
import { renewUntil } from './renew-until.ts';
import { forgetRenewal } from './renewal-marks.ts';

/**
 * Consequence of `invoice.paid`: services whose next period it asked for are due when that period ends. Panels that keep
 * an expiry date of their own are told; the money counts whatever the panel says. What was paid for a period that was
 * renewed by hand meanwhile becomes credit. So does what was paid for a service that is over, is being removed or was
 * given up, and should it stay after all, the next night invoices it again. Other invoices are left alone.
 */
export async function renewPaidServices(tx: TransactionContext, { invoiceId }: { invoiceId: string }): Promise<void> {
  const services = await lockServicesOfInvoice(tx.db, invoiceId);
  const periods = await paidPeriods(tx, invoiceId);
  for (const service of services) {
    const period = periods.get(service.id);
    if (period === undefined || service.nextDueOn === null) continue;
    if (service.nextDueOn >= period.paidUntil) {
      await giveBack(tx, service, { ...period, invoiceId, why: 'was renewed before' });
    } else if (await isEnding(tx.db, service)) {
      await giveBack(tx, service, { ...period, invoiceId, why: 'ends' });
    } else await renewUntil(tx, service, period.paidUntil);
  }
}

interface PaidPeriod {
  lineId: string;
  from: string;
  /** First day that is not paid. */
  paidUntil: string;
  amountMinor: bigint;
}

/** By service. An order's first period has no days: it begins when the account is made. */
async function paidPeriods(tx: TransactionContext, invoiceId: string): Promise<Map<string, PaidPeriod>> {
  const lines = await tx.db
    .selectFrom('invoiceLine')
    .select(['id', 'causeId', 'periodFrom', 'periodTo', 'amountMinor'])
    .where('invoiceId', '=', invoiceId)
    .where('causeKind', '=', 'service')
    .where('kind', '=', 'recurring')
    .where('causeId', 'is not', null)
    .where('periodTo', 'is not', null)
    .$narrowType<{ causeId: string; periodFrom: string; periodTo: string }>()
    .execute();
  return new Map(
    lines.map(({ id, causeId, periodFrom, periodTo, amountMinor }) => [
      causeId,
      { lineId: id, from: periodFrom, paidUntil: addDays(periodTo, 1), amountMinor },
    ]),
  );
}

async function giveBack(
  tx: TransactionContext,
  service: { id: string; customerId: string; currency: string; domain: string },
  { lineId, invoiceId, from, amountMinor, why }: PaidPeriod & { invoiceId: string; why: string },
): Promise<void> {
  await forgetRenewal(tx, { serviceId: service.id, dueOn: from });
  if (amountMinor === 0n) return;
  const { number } = await tx.db
    .selectFrom('invoice')
    .select('number')
    .where('id', '=', invoiceId)
    .executeTakeFirstOrThrow();
  await writeCredit(tx, {
    customerId: service.customerId,
    currency: service.currency,
    amountMinor,
    reason: `${service.domain} ${why}, so invoice ${number} does not renew it`,
    cause: { kind: 'invoice_line', id: lineId },
  });
}
