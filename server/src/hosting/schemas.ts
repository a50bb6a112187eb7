import { z } from '@hono/zod-openapi';
import { endpoint } from '../kit/endpoint.ts';
import {
  blankLine,
  currency,
  cycle,
  day,
  fieldValues,
  id,
  idParams,
  instant,
  line,
  listQuery,
  minor,
  pageOf,
} from '../kit/shapes.ts';
import { action, operationOut } from '../operations/schemas.ts';
import { packageIn } from './package-change-schemas.ts';

// The room's endpoints are found in this file.
export * from './package-change-schemas.ts';

const tag = 'Services';
export const serviceState = z.enum(['pending', 'active', 'suspended', 'terminated', 'cancelled']);

/** Why a verb cannot be used now, by verb; null when it can. The button shows it. */
const refusals = z.record(z.string(), z.string().nullable());

const serviceSummary = z
  .object({
    id,
    number: z.int(),
    customerId: id,
    customerName: z.string(),
    productId: id,
    productName: z.string(),
    domain: z.string(),
    state: serviceState,
    serverId: id.nullable(),
    serverName: z.string().nullable(),
    username: z.string().nullable(),
    cycle,
    currency,
    recurringMinor: minor,
    nextDueOn: day.nullable(),
    suspendCause: z.enum(['overdue', 'abuse', 'staff']).nullable(),
    createdAt: instant,
  })
  .openapi('ServiceSummary');
const cancellation = z
  .object({
    timing: z.enum(['at_once', 'end_of_term']),
    reason: z.string(),
    requestedAt: instant,
    endsOn: day.nullable().openapi({ description: 'First day without it; null when it is being removed.' }),
  })
  .openapi('Cancellation');
const usage = z.object({
  diskUsedMb: z.number().nullable(),
  diskLimitMb: z.number().nullable(),
  bandwidthUsedMb: z.number().nullable(),
  bandwidthLimitMb: z.number().nullable(),
});

export const serviceOut = serviceSummary
  .extend({
    orderId: id,
    moduleId: z.string(),
    remoteId: z.string().nullable(),
    ipAddress: z.string().nullable(),
    suspendReason: z.string().nullable(),
    cancellation: cancellation.nullable(),
    orderAnswers: fieldValues,
    options: z.array(z.object({ code: z.string(), name: z.string(), value: z.string(), label: z.string() })),
    nameservers: z.array(z.string()),
    activatedAt: instant.nullable(),
    suspendedAt: instant.nullable(),
    terminatedAt: instant.nullable(),
    refusals,
    operations: z.array(operationOut).openapi({ description: 'Newest first, the last 20.' }),
  })
  .openapi('Service');
export const ownServiceOut = serviceSummary
  .omit({ customerName: true, serverId: true })
  .extend({
    orderId: id,
    serverHostname: z.string().nullable(),
    ipAddress: z.string().nullable(),
    nameservers: z.array(z.string()),
    suspendReason: z.string().nullable(),
    cancellation: cancellation.nullable(),
    options: z.array(z.object({ code: z.string(), name: z.string(), label: z.string() })),
    hasPassword: z.boolean(),
    canSignOn: z.boolean(),
    refusals,
    history: z
      .array(z.object({ at: instant, text: z.string() }))
      .openapi({ description: 'In plain words, newest first.' }),
    openOperation: z.object({ id, action, state: z.string() }).nullable(),
  })
  .openapi('OwnService');

const listing = listQuery.extend({ state: serviceState.optional() });
export const listServices = endpoint({
  method: 'get',
  path: '/services',
  tag,
  access: 'services:read',
  summary: 'Services',
  query: listing.extend({ customerId: id.optional(), serverId: id.optional(), productId: id.optional() }),
  ok: pageOf(serviceSummary),
});
export const readService = endpoint({
  method: 'get',
  path: '/services/{id}',
  tag,
  access: 'services:read',
  summary: 'A service',
  params: idParams,
  ok: serviceOut,
});
export const readServiceUsage = endpoint({
  method: 'get',
  path: '/services/{id}/usage',
  tag,
  access: 'services:read',
  summary: 'Disk and traffic as the panel says now',
  params: idParams,
  ok: usage,
});

const queued = z.object({ jobId: id, operation: operationOut }).openapi('QueuedOperation');
const verb = <B extends z.ZodType>(name: string, summary: string, body: B) =>
  ({
    method: 'post',
    path: `/services/{id}/${name}`,
    tag,
    access: 'services:write',
    summary,
    status: 202,
    params: idParams,
    body,
    ok: queued,
  }) as const;

// What each verb asks for; the operator's queue takes the same as `parameters`.
export const withoutBody = z.object({});
export const suspensionIn = z.object({
  cause: z.enum(['overdue', 'abuse', 'staff']).default('staff'),
  reason: line(200),
});
export const terminationIn = z.object({
  confirmDomain: z.string().max(253).openapi({ description: "The service's domain, typed out." }),
});
export const passwordIn = z.object({ password: z.string().min(10).max(64).optional() });
export const renewalIn = z.object({ paidUntil: day });
const cancellationIn = z.object({
  timing: z.enum(['at_once', 'end_of_term']),
  reason: blankLine(500),
  confirmDomain: z
    .string()
    .max(253)
    .optional()
    .openapi({ description: "For `at_once`: the service's domain, typed out." }),
});

export const createAccount = endpoint(verb('create', 'Make the account of a pending service', withoutBody.default({})));
export const suspendService = endpoint(verb('suspend', 'Suspend', suspensionIn));
export const unsuspendService = endpoint(verb('unsuspend', 'Bring back', withoutBody.default({})));
export const terminateService = endpoint(verb('terminate', 'Remove the account and everything in it', terminationIn));
export const changePackage = endpoint(
  verb('change-package', 'Move to another product without charging for it', packageIn),
);
export const changePassword = endpoint({
  ...verb('change-password', 'Set a new account password; one is made when not given', passwordIn),
  secret: true,
});
export const renewService = endpoint(verb('renew', 'Tell the panel that a period was paid', renewalIn));
export const requestCancellation = endpoint({
  method: 'post',
  path: '/services/{id}/request-cancellation',
  tag,
  access: 'services:write',
  summary: 'Give the service up: remove it at once, or do not renew it',
  params: idParams,
  body: cancellationIn,
  ok: serviceOut,
});
export const withdrawCancellation = endpoint({
  method: 'post',
  path: '/services/{id}/withdraw-cancellation',
  tag,
  access: 'services:write',
  summary: 'Withdraw a cancellation: the service stays',
  params: idParams,
  ok: serviceOut,
});
const signOnLink = z.object({ url: z.url({ protocol: /^https?$/ }) });
export const signOnService = endpoint({
  method: 'post',
  path: '/services/{id}/sign-on',
  tag,
  access: 'services:write',
  summary: 'A one-time link into the account; audited',
  secret: true,
  params: idParams,
  ok: signOnLink,
});

export const listOwnServices = endpoint({
  method: 'get',
  path: '/portal/services',
  tag,
  access: 'customer',
  summary: "The customer's services",
  query: listing,
  ok: pageOf(serviceSummary),
});
export const readOwnService = endpoint({
  method: 'get',
  path: '/portal/services/{id}',
  tag,
  access: 'customer',
  summary: 'A service of the customer',
  params: idParams,
  ok: ownServiceOut,
});
export const readOwnServiceUsage = endpoint({
  method: 'get',
  path: '/portal/services/{id}/usage',
  tag,
  access: 'customer',
  summary: 'Disk and traffic',
  params: idParams,
  ok: usage,
});
export const revealLogin = endpoint({
  method: 'post',
  path: '/portal/services/{id}/reveal-login',
  tag,
  access: 'customer',
  customerRight: 'technical',
  summary: 'Login details, shown on demand and audited',
  secret: true,
  params: idParams,
  ok: z.object({ username: z.string(), password: z.string().nullable(), panelUrl: z.string().nullable() }),
});
export const signOnOwnService = endpoint({
  method: 'post',
  path: '/portal/services/{id}/sign-on',
  tag,
  access: 'customer',
  customerRight: 'technical',
  summary: 'A one-time link into the control panel',
  secret: true,
  params: idParams,
  body: z.object({ app: z.string().max(60).optional() }).default({}),
  ok: signOnLink,
});
export const changeOwnPassword = endpoint({
  method: 'post',
  path: '/portal/services/{id}/change-password',
  tag,
  access: 'customer',
  customerRight: 'technical',
  summary: 'Set a new account password; one is made when not given',
  status: 202,
  secret: true,
  params: idParams,
  body: passwordIn,
  ok: ownServiceOut,
});
export const requestOwnCancellation = endpoint({
  method: 'post',
  path: '/portal/services/{id}/request-cancellation',
  tag,
  access: 'customer',
  customerRight: 'billing',
  summary: 'Give the service up: remove it at once, or do not renew it',
  params: idParams,
  body: cancellationIn,
  ok: ownServiceOut,
});
export const withdrawOwnCancellation = endpoint({
  method: 'post',
  path: '/portal/services/{id}/withdraw-cancellation',
  tag,
  access: 'customer',
  customerRight: 'billing',
  summary: 'Withdraw a cancellation: the service stays',
  params: idParams,
  ok: ownServiceOut,
});
