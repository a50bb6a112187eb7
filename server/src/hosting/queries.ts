/** SQL for services; no decisions. */
import type { Db } from '../kit/db.ts';

/** Services with what names their owner, product and server. */
export const servicesWithParties = (db: Db) =>
  db
    .selectFrom('service')
    .innerJoin('customer', 'customer.id', 'service.customerId')
    .innerJoin('product', 'product.id', 'service.productId')
    .leftJoin('server', 'server.id', 'service.serverId')
    .selectAll('service')
    .select([
      'customer.firstName',
      'customer.lastName',
      'customer.company',
      'customer.email',
      'product.name as productName',
      'product.moduleId',
      'server.name as serverName',
      'server.hostname as serverHostname',
      'server.nameservers as serverNameservers',
    ]);

/** Whether the service is there and the customer's; staff ask without one. */
export async function serviceExists(
  db: Db,
  { serviceId, customerId }: { serviceId: string; customerId: string | undefined },
): Promise<boolean> {
  let query = db.selectFrom('service').select('id').where('id', '=', serviceId);
  if (customerId !== undefined) query = query.where('customerId', '=', customerId);
  return (await query.executeTakeFirst()) !== undefined;
}

/** What happened to a service, newest first. */
export const eventsOfService = (db: Db, serviceId: string) =>
  db
    .selectFrom('event')
    .select(['type', 'createdAt'])
    .where('subjectKind', '=', 'service')
    .where('subjectId', '=', serviceId)
    .orderBy('id', 'desc')
    .execute();

/** Whether an invoice that asks for this service still waits for its money. */
export async function isUnpaid(db: Db, serviceId: string): Promise<boolean> {
  const unpaid = await db
    .selectFrom('invoiceLine')
    .innerJoin('invoice', 'invoice.id', 'invoiceLine.invoiceId')
    .select('invoice.id')
    .where('invoiceLine.causeKind', '=', 'service')
    .where('invoiceLine.causeId', '=', serviceId)
    .where('invoice.state', '=', 'unpaid')
    .executeTakeFirst();
  return unpaid !== undefined;
}

export async function wasCreatePlanned(db: Db, serviceId: string): Promise<boolean> {
  const planned = await db
    .selectFrom('operation')
    .select('id')
    .where('serviceId', '=', serviceId)
    .where('action', '=', 'create')
    .executeTakeFirst();
  return planned !== undefined;
}
