/** How a package change ends: made, or given up with its money given back. The caller holds what the change hangs on. */
import { writeCredit } from '../billing/credit-ledger.ts';
import { lockCustomer, lockInvoice } from '../billing/queries.ts';
import { voidLockedInvoice } from '../billing/void-invoice.ts';
import { worthOfInvoice } from '../billing/worth-of-invoice.ts';
import { today } from '../kit/calendar.ts';
import type { TransactionContext } from '../kit/context.ts';
import { audit } from '../kit/events.ts';
import { readShopSettings } from '../staff/settings.ts';
import { type PackageChangeRow, packageChangeOfOperation } from './package-change-queries.ts';

/** Stored and shown: why a change was not made. */
export type EndReason = 'replaced' | 'withdrawn' | 'invoice_voided' | 'period_over' | 'service_ended' | 'given_up';

/**
 * Give a change up. An open invoice is voided, and what was paid for the change becomes credit.
 * The caller holds its invoice, if it has one, then its service. A second call changes nothing.
 *
 * @throws Conflict `payment_in_progress` while its invoice is being paid
 */
export async function abandonPackageChange(
  tx: TransactionContext,
  change: PackageChangeRow,
  reason: EndReason,
): Promise<void> {
  if (!(await end(tx, change, { state: 'abandoned', endReason: reason }))) return;
  if (change.state === 'unpaid' && change.invoiceId !== null) {
    const invoice = await lockInvoice(tx.db, change.invoiceId);
    if (invoice.state === 'unpaid') await voidLockedInvoice(tx, invoice);
    if (invoice.state === 'paid') await giveBackPaid(tx, change);
  } else if (change.dueMinor > 0n) await giveBackPaid(tx, change);
}

/** The panel has confirmed the move of this operation: credit for the cheaper package is given now. Once. */
export async function finishPackageChange(tx: TransactionContext, operationId: string): Promise<void> {
  const change = await packageChangeOfOperation(tx.db, operationId);
  if (!change || !(await end(tx, change, { state: 'done', endReason: null }))) return;
  if (change.dueMinor < 0n) await giveBack(tx, change, -change.dueMinor);
}

/** Staff gave this operation up: the service stays what it is, so what was paid for the move becomes credit. */
export async function giveUpPackageChange(tx: TransactionContext, operationId: string): Promise<void> {
  const change = await packageChangeOfOperation(tx.db, operationId);
  if (change) await abandonPackageChange(tx, change, 'given_up');
}

/** Whether the last day a change was reckoned for has passed. */
export async function isOver(tx: TransactionContext, change: PackageChangeRow): Promise<boolean> {
  const { timeZone } = await readShopSettings(tx.db);
  return change.periodTo !== null && today(tx.clock, timeZone) > change.periodTo;
}

/** @returns whether it was open until now */
async function end(
  tx: TransactionContext,
  change: PackageChangeRow,
  how: { state: 'done' | 'abandoned'; endReason: EndReason | null },
): Promise<boolean> {
  const ended = await tx.db
    .updateTable('packageChange')
    .set({ ...how, endedAt: tx.clock.now() })
    .where('id', '=', change.id)
    .where('endedAt', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (ended && how.state === 'abandoned') {
    const after = { packageChangeId: change.id, reason: how.endReason };
    await audit(tx, 'service.package_change_abandoned', { kind: 'service', id: change.serviceId }, { after });
  }
  return ended !== undefined;
}

/** What was paid for the change and not refunded since. */
async function giveBackPaid(tx: TransactionContext, change: PackageChangeRow): Promise<void> {
  const { dueMinor, invoiceId } = change;
  if (invoiceId === null) return giveBack(tx, change, dueMinor);
  const { customerId } = await tx.db
    .selectFrom('invoice')
    .select('customerId')
    .where('id', '=', invoiceId)
    .executeTakeFirstOrThrow();
  // Refunds queue there as well.
  await lockCustomer(tx.db, customerId);
  const worth = await worthOfInvoice(tx.db, invoiceId);
  const left = worth < dueMinor ? worth : dueMinor;
  if (left > 0n) await giveBack(tx, change, left);
}

async function giveBack(tx: TransactionContext, change: PackageChangeRow, amountMinor: bigint): Promise<void> {
  const service = await tx.db
    .selectFrom('service')
    .select(['customerId', 'domain'])
    .where('id', '=', change.serviceId)
    .executeTakeFirstOrThrow();
  const made = change.dueMinor < 0n;
  await writeCredit(tx, {
    customerId: service.customerId,
    currency: change.currency,
    amountMinor,
    reason: made ? `Change of ${service.domain} to a smaller package` : `${service.domain} kept its package`,
    cause: { kind: 'package_change', id: change.id },
  });
}
