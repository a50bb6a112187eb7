import { findProducts } from '../catalogue/queries.ts';
import type { Context } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { type PageRequest, paginate } from '../kit/page.ts';
import { allow } from '../kit/permissions.ts';
import { isOfCalled, typedNumber } from '../kit/search.ts';
import { unfinishedOperation } from '../operations/queries.ts';
import { operationsOfService } from '../operations/read-operations.ts';
import { openCancellation } from './cancellation.ts';
import { asOwnService, asService, asServiceSummary, type ServiceWithParties } from './present.ts';
import { eventsOfService, servicesWithParties } from './queries.ts';
import { refusalsOf } from './refusals.ts';

const OPERATIONS_SHOWN = 20;

interface Listing extends PageRequest {
  search?: string | undefined;
  state?: string | undefined;
}
export interface ServiceFilter extends Listing {
  customerId?: string | undefined;
  serverId?: string | undefined;
  productId?: string | undefined;
}

/** Services, newest first; words are found in number, domain, user name and customer. */
export async function listServices(ctx: Context, filter: ServiceFilter) {
  allow(ctx.actor, 'services:read');
  return servicePage(ctx, filter);
}

/** As `listServices`, of this customer. */
export const listOwnServices = (ctx: Context, filter: Listing & { customerId: string }) => servicePage(ctx, filter);

const FILTERS = ['state', 'customerId', 'serverId', 'productId'] as const;

async function servicePage(ctx: Context, filter: ServiceFilter) {
  let query = servicesWithParties(ctx.db);
  for (const name of FILTERS) {
    const value = filter[name];
    if (value !== undefined) query = query.where(`service.${name}`, '=', value);
  }
  if (filter.search) {
    const number = typedNumber(filter.search);
    const conditions = [
      await isOfCalled(ctx.db, 'service.id', 'service', filter.search),
      await isOfCalled(ctx.db, 'service.customerId', 'customer', filter.search),
    ];
    query = query.where((eb) =>
      eb.or([...conditions, ...(number === null ? [] : [eb('service.number', '=', number)])]),
    );
  }
  const page = await paginate(query, filter, {
    db: ctx.db,
    id: 'service.id',
    sortable: {
      number: 'service.number',
      domain: 'service.domain',
      createdAt: 'service.createdAt',
      recurringMinor: 'service.recurringMinor',
    },
    fallback: '-number',
  });
  return { ...page, items: page.items.map(asServiceSummary) };
}

/** A service with its last operations and what can be done now. @throws NotFound */
export async function readService(ctx: Context, serviceId: string) {
  allow(ctx.actor, 'services:read');
  const row = await readRow(ctx, { serviceId });
  const { options, refusals, cancellation } = await surroundings(ctx, row);
  const operations = await operationsOfService(ctx, serviceId, { limit: OPERATIONS_SHOWN });
  return asService(row, { options, refusals, operations, cancellation });
}

/** A service of a customer with its story. @throws NotFound, also when it is somebody else's */
export async function readOwnService(ctx: Context, input: { serviceId: string; customerId: string }) {
  const row = await readRow(ctx, input);
  const about = await surroundings(ctx, row);
  return asOwnService(row, { ...about, events: await eventsOfService(ctx.db, row.id) });
}

async function readRow(ctx: Context, input: { serviceId: string; customerId?: string }): Promise<ServiceWithParties> {
  let query = servicesWithParties(ctx.db).where('service.id', '=', input.serviceId);
  if (input.customerId !== undefined) query = query.where('service.customerId', '=', input.customerId);
  const row = await query.executeTakeFirst();
  if (!row) throw new NotFound('service_not_found', { serviceId: input.serviceId });
  return row;
}

async function surroundings(ctx: Context, row: ServiceWithParties) {
  const open = await unfinishedOperation(ctx.db, row.id);
  const [product] = await findProducts(ctx.db, [row.productId]);
  const module = ctx.app.modules.get(row.moduleId);
  return {
    open,
    cancellation: await openCancellation(ctx.db, row.id),
    options: product?.options ?? [],
    refusals: refusalsOf(row, { module, openAction: open?.action ?? null }),
  };
}
