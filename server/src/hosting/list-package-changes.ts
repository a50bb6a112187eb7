import { type RawBuilder, sql } from 'kysely';
import { customerName } from '../customers/present.ts';
import { today } from '../kit/calendar.ts';
import type { Context } from '../kit/context.ts';
import type { Db } from '../kit/db.ts';
import { type PageRequest, paginate } from '../kit/page.ts';
import { allow } from '../kit/permissions.ts';
import { readShopSettings } from '../staff/settings.ts';
import { OPEN_STATES } from './package-change-queries.ts';
import type { PACKAGE_CHANGE_FILTERS } from './package-change-schemas.ts';

interface PackageChangeFilter extends PageRequest {
  state: (typeof PACKAGE_CHANGE_FILTERS)[number];
  customerId?: string | undefined;
}

/** A panel that works makes a change within minutes of its being paid. */
const MADE_WITHIN_MS = 3_600_000;

/** Package changes of all services, newest first unless sorted otherwise. */
export async function listPackageChanges(ctx: Context, filter: PackageChangeFilter) {
  allow(ctx.actor, 'services:read');
  const late = await lateness(ctx);
  let rows = changesWithParties(ctx.db, late);
  if (filter.customerId !== undefined) rows = rows.where('service.customerId', '=', filter.customerId);
  if (filter.state === 'open' || filter.state === 'late') rows = rows.where('packageChange.state', 'in', OPEN_STATES);
  else if (filter.state !== 'all') rows = rows.where('packageChange.state', '=', filter.state);
  if (filter.state === 'late') rows = rows.where(late);
  const page = await paginate(rows, filter, {
    db: ctx.db,
    id: 'packageChange.id',
    sortable: { createdAt: 'packageChange.createdAt' },
    fallback: '-createdAt',
  });
  return {
    ...page,
    items: page.items.map(({ operationState, ...row }) => ({
      ...row,
      customerName: customerName(row),
      waitsFor: waitsFor(row.state, operationState),
    })),
  };
}

/** When an open change waits too long: `late` of the API. The joined tables are those of `changesWithParties`. */
async function lateness(ctx: Context): Promise<RawBuilder<boolean>> {
  const { timeZone } = await readShopSettings(ctx.db);
  const before = new Date(ctx.clock.now().getTime() - MADE_WITHIN_MS);
  return sql<boolean>`case package_change.state
    when 'unpaid' then invoice.due_on < ${today(ctx.clock, timeZone)}::date
    when 'ready' then coalesce(invoice.paid_at, package_change.created_at) < ${before}
    when 'planned' then operation.state = 'needs_staff' or coalesce(invoice.paid_at, package_change.created_at) < ${before}
    else false end`;
}

function waitsFor(state: string, operationState: string | null) {
  if (state === 'unpaid') return 'payment';
  if (state === 'ready') return 'turn';
  if (state === 'planned') return operationState === 'needs_staff' ? 'staff' : 'panel';
  return null;
}

const changesWithParties = (db: Db, late: RawBuilder<boolean>) =>
  db
    .selectFrom('packageChange')
    .innerJoin('service', 'service.id', 'packageChange.serviceId')
    .innerJoin('customer', 'customer.id', 'service.customerId')
    .innerJoin('product as from', 'from.id', 'packageChange.fromProductId')
    .innerJoin('product as to', 'to.id', 'packageChange.toProductId')
    .leftJoin('invoice', 'invoice.id', 'packageChange.invoiceId')
    .leftJoin('operation', 'operation.id', 'packageChange.operationId')
    .select([
      'packageChange.id',
      'packageChange.serviceId',
      'packageChange.state',
      'packageChange.currency',
      'packageChange.dueMinor',
      'packageChange.charged',
      'packageChange.invoiceId',
      'packageChange.operationId',
      'packageChange.endReason',
      'packageChange.createdAt',
      'packageChange.endedAt',
      'service.domain',
      'service.customerId',
      'customer.firstName',
      'customer.lastName',
      'customer.company',
      'customer.email',
      'from.name as fromProductName',
      'to.name as toProductName',
      'invoice.number as invoiceNumber',
      'invoice.dueOn as invoiceDueOn',
      'operation.state as operationState',
      late.as('late'),
    ]);

/** How many open changes wait too long. */
export async function countLatePackageChanges(ctx: Context): Promise<number> {
  const late = await lateness(ctx);
  const { count } = await changesWithParties(ctx.db, late)
    .clearSelect()
    .select(({ fn }) => fn.countAll<bigint>().as('count'))
    .where('packageChange.state', 'in', OPEN_STATES)
    .where(late)
    .executeTakeFirstOrThrow();
  return Number(count);
}
