/** SQL for package changes; no decisions. */
import { type Selectable, sql } from 'kysely';
import type { PackageChange } from '../kit/database.generated.ts';
import type { Db } from '../kit/db.ts';
import type { PaidSpan } from './package-change-cost.ts';

export type PackageChangeRow = Selectable<PackageChange>;

export const OPEN_STATES = ['unpaid', 'ready', 'planned'] as const;

/** The change of a service that is not over. It stands still while the service is held. */
export const openPackageChange = (db: Db, serviceId: string): Promise<PackageChangeRow | undefined> =>
  db
    .selectFrom('packageChange')
    .selectAll()
    .where('serviceId', '=', serviceId)
    .where('state', 'in', OPEN_STATES)
    .executeTakeFirst();

export const packageChangeById = (db: Db, id: string): Promise<PackageChangeRow | undefined> =>
  db.selectFrom('packageChange').selectAll().where('id', '=', id).executeTakeFirst();

export const packageChangeOfInvoice = (db: Db, invoiceId: string): Promise<PackageChangeRow | undefined> =>
  db.selectFrom('packageChange').selectAll().where('invoiceId', '=', invoiceId).executeTakeFirst();

export const packageChangeOfOperation = (db: Db, operationId: string): Promise<PackageChangeRow | undefined> =>
  db.selectFrom('packageChange').selectAll().where('operationId', '=', operationId).executeTakeFirst();

/** The last change of a service that was made. */
export const lastPackageChange = (db: Db, serviceId: string): Promise<PackageChangeRow | undefined> =>
  db
    .selectFrom('packageChange')
    .selectAll()
    .where('serviceId', '=', serviceId)
    .where('state', '=', 'done')
    .orderBy('endedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();

/** The last changes of a service with what names their products and invoice, newest first. */
export const packageChangesOf = (db: Db, serviceId: string) =>
  db
    .selectFrom('packageChange')
    .innerJoin('product as from', 'from.id', 'packageChange.fromProductId')
    .innerJoin('product as to', 'to.id', 'packageChange.toProductId')
    .leftJoin('invoice', 'invoice.id', 'packageChange.invoiceId')
    .selectAll('packageChange')
    .select(['from.name as fromProductName', 'to.name as toProductName', 'invoice.number as invoiceNumber'])
    .where('packageChange.serviceId', '=', serviceId)
    .orderBy('packageChange.id', 'desc');

/**
 * What was paid for a service and given back, each with the days it was for. Set-up fees are for no days. Lines of the
 * first order carry none, because the service was not active yet: they are for its first period.
 */
export async function paidSpans(
  db: Db,
  { serviceId, firstPeriod }: { serviceId: string; firstPeriod: { from: string; to: string } },
): Promise<PaidSpan[]> {
  const lines = await db
    .selectFrom('invoiceLine')
    .innerJoin('invoice', 'invoice.id', 'invoiceLine.invoiceId')
    .select([
      'invoiceLine.amountMinor',
      sql<string>`coalesce(invoice_line.period_from, ${firstPeriod.from}::date)`.as('from'),
      sql<string>`coalesce(invoice_line.period_to, ${firstPeriod.to}::date)`.as('to'),
    ])
    .where('invoice.state', '=', 'paid')
    .where('invoiceLine.kind', 'in', ['recurring', 'option', 'upgrade'])
    .where('invoiceLine.causeKind', '=', 'service')
    .where('invoiceLine.causeId', '=', serviceId)
    .execute();
  const changes = await db
    .selectFrom('packageChange')
    .select(['dueMinor as amountMinor', 'periodFrom as from', 'periodTo as to'])
    .where('serviceId', '=', serviceId)
    .where('state', '=', 'done')
    .$narrowType<{ from: string; to: string }>()
    .where('charged', '=', true)
    .execute();
  return [...lines, ...changes];
}

/** Ids of the products whose accounts live where this service's does, on sale and shown. */
export const packagesBeside = (db: Db, service: { moduleId: string; serverGroupId: string }) =>
  db
    .selectFrom('product')
    .innerJoin('productGroup', 'productGroup.id', 'product.productGroupId')
    .select('product.id')
    .where('product.moduleId', '=', service.moduleId)
    .where('product.serverGroupId', '=', service.serverGroupId)
    .where('product.archivedAt', 'is', null)
    .where('product.hidden', '=', false)
    .where('productGroup.hidden', '=', false)
    .orderBy('productGroup.position')
    .orderBy('product.position')
    .orderBy('product.name')
    .execute();
