import { sql } from 'kysely';
import type { Context } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { type Page, type PageRequest, paginate } from '../kit/page.ts';
import { allow } from '../kit/permissions.ts';
import { isAmong, isCalled, isOfCalled } from '../kit/search.ts';
import { asOperationSummary, asOperations, asTask, asTaskWithSteps, type OperationWithParties } from './present.ts';
import { operationsWithParties } from './queries.ts';

export interface OperationFilter extends PageRequest {
  search?: string | undefined;
  state?: string | undefined;
  action?: string | undefined;
  serverId?: string | undefined;
  serviceId?: string | undefined;
  correlationId?: string | undefined;
  /** Those that failed or need staff, without the ones staff took off the list. */
  failed?: boolean;
}

const FILTERS = ['state', 'action', 'serverId', 'serviceId', 'correlationId'] as const;

/** Operations, newest first; words are found in domain, customer, user name and error. */
export async function listOperations(ctx: Context, filter: OperationFilter) {
  const page = await operationPage(ctx, filter);
  return { ...page, items: page.items.map(asOperationSummary) };
}

/** The same as tasks of the queue. */
export async function listTasks(ctx: Context, filter: OperationFilter) {
  const page = await operationPage(ctx, filter);
  return { ...page, items: page.items.map(asTask) };
}

async function operationPage(ctx: Context, filter: OperationFilter): Promise<Page<OperationWithParties>> {
  allow(ctx.actor, 'operations:read');
  let query = operationsWithParties(ctx.db);
  for (const name of FILTERS) {
    const value = filter[name];
    if (value !== undefined) query = query.where(`operation.${name}`, '=', value);
  }
  if (filter.failed)
    query = query.where('operation.state', 'in', ['failed', 'needs_staff']).where('operation.hiddenAt', 'is', null);
  if (filter.search) {
    const conditions = [
      await isOfCalled(ctx.db, 'operation.id', 'operation', filter.search),
      await isAmong(ctx.db, 'operation.serviceId', {
        table: 'service',
        where: sql`(${isCalled('service', filter.search)} or ${await isOfCalled(ctx.db, 'service.customerId', 'customer', filter.search)})`,
      }),
    ];
    query = query.where((eb) => eb.or(conditions));
  }
  return paginate(query, filter, {
    db: ctx.db,
    id: 'operation.id',
    // Ids are made in order of time, and theirs is the index.
    sortable: { createdAt: 'operation.id' },
    fallback: '-createdAt',
  });
}

/** An operation with its steps and what staff can do now. @throws NotFound */
export async function readOperation(ctx: Context, operationId: string) {
  allow(ctx.actor, 'operations:read');
  return presentOperation(ctx, operationId);
}

/** The same as the answer to whoever planned it. */
export async function presentOperation(ctx: Context, operationId: string) {
  const [operation] = await asOperations(ctx.db, [await withParties(ctx, operationId)]);
  return operation;
}

/** @throws NotFound */
export const readTask = async (ctx: Context, operationId: string) =>
  asTaskWithSteps(ctx.db, await withParties(ctx, operationId));

/** The answer to whoever queued something. */
export async function queuedTask(ctx: Context, operationId: string) {
  const task = await readTask(ctx, operationId);
  return { jobId: task.jobId, status: task.status, task };
}

async function withParties(ctx: Context, operationId: string): Promise<OperationWithParties> {
  const row = await operationsWithParties(ctx.db).where('operation.id', '=', operationId).executeTakeFirst();
  if (!row) throw new NotFound('operation_not_found', { operationId });
  return row;
}

/** The newest operations of a service. */
export async function operationsOfService(ctx: Context, serviceId: string, { limit }: { limit: number }) {
  const rows = await operationsWithParties(ctx.db)
    .where('operation.serviceId', '=', serviceId)
    .orderBy('operation.id', 'desc')
    .limit(limit)
    .execute();
  return asOperations(ctx.db, rows);
}
