/** Operations for staff, and what of the operator's queue needs no knowledge of services. */
import type { AddRoute } from '../kit/endpoint.ts';
import { clearFailed } from './clear-failed.ts';
import { queueStats } from './queue-stats.ts';
import { listOperations, listTasks, queuedTask, readOperation, readTask } from './read-operations.ts';
import { resolveOperation } from './resolve-operation.ts';
import { retryOperation } from './retry-operation.ts';
import * as schemas from './schemas.ts';

export function operationRoutes(add: AddRoute): void {
  add(schemas.listOperations, (ctx, { query }) => listOperations(ctx, query));
  add(schemas.readOperation, (ctx, { params }) => readOperation(ctx, params.id));
  add(schemas.retryOperation, async (ctx, { params, body }) => {
    await retryOperation(ctx, { ...body, operationId: params.id });
    return readOperation(ctx, params.id);
  });
  add(schemas.resolveOperation, async (ctx, { params, body }) => {
    await resolveOperation(ctx, { ...body, operationId: params.id });
    return readOperation(ctx, params.id);
  });

  add(schemas.listTasks, (ctx, { query: { status, ...query } }) => listTasks(ctx, { ...query, state: status }));
  add(schemas.readTask, (ctx, { params }) => readTask(ctx, params.id));
  add(schemas.retryTask, async (ctx, { params }) => {
    await retryOperation(ctx, { operationId: params.id });
    return queuedTask(ctx, params.id);
  });
  add(schemas.queueStats, (ctx) => queueStats(ctx));
  add(schemas.listFailed, (ctx, { query }) => listTasks(ctx, { ...query, failed: true }));
  add(schemas.clearFailed, (ctx) => clearFailed(ctx));
}
