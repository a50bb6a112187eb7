import { z } from '@hono/zod-openapi';
import { endpoint } from '../kit/endpoint.ts';
import { actorOut, id, idParams, instant, line, listQuery, pageOf } from '../kit/shapes.ts';

const tag = 'Operations';
export const action = z.enum([
  'create',
  'suspend',
  'unsuspend',
  'terminate',
  'changePackage',
  'changePassword',
  'renew',
]);
export const operationState = z.enum(['planned', 'running', 'waiting', 'done', 'failed', 'needs_staff']);

const resolution = z.enum(['mark_done', 'give_up']);

export const stepOut = z
  .object({
    name: z.string(),
    state: z.enum(['pending', 'running', 'waiting', 'done', 'skipped', 'failed']),
    attempts: z.int(),
    note: z.string().nullable(),
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
    seconds: z.number().nullable(),
  })
  .openapi('Step');

const operationSummary = z
  .object({
    id,
    serviceId: id,
    serviceNumber: z.int(),
    domain: z.string(),
    customerId: id,
    customerName: z.string(),
    action,
    state: operationState,
    serverId: id.nullable(),
    serverName: z.string().nullable(),
    attempts: z.int(),
    maxAttempts: z.int(),
    nextTryAt: instant.nullable(),
    waitReason: z.enum(['retry', 'server_busy', 'server_unavailable', 'no_capacity', 'queued']).nullable(),
    errorCode: z.string().nullable(),
    errorMessage: z.string().nullable(),
    correlationId: id,
    createdAt: instant,
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
  })
  .openapi('OperationSummary');
export const operationOut = operationSummary
  .extend({
    errorKind: z.string().nullable(),
    errorDetail: z.string().nullable().openapi({ description: "The panel's own words, for staff." }),
    whatToDo: z.string().nullable().openapi({ description: 'What staff can do now.' }),
    intent: z.record(z.string(), z.unknown()).nullable(),
    actor: actorOut,
    actorName: z.string().openapi({ description: 'Who asked for it.' }),
    resolution: z
      .object({ how: resolution, by: z.string(), note: z.string(), at: instant })
      .nullable()
      .openapi({ description: 'Who closed it by hand, and why.' }),
    steps: z.array(stepOut),
    can: z.object({ retry: z.boolean(), resolve: z.array(resolution) }),
  })
  .openapi('Operation');

export const listOperations = endpoint({
  method: 'get',
  path: '/operations',
  tag,
  access: 'operations:read',
  summary: 'Operations, newest first',
  query: listQuery.extend({
    state: operationState.optional(),
    action: action.optional(),
    serverId: id.optional(),
    serviceId: id.optional(),
    correlationId: id.optional(),
  }),
  ok: pageOf(operationSummary),
});
export const readOperation = endpoint({
  method: 'get',
  path: '/operations/{id}',
  tag,
  access: 'operations:read',
  summary: 'An operation with its steps',
  params: idParams,
  ok: operationOut,
});
export const retryOperation = endpoint({
  method: 'post',
  path: '/operations/{id}/retry',
  tag,
  access: 'operations:write',
  summary: 'Try again now, with a fresh count of attempts; finished steps are kept',
  params: idParams,
  body: z.object({ username: z.string().max(32).optional(), domain: z.string().max(253).optional() }).default({}),
  ok: operationOut,
});
export const resolveOperation = endpoint({
  method: 'post',
  path: '/operations/{id}/resolve',
  tag,
  access: 'operations:write',
  summary:
    'Close an operation that needs staff: `mark_done` looks at the panel and takes over what stands there; `give_up` ends it (an unprovisioned service is cancelled and its price becomes credit)',
  params: idParams,
  body: z.object({ how: resolution, note: line(500) }),
  ok: operationOut,
});

// The operator's queue routes, at their known paths.
const queue = 'Provisioning queue';
const task = z
  .object({
    id,
    jobId: id,
    status: operationState,
    action,
    serviceId: id,
    server: z.string().nullable(),
    attempts: z.int(),
    error: z.string().nullable(),
    createdAt: instant,
    finishedAt: instant.nullable(),
    steps: z.array(stepOut),
  })
  .openapi('ProvisioningTask');
const taskBrief = task.omit({ steps: true });
export const provision = endpoint({
  method: 'post',
  path: '/api/provisioning/provision',
  tag: queue,
  access: 'services:write',
  summary: 'Queue the creation of a paid service; asking twice answers the same job',
  status: 202,
  body: z.object({ serviceId: id }),
  ok: z.object({ jobId: id, status: operationState, task }),
});
export const provisionManually = endpoint({
  method: 'post',
  path: '/api/provisioning/manual',
  tag: queue,
  access: 'services:write',
  summary: 'Queue any act on a service',
  status: 202,
  secret: true,
  body: z.object({ serviceId: id, action, parameters: z.record(z.string(), z.unknown()).default({}) }),
  ok: z.object({ jobId: id, status: operationState, task }),
});
export const listTasks = endpoint({
  method: 'get',
  path: '/api/provisioning/tasks',
  tag: queue,
  access: 'operations:read',
  summary: 'Tasks, newest first',
  query: listQuery.extend({ status: operationState.optional(), serviceId: id.optional() }),
  ok: pageOf(taskBrief),
});
export const readTask = endpoint({
  method: 'get',
  path: '/api/provisioning/tasks/{id}',
  tag: queue,
  access: 'operations:read',
  summary: 'A task with the result of each step',
  params: idParams,
  ok: task,
});
export const retryTask = endpoint({
  method: 'post',
  path: '/api/provisioning/retry/{id}',
  tag: queue,
  access: 'operations:write',
  summary: 'Try a failed task again',
  status: 202,
  params: idParams,
  ok: z.object({ jobId: id, status: operationState, task }),
});
export const queueStats = endpoint({
  method: 'get',
  path: '/api/provisioning/stats',
  tag: queue,
  access: 'operations:read',
  summary: 'Counts by queue and state, and the last 7 days',
  ok: z
    .object({
      queues: z.array(
        z.object({
          queue: action,
          planned: z.int(),
          running: z.int(),
          waiting: z.int(),
          needsStaff: z.int(),
          failed: z.int(),
          done: z.int(),
        }),
      ),
      lastSevenDays: z.array(
        z.object({
          day: z.iso.date(),
          created: z.int(),
          done: z.int(),
          failed: z.int(),
          medianSeconds: z.number().nullable(),
        }),
      ),
      oldestWaitingSeconds: z.number().nullable(),
    })
    .openapi('QueueStats'),
});
export const listFailed = endpoint({
  method: 'get',
  path: '/api/provisioning/failed',
  tag: queue,
  access: 'operations:read',
  summary: 'Tasks that failed or need staff',
  query: listQuery,
  ok: pageOf(taskBrief),
});
export const clearFailed = endpoint({
  method: 'delete',
  path: '/api/provisioning/failed',
  tag: queue,
  access: 'operations:write',
  summary: 'Hide tasks that ended as failed from the list; those that need staff stay',
  ok: z.object({ cleared: z.int() }),
});
