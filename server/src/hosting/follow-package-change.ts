/** What package changes do when something else happens. Each is a consequence in flow.ts; a second call changes nothing. */
import { hasOpenPayment, lockInvoice } from '../billing/queries.ts';
import type { TransactionContext } from '../kit/context.ts';
import { abandonPackageChange, isOver } from './end-package-change.ts';
import { openPackageChange, type PackageChangeRow, packageChangeOfInvoice } from './package-change-queries.ts';
import { planPackageChange } from './plan-package-change.ts';
import { lockService } from './subject.ts';

const ENDED = ['terminated', 'cancelled'];

/** On `invoice.paid`: the change that waited for this money is made. Money that came too late for it becomes credit. */
export async function makePaidPackageChange(
  tx: TransactionContext,
  { invoiceId }: { invoiceId: string },
): Promise<void> {
  const found = await openChangeOfInvoice(tx, invoiceId);
  if (!found) return;
  const { change, serviceState } = found;
  if (ENDED.includes(serviceState)) return abandonPackageChange(tx, change, 'service_ended');
  if (await isOver(tx, change)) return abandonPackageChange(tx, change, 'period_over');
  await tx.db.updateTable('packageChange').set({ state: 'ready' }).where('id', '=', change.id).execute();
  await planPackageChange(tx, change.serviceId);
}

/** On `invoice.voided`: a change whose invoice can never be paid is given up. */
export async function abandonVoidedPackageChange(
  tx: TransactionContext,
  { invoiceId }: { invoiceId: string },
): Promise<void> {
  const found = await openChangeOfInvoice(tx, invoiceId);
  if (found) await abandonPackageChange(tx, found.change, 'invoice_voided');
}

/** On the end of any operation of a service: a change that waited for it goes on, or ends with its service. */
export async function resumePackageChange(tx: TransactionContext, { serviceId }: { serviceId: string }): Promise<void> {
  const seen = await openPackageChange(tx.db, serviceId);
  if (!seen) return;
  if (seen.invoiceId !== null) await lockInvoice(tx.db, seen.invoiceId);
  const service = await lockService(tx.db, serviceId);
  const change = await openPackageChange(tx.db, serviceId);
  if (!service || !change) return;
  if (!ENDED.includes(service.state)) return planPackageChange(tx, serviceId);
  // Whoever is paying just now ends it: the money becomes credit.
  if (change.state === 'unpaid' && change.invoiceId && (await hasOpenPayment(tx.db, change.invoiceId))) return;
  await abandonPackageChange(tx, change, 'service_ended');
}

/** The change that waits for an invoice the caller holds, and its service, which is held from here on. */
async function openChangeOfInvoice(
  tx: TransactionContext,
  invoiceId: string,
): Promise<{ change: PackageChangeRow; serviceState: string } | undefined> {
  const seen = await packageChangeOfInvoice(tx.db, invoiceId);
  if (seen?.state !== 'unpaid') return undefined;
  const service = await lockService(tx.db, seen.serviceId);
  const change = await packageChangeOfInvoice(tx.db, invoiceId);
  return service && change?.state === 'unpaid' ? { change, serviceState: service.state } : undefined;
}
