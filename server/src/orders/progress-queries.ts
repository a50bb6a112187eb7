/** SQL for the progress of an order. */
import type { Db } from '../kit/db.ts';

export function orderForProgress(db: Db, orderId: string) {
  return db
    .selectFrom('order')
    .innerJoin('invoice', 'invoice.id', 'order.invoiceId')
    .select(['order.state', 'order.invoiceId', 'invoice.state as invoiceState'])
    .where('order.id', '=', orderId)
    .executeTakeFirstOrThrow();
}

export async function latestPaymentState(db: Db, invoiceId: string): Promise<string | null> {
  const payment = await db
    .selectFrom('payment')
    .select('state')
    .where('invoiceId', '=', invoiceId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return payment?.state ?? null;
}

export type ServiceInProgress = Awaited<ReturnType<typeof servicesInProgress>>[number];

/** The services of an order, each with the operation that makes it: the latest one, if there is any. */
export function servicesInProgress(db: Db, orderId: string) {
  return db
    .selectFrom('service')
    .innerJoin('product', 'product.id', 'service.productId')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('operation')
          .select(['operation.id', 'operation.state', 'operation.waitReason', 'operation.createdAt'])
          .whereRef('operation.serviceId', '=', 'service.id')
          .where('operation.action', '=', 'create')
          .orderBy('operation.id', 'desc')
          .limit(1)
          .as('making'),
      (on) => on.onTrue(),
    )
    .select([
      'service.id',
      'service.domain',
      'service.state',
      'service.activatedAt',
      'product.name as productName',
      'product.withDns',
      'product.withCertificate',
      'product.withMailbox',
      'product.withDatabase',
      'making.id as operationId',
      'making.state as operationState',
      'making.waitReason',
      'making.createdAt as operationCreatedAt',
    ])
    .where('service.orderId', '=', orderId)
    .orderBy('service.id')
    .execute();
}

export async function stepsOf(db: Db, operationIds: readonly string[]) {
  if (operationIds.length === 0) return [];
  return db
    .selectFrom('jobStep')
    .select(['runId', 'name', 'state', 'attempts', 'startedAt', 'finishedAt'])
    .where('runId', 'in', operationIds)
    .execute();
}
