/** SQL for what has reached a rung; no decisions. */
import { type ExpressionBuilder, sql } from 'kysely';
import { openCancellation } from '../hosting/cancellation.ts';
import { CYCLE_MONTHS } from '../kit/calendar.ts';
import type { Database, Db } from '../kit/db.ts';
import { unfinishedOperation } from '../operations/queries.ts';
import type { Look, RungName } from './rung.ts';

const RECURRING = Object.entries(CYCLE_MONTHS).flatMap(([cycle, months]) => (months === null ? [] : [cycle]));

/** Services whose paid period ends by that day and that go on after it, in the order of their invoices. */
export const servicesToRenew = (db: Db, { dueBy, step, day }: Look) =>
  db
    .selectFrom('service')
    .select(['service.id', 'service.customerId', 'service.currency', 'service.nextDueOn'])
    .where('service.state', 'in', ['active', 'suspended'])
    .where('service.cycle', 'in', RECURRING)
    .where('service.nextDueOn', '<=', dueBy)
    .where((on) => on.not(isMarked(on, 'service.id', step, 'service.nextDueOn')))
    .where((on) => on.not(isCancelled(on)))
    .where((on) => on.not(isExempt('renewal_invoice', day)))
    .where((on) => on.not(isGiven))
    .orderBy('service.customerId')
    .orderBy('service.nextDueOn')
    .orderBy('service.id')
    .$narrowType<{ nextDueOn: string }>()
    .execute();

/** Services whose next period has begun and is given to them, because they are spared its invoice on that day. */
export const servicesToGive = (db: Db, { step, day }: Look) =>
  db
    .selectFrom('service')
    .select(['service.id', 'service.nextDueOn'])
    .where('service.state', 'in', ['active', 'suspended'])
    .where('service.cycle', 'in', RECURRING)
    .where('service.nextDueOn', '<=', day)
    .where((on) => on.not(isMarked(on, 'service.id', step, 'service.nextDueOn')))
    .where((on) => on.not(isCancelled(on)))
    .where(isGiven)
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
      'service.customerId',
      'service.productId',
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

/** Unpaid invoices of a next period. */
const nextPeriodInvoices = (db: Db) =>
  db
    .selectFrom('invoice')
    .where('invoice.state', '=', 'unpaid')
    .where((on) =>
      on.exists(
        on
          .selectFrom('invoiceLine')
          .select('invoiceLine.id')
          .whereRef('invoiceLine.invoiceId', '=', 'invoice.id')
          .where('invoiceLine.causeKind', '=', 'service')
          .where('invoiceLine.periodFrom', 'is not', null),
      ),
    );

/** Those of customers who have credit or left something that can be charged. */
export const renewalsWithMeans = (db: Db, { dueBy, step }: Look) =>
  nextPeriodInvoices(db)
    .select([
      'invoice.id',
      'invoice.dueOn',
      'invoice.correlationId',
      owedOnInvoice.as('owedMinor'),
      creditOfInvoice.as('creditMinor'),
      sql<boolean>`${hasDefaultMethod}`.as('hasMethod'),
    ])
    .where('invoice.dueOn', '<=', dueBy)
    .where((on) => on.not(isMarked(on, 'invoice.id', step, 'invoice.dueOn')))
    .where((on) => on.or([hasDefaultMethod, sql<boolean>`${creditOfInvoice} > 0`]))
    .orderBy('invoice.dueOn')
    .orderBy('invoice.id')
    .execute();

/** Whether an invoice is one of them, and what it would be charged to. */
export const renewalToCharge = (db: Db, invoiceId: string) =>
  nextPeriodInvoices(db)
    .innerJoin('paymentMethod', (join) =>
      join.onRef('paymentMethod.customerId', '=', 'invoice.customerId').on('paymentMethod.isDefault', '=', true),
    )
    .select(['invoice.dueOn', 'invoice.customerId', owedOnInvoice.as('owedMinor'), creditOfInvoice.as('creditMinor')])
    .select(['paymentMethod.gatewayId', 'paymentMethod.reference', 'paymentMethod.label'])
    .where('invoice.id', '=', invoiceId)
    .executeTakeFirst();

/** Under which names something was done for that due day. */
export async function marksOf(db: Db, { subjectId, dueOn }: { subjectId: string; dueOn: string }): Promise<string[]> {
  const marks = await db
    .selectFrom('automationStep')
    .select('rung')
    .where('subjectId', '=', subjectId)
    .where('dueOn', '=', dueOn)
    .execute();
  return marks.map(({ rung }) => rung);
}

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
    .select(['invoice.id', 'invoice.customerId', 'invoice.dueOn', 'invoice.correlationId'])
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

/** Unpaid invoices that ask for a period of the service. */
export const unpaidRenewals = (db: Db, serviceId: string) =>
  db
    .selectFrom('invoiceLine')
    .innerJoin('invoice', 'invoice.id', 'invoiceLine.invoiceId')
    .select('invoice.id as invoiceId')
    .distinct()
    .where('invoiceLine.causeKind', '=', 'service')
    .where('invoiceLine.causeId', '=', serviceId)
    .where('invoiceLine.periodFrom', 'is not', null)
    .where('invoice.state', '=', 'unpaid')
    .orderBy('invoice.id')
    .execute();

/** Periods of the service from that day on that are paid, each with all that was asked for it. */
export const paidPeriodsFrom = (db: Db, { serviceId, day }: { serviceId: string; day: string }) =>
  db
    .selectFrom('invoiceLine')
    .innerJoin('invoice', 'invoice.id', 'invoiceLine.invoiceId')
    .select([
      'invoiceLine.periodFrom as from',
      'invoiceLine.periodTo as to',
      sql<bigint>`sum(invoice_line.amount_minor)::bigint`.as('amountMinor'),
    ])
    .where('invoiceLine.causeKind', '=', 'service')
    .where('invoiceLine.causeId', '=', serviceId)
    .where('invoiceLine.periodFrom', '>=', day)
    .where('invoice.state', '<>', 'void')
    .groupBy(['invoiceLine.periodFrom', 'invoiceLine.periodTo'])
    .having(sql<boolean>`bool_or(invoice.state = 'paid' and invoice_line.kind = 'recurring')`)
    .orderBy('invoiceLine.periodFrom')
    .$narrowType<{ from: string; to: string }>()
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

/** Whether money for one of its unpaid invoices may be under way. */
export async function isBeingPaid(db: Db, serviceId: string): Promise<boolean> {
  const payment = await db
    .selectFrom('invoiceLine')
    .innerJoin('invoice', 'invoice.id', 'invoiceLine.invoiceId')
    .innerJoin('payment', 'payment.invoiceId', 'invoice.id')
    .select('payment.id')
    .where('invoiceLine.causeKind', '=', 'service')
    .where('invoiceLine.causeId', '=', serviceId)
    .where('invoice.state', '=', 'unpaid')
    .where('payment.state', 'in', ['pending', 'unknown'])
    .executeTakeFirst();
  return payment !== undefined;
}

/** Whether the service has ended, is being removed, or was given up. */
export async function isEnding(db: Db, service: { id: string; state: string }): Promise<boolean> {
  if (service.state === 'terminated') return true;
  const operation = await unfinishedOperation(db, service.id);
  if (operation?.action === 'terminate') return true;
  return (await openCancellation(db, service.id)) !== undefined;
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

/** What the customer of the invoice has in its currency. */
const owedOnInvoice = sql<bigint>`invoice.total_minor - invoice.paid_minor`;

const creditOfInvoice = sql<bigint>`(
  select coalesce(sum(amount_minor), 0)::bigint from credit_entry
  where credit_entry.customer_id = invoice.customer_id and credit_entry.currency = invoice.currency)`;

const hasDefaultMethod = sql<boolean>`exists (
  select from payment_method where payment_method.customer_id = invoice.customer_id and payment_method.is_default)`;

/** A period that begins while its service is spared `renewal_invoice` costs nothing. */
const isGiven = sql<boolean>`exists (
    select from jsonb_array_elements(service.exemptions) exemption
    where exemption ->> 'rung' = 'renewal_invoice' and (exemption ->> 'until')::date >= service.next_due_on)`;

/** Until and with the day that stands in it, a service is spared what its exemption names. */
export const isExempt = (rung: RungName, day: string) =>
  sql<boolean>`exists (
    select from jsonb_array_elements(service.exemptions) exemption
    where exemption ->> 'rung' = ${rung} and exemption ->> 'until' >= ${day})`;
