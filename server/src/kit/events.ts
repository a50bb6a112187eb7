/**
 * Events: what happened, in the past tense, written with the change and with the work it starts.
 * What follows an event is told in flow.ts, so that rooms need not import one another.
 */
import type { Action } from './action-names.ts';
import type { TransactionContext } from './context.ts';
import type { Job } from './jobs.ts';

/** Every event and what it carries: ids, never rows. */
export interface EventMap {
  'customer.created': { customerId: string };
  'customer.updated': { customerId: string };
  'staff.added': { userId: string };
  'order.placed': { orderId: string; customerId: string; invoiceId: string };
  'order.paid': { orderId: string };
  'order.active': { orderId: string; customerId: string };
  'order.cancelled': { orderId: string };
  /** `byMail`: whether the customer is told of it. */
  'invoice.issued': { invoiceId: string; customerId: string; byMail: boolean };
  'invoice.paid': { invoiceId: string; customerId: string };
  'invoice.voided': { invoiceId: string; customerId: string };
  /** `step`: which reminder; `suspendsOn`: the day its services go offline unless it is paid, when they still are online. */
  'invoice.reminded': { invoiceId: string; customerId: string; step: string; suspendsOn: string | null };
  'payment.settled': { paymentId: string; invoiceId: string; customerId: string };
  'payment.declined': { paymentId: string; invoiceId: string; customerId: string };
  /** A saved card was not charged because its bank wants to hear from the customer. */
  'payment.action_needed': { paymentId: string; invoiceId: string; customerId: string };
  /** The customer left the provider's page without paying. */
  'payment.abandoned': { paymentId: string; invoiceId: string; customerId: string };
  /** Staff stopped waiting for one whose end nobody could tell. */
  'payment.given_up': { paymentId: string; invoiceId: string; customerId: string };
  /** Opened, won or lost at the customer's bank. */
  'payment.disputed': { paymentId: string; invoiceId: string; customerId: string };
  'payment.refunded': { paymentId: string; refundId: string; customerId: string };
  'payment_method.saved': { paymentMethodId: string; customerId: string };
  'payment_method.removed': { paymentMethodId: string; customerId: string };
  'credit.changed': { customerId: string; creditEntryId: string };
  'service.created': { serviceId: string; customerId: string };
  'service.active': { serviceId: string; customerId: string };
  'service.suspended': { serviceId: string; customerId: string };
  'service.unsuspended': { serviceId: string; customerId: string };
  'service.terminated': { serviceId: string; customerId: string };
  'service.cancelled': { serviceId: string; customerId: string };
  /** `endsOn`: the first day without it; null when it goes at once. */
  'service.cancellation_requested': {
    serviceId: string;
    customerId: string;
    requestId: string;
    endsOn: string | null;
  };
  'service.cancellation_withdrawn': { serviceId: string; customerId: string };
  'service.package_changed': { serviceId: string; customerId: string };
  'service.password_changed': { serviceId: string; customerId: string };
  'service.renewed': { serviceId: string; customerId: string };
  'operation.planned': { operationId: string; serviceId: string };
  'operation.done': { operationId: string; serviceId: string };
  'operation.failed': { operationId: string; serviceId: string };
  'operation.needs_staff': { operationId: string; serviceId: string };
  'operation.resolved': { operationId: string; serviceId: string };
  'server.changed': { serverId: string };
  'server.unavailable': { serverId: string };
  'server.recovered': { serverId: string };
  'alert.raised': { alertId: string };
  'alert.grew': { alertId: string };
}

export type EventType = keyof EventMap;

/** What follows an event: a job queued in the same transaction, or a change made in it. */
export type Consequence<T extends EventType> =
  | Job<EventMap[T]>
  | ((tx: TransactionContext, payload: EventMap[T]) => Promise<void>);

export type Flow = { [T in EventType]?: Consequence<T>[] };

export const defineFlow = (flow: Flow): Flow => flow;

interface Subject {
  kind: string;
  id: string;
}

/** Before and after of a change, for the audit log. Never secrets. */
interface Change {
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
}

/**
 * Write an event, its audit row and what follows from it, or nothing at all.
 *
 * @param subject the row it is about, for timelines
 */
export async function record<T extends EventType>(
  tx: TransactionContext,
  type: T,
  subject: Subject,
  payload: EventMap[T],
  change: Change = {},
): Promise<void> {
  const trace = { actor: JSON.stringify(tx.actor), correlationId: tx.correlationId, createdAt: tx.clock.now() };
  await tx.db
    .insertInto('event')
    .values({ type, subjectKind: subject.kind, subjectId: subject.id, payload: JSON.stringify(payload), ...trace })
    .execute();
  await audit(tx, type, subject, change);
  for (const consequence of (tx.app.flow[type] ?? []) as Consequence<T>[]) {
    if (typeof consequence === 'function') await consequence(tx, payload);
    else await tx.app.jobs.enqueue(tx, consequence, payload);
  }
}

/** An audit row for a change nobody else needs to hear of. */
export async function audit(
  tx: TransactionContext,
  action: Action,
  subject: { kind: string; id: string | null },
  change: Change = {},
): Promise<void> {
  await tx.db
    .insertInto('audit')
    .values({
      action,
      subjectKind: subject.kind,
      subjectId: subject.id,
      before: change.before ? JSON.stringify(change.before) : null,
      after: change.after ? JSON.stringify(change.after) : null,
      actor: JSON.stringify(tx.actor),
      correlationId: tx.correlationId,
      createdAt: tx.clock.now(),
    })
    .execute();
}
