/** SQL for what mails tell about other rooms' rows. Each throws when there is no such row: the caller's event names it. */

import { sql } from 'kysely';
import { customerName } from '../customers/present.ts';
import type { Db } from '../kit/db.ts';

export async function customerToWrite(db: Db, customerId: string) {
  const customer = await db
    .selectFrom('customer')
    .select(['email', 'firstName', 'lastName', 'company', 'locale'])
    .where('id', '=', customerId)
    .executeTakeFirstOrThrow();
  return { email: customer.email, locale: customer.locale, name: customerName(customer) };
}

/** An invoice with its lines, the payment method chosen for its order, and how many payments are under way. */
export async function invoiceToWrite(db: Db, invoiceId: string) {
  const invoice = await db
    .selectFrom('invoice')
    .leftJoin('order', 'order.invoiceId', 'invoice.id')
    .select(({ selectFrom, fn }) => [
      'invoice.number',
      'invoice.state',
      'invoice.currency',
      'invoice.totalMinor',
      'invoice.paidMinor',
      'invoice.dueOn',
      'invoice.createdAt',
      'order.gatewayId',
      selectFrom('payment')
        .select(fn.countAll<bigint>().as('count'))
        .whereRef('payment.invoiceId', '=', 'invoice.id')
        .where('payment.state', 'in', ['pending', 'unknown'])
        .as('openPayments'),
    ])
    .where('invoice.id', '=', invoiceId)
    .executeTakeFirstOrThrow();
  const lines = await db
    .selectFrom('invoiceLine')
    .select(['description', 'amountMinor', 'periodFrom', 'periodTo'])
    .where('invoiceId', '=', invoiceId)
    .orderBy('position')
    .execute();
  return {
    ...invoice,
    openPayments: Number(invoice.openPayments ?? 0),
    lines: lines.map(({ periodFrom: from, periodTo: to, ...line }) => ({
      ...line,
      period: from && to ? { from, to } : null,
    })),
  };
}

export const paymentToWrite = (db: Db, paymentId: string) =>
  db
    .selectFrom('payment')
    .select(['number', 'gatewayId', 'currency', 'amountMinor', 'receivedOn', 'message'])
    .where('id', '=', paymentId)
    .executeTakeFirstOrThrow();

/** How much of a payment became credit, in minor units. */
export async function creditFromPayment(db: Db, paymentId: string): Promise<bigint> {
  const entries = await db
    .selectFrom('creditEntry')
    .select('amountMinor')
    .where('causeKind', '=', 'payment')
    .where('causeId', '=', paymentId)
    .execute();
  return entries.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}

export const serviceToWrite = (db: Db, serviceId: string) =>
  db
    .selectFrom('service')
    .innerJoin('product', 'product.id', 'service.productId')
    .select(['service.domain', 'service.suspendCause', 'service.suspendReason', 'product.name as productName'])
    .where('service.id', '=', serviceId)
    .executeTakeFirstOrThrow();

export const alertToWrite = (db: Db, alertId: string) =>
  db
    .selectFrom('alert')
    .select([
      'message',
      'whatToDo',
      'toldAt',
      sql<number>`(select count(*)::int from alert_subject where alert_id = alert.id and resolved_at is null)`.as(
        'count',
      ),
    ])
    .where('id', '=', alertId)
    .executeTakeFirstOrThrow();

/** Who is told of alerts. */
export const staffInCharge = (db: Db) =>
  db
    .selectFrom('staffMember')
    .innerJoin('loginUser', 'loginUser.id', 'staffMember.userId')
    .select(['staffMember.userId', 'loginUser.email'])
    .where('staffMember.role', 'in', ['owner', 'admin'])
    .where('staffMember.disabledAt', 'is', null)
    .orderBy('staffMember.userId')
    .execute();

export async function staffAddress(db: Db, userId: string): Promise<string> {
  const { email } = await db.selectFrom('loginUser').select('email').where('id', '=', userId).executeTakeFirstOrThrow();
  return email;
}
