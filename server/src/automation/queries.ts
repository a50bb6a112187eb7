/** SQL for what has reached a rung; no decisions. */
import { type ExpressionBuilder, sql } from 'kysely';
import { CYCLE_MONTHS } from '../kit/calendar.ts';
import type { Database, Db } from '../kit/db.ts';
import type { Look, RungName } from './rung.ts';

const RECURRING = Object.entries(CYCLE_MONTHS).flatMap(([cycle, months]) => (months === null ? [] : [cycle]));

/** Services whose paid period ends by that day and that go on after it, in the order of their invoices. */
export const servicesToRenew = (db: Db, { dueBy, step, day }: Look) =>
  db
    .selectFrom('service')
    .select(['service.id', 'service.customerId', 'service.currency', 'service.nextDueOn', 'service.domain'])
    .where('service.state', 'in', ['active', 'suspended'])
    .where('service.cycle', 'in', RECURRING)
    .where('service.nextDueOn', '<=', dueBy)
    .where((on) => on.not(isMarked(on, 'service.id', step, 'service.nextDueOn')))
    .where((on) => on.not(isCancelled(on)))
    .where((on) => on.not(isExempt('renewal_invoice', day)))
    .orderBy('service.customerId')
    .orderBy('service.nextDueOn')
    .orderBy('service.id')
    .$narrowType<{ nextDueOn: string }>()
    .execute();

/** Those of them that are still to be renewed, locked, with what their invoice lines say. */
export const lockServicesToRenew = (db: Db, serviceIds: string[], dueOn: string) =>
  db
    .selectFrom('service')
    .innerJoin('product', 'product.id', 'service.productId')
    .select([
      'service.id',
      'service.domain',
      'service.cycle',
      'service.recurringMinor',
      'service.billingAnchorOn',
      'product.name as productName',
    ])
    .where('service.id', 'in', serviceIds)
    .where('service.state', 'in', ['active', 'suspended'])
    .where('service.nextDueOn', '=', dueOn)
    .where((on) => on.not(isCancelled(on)))
    .orderBy('service.id')
    .forUpdate('service')
    .execute();

/** Services given up for the end of a term that is over by that day. */
export const servicesAtEndOfTerm = (db: Db, { dueBy, step }: Look) =>
  db
    .selectFrom('service')
    .innerJoin('cancellationRequest as request', 'request.serviceId', 'service.id')
    .select(['service.id', 'service.domain', 'service.nextDueOn', 'request.id as requestId', 'request.correlationId'])
    .where('request.state', '=', 'open')
    .where('request.timing', '=', 'end_of_term')
    .where('service.state', 'in', ['active', 'suspended'])
    .where('service.nextDueOn', '<=', dueBy)
    .where((on) => on.not(isMarked(on, 'service.id', step, 'service.nextDueOn')))
    .orderBy('service.id')
    .$narrowType<{ nextDueOn: string }>()
    .execute();

export async function isCancellationOpen(db: Db, requestId: string): Promise<boolean> {
  const open = await db
    .selectFrom('cancellationRequest')
    .select('id')
    .where('id', '=', requestId)
    .where('state', '=', 'open')
    .executeTakeFirst();
  return open !== undefined;
}

/** Unpaid invoices of a next period, of customers who left something that can be charged. */
export const renewalsWithSavedMethod = (db: Db, { dueBy, step }: Look) =>
  db
    .selectFrom('invoice')
    .select(['invoice.id', 'invoice.number', 'invoice.dueOn', 'invoice.correlationId'])
    .where('invoice.state', '=', 'unpaid')
    .where('invoice.dueOn', '<=', dueBy)
    .where((on) => on.not(isMarked(on, 'invoice.id', step, 'invoice.dueOn')))
    .where((on) =>
      on.exists(
        on
          .selectFrom('invoiceLine')
          .select('invoiceLine.id')
          .whereRef('invoiceLine.invoiceId', '=', 'invoice.id')
          .where('invoiceLine.kind', '=', 'recurring')
          .where('invoiceLine.periodFrom', 'is not', null),
      ),
    )
    .where((on) =>
      on.exists(
        on
          .selectFrom('paymentMethod')
          .select('paymentMethod.id')
          .whereRef('paymentMethod.customerId', '=', 'invoice.customerId')
          .where('paymentMethod.isDefault', '=', true),
      ),
    )
    .orderBy('invoice.dueOn')
    .orderBy('invoice.id')
    .execute();

/** Whether the rung `collect` was done for the invoice since then. */
export async function wasCollected(db: Db, invoiceId: string, since: Date): Promise<boolean> {
  const step = await db
    .selectFrom('automationStep')
    .select('rung')
    .where('subjectId', '=', invoiceId)
    .where('rung', 'like', 'collect%')
    .where('createdAt', '>=', since)
    .executeTakeFirst();
  return step !== undefined;
}

/** Unpaid invoices that were out before the day of the reminder came. */
export const invoicesForReminder = (db: Db, { dueBy, step, days }: Look) =>
  db
    .selectFrom('invoice')
    .select(['invoice.id', 'invoice.number', 'invoice.customerId', 'invoice.dueOn', 'invoice.correlationId'])
    .where('invoice.state', '=', 'unpaid')
    .where('invoice.dueOn', '<=', dueBy)
    .where('invoice.issuedOn', '<', sql<string>`invoice.due_on + ${sql.lit(days)}`)
    .where((on) => on.not(isMarked(on, 'invoice.id', step, 'invoice.dueOn')))
    .orderBy('invoice.dueOn')
    .orderBy('invoice.id')
    .execute();

/** Services in that state with an unpaid invoice due by that day. */
export const overdueServices = (
  db: Db,
  { rung, state, look }: { rung: RungName; state: 'active' | 'suspended'; look: Look },
) =>
  db
    .selectFrom('service')
    .innerJoin('invoiceLine', 'invoiceLine.causeId', 'service.id')
    .innerJoin('invoice', 'invoice.id', 'invoiceLine.invoiceId')
    .select([
      'service.id',
      'service.domain',
      'service.customerId',
      'invoice.id as invoiceId',
      'invoice.number as invoiceNumber',
      'invoice.dueOn',
    ])
    .distinct()
    .where('service.state', '=', state)
    .where((on) => on.or([on('service.suspendCause', 'is', null), on('service.suspendCause', '=', 'overdue')]))
    .where('invoiceLine.causeKind', '=', 'service')
    .where('invoice.state', '=', 'unpaid')
    .where('invoice.dueOn', '<=', look.dueBy)
    .where((on) => on.not(isMarked(on, 'service.id', look.step, 'invoice.dueOn')))
    .where((on) => on.not(isExempt(rung, look.day)))
    .orderBy('invoice.dueOn')
    .orderBy('service.id')
    .execute();

/** Whether an unpaid invoice that asks for this service was due before that day. */
export async function isOverdue(db: Db, serviceId: string, day: string): Promise<boolean> {
  const overdue = await db
    .selectFrom('invoiceLine')
    .innerJoin('invoice', 'invoice.id', 'invoiceLine.invoiceId')
    .select('invoice.id')
    .where('invoiceLine.causeKind', '=', 'service')
    .where('invoiceLine.causeId', '=', serviceId)
    .where('invoice.state', '=', 'unpaid')
    .where('invoice.dueOn', '<', day)
    .executeTakeFirst();
  return overdue !== undefined;
}

/** Services an invoice asks for, locked. */
export const lockServicesOfInvoice = (db: Db, invoiceId: string) =>
  db
    .selectFrom('service')
    .selectAll()
    .where('id', 'in', (on) =>
      on
        .selectFrom('invoiceLine')
        .select('causeId')
        .where('invoiceId', '=', invoiceId)
        .where('causeKind', '=', 'service')
        .where('causeId', 'is not', null)
        .$castTo<{ causeId: string }>(),
    )
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();

type AnyTable = ExpressionBuilder<Database, keyof Database>;

function isMarked<DB extends Database, TB extends keyof DB>(
  on: ExpressionBuilder<DB, TB>,
  subject: 'service.id' | 'invoice.id',
  step: string,
  dueOn: 'service.nextDueOn' | 'invoice.dueOn',
) {
  // The tables are in scope wherever this is used, which the types of a shared fragment cannot say.
  const any = on as unknown as AnyTable;
  return any.exists(
    any
      .selectFrom('automationStep')
      .select('rung')
      .where('automationStep.subjectId', '=', any.ref(subject as never))
      .where('automationStep.rung', '=', step)
      .where('automationStep.dueOn', '=', any.ref(dueOn as never)),
  );
}

function isCancelled<DB extends Database, TB extends keyof DB>(on: ExpressionBuilder<DB, TB>) {
  const any = on as unknown as AnyTable;
  return any.exists(
    any
      .selectFrom('cancellationRequest')
      .select('id')
      .where('cancellationRequest.serviceId', '=', any.ref('service.id' as never))
      .where('cancellationRequest.state', '=', 'open'),
  );
}

/** Until and with the day that stands in it, a service is spared what its exemption names. */
const isExempt = (rung: RungName, day: string) =>
  sql<boolean>`exists (
    select from jsonb_array_elements(service.exemptions) exemption
    where exemption ->> 'rung' = ${rung} and exemption ->> 'until' >= ${day})`;
