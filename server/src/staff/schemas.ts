import { z } from '@hono/zod-openapi';
import { endpoint } from '../kit/endpoint.ts';
import { PERMISSIONS } from '../kit/permissions.ts';
import { actorOut, currency, day, id, idParams, instant, line, listQuery, pageOf } from '../kit/shapes.ts';

const tag = 'Staff';
export const staffRole = z.enum(['owner', 'admin', 'billing', 'support', 'read_only']);
export const password = z.string().min(10, 'must have at least 10 characters').max(200);
export const emailAddress = z
  .email()
  .max(254)
  .transform((value) => value.toLowerCase());

const staffOut = z
  .object({
    userId: id,
    name: z.string(),
    email: z.string(),
    role: staffRole,
    permissions: z.array(z.string()),
    createdAt: instant,
    disabledAt: instant.nullable(),
  })
  .openapi('Staff');

/** The first visitor of an empty shop, with the link printed in the terminal. */
export const setUpOwner = endpoint({
  secret: true,
  method: 'post',
  path: '/set-up',
  tag,
  access: 'public',
  summary: 'Make the owner account of an empty shop; signs in',
  status: 201,
  body: z.object({
    token: z.string().max(200),
    name: line(),
    email: emailAddress,
    password,
    shopName: line(),
    currency,
  }),
  ok: staffOut,
});
export const listStaff = endpoint({
  method: 'get',
  path: '/staff',
  tag,
  access: 'staff:read',
  summary: 'Staff and their roles',
  ok: z.object({ items: z.array(staffOut) }),
});
export const addStaff = endpoint({
  secret: true,
  method: 'post',
  path: '/staff',
  tag,
  access: 'staff:write',
  summary: 'Add a member of staff',
  status: 201,
  body: z.object({ name: line(), email: emailAddress, password, role: staffRole }),
  ok: staffOut,
});
export const changeStaff = endpoint({
  method: 'patch',
  path: '/staff/{userId}',
  tag,
  access: 'staff:write',
  summary: 'Change a role, or disable',
  params: z.object({ userId: id }),
  body: z.object({ role: staffRole.optional(), disabled: z.boolean().optional() }),
  ok: staffOut,
});

export const API_SCOPES = [...PERMISSIONS, 'portal'] as const;
const apiKeyOut = z
  .object({
    id,
    name: z.string(),
    prefix: z.string().openapi({ description: 'First characters of the key, to recognise it by.' }),
    scopes: z.array(z.string()),
    createdAt: instant,
    lastUsedAt: instant.nullable(),
    expiresAt: instant.nullable(),
    revokedAt: instant.nullable(),
  })
  .openapi('ApiKey');

export const listApiKeys = endpoint({
  method: 'get',
  path: '/api-keys',
  tag: 'API keys',
  access: 'session',
  summary: 'API keys of the caller',
  ok: z.object({ items: z.array(apiKeyOut) }),
});
export const createApiKey = endpoint({
  secret: true,
  method: 'post',
  path: '/api-keys',
  tag: 'API keys',
  access: 'session',
  status: 201,
  summary:
    "Make an API key; its token is shown this once. Scopes are limited to what the caller may do; a customer's key has scope `portal`",
  body: z.object({ name: line(80), scopes: z.array(z.enum(API_SCOPES)).min(1), expiresOn: day.optional() }),
  ok: z.object({ token: z.string(), apiKey: apiKeyOut }),
});
export const revokeApiKey = endpoint({
  method: 'delete',
  path: '/api-keys/{id}',
  tag: 'API keys',
  access: 'session',
  summary: 'Revoke an API key of the caller',
  params: idParams,
});

const settingsShape = z
  .object({
    shopName: line(),
    shopAddress: z.string().max(500),
    supportEmail: z.union([emailAddress, z.literal('')]),
    taxId: z.string().max(60),
    currencies: z.array(currency).min(1).max(20).openapi({ description: 'The first is the default.' }),
    termsUrl: z.union([z.url({ protocol: /^https?$/ }), z.literal('')]),
    invoiceDueDays: z.int().min(0).max(90),
    timeZone: z
      .string()
      .max(60)
      .openapi({ description: 'IANA time zone; decides on which calendar day something happens.' }),
  })
  .openapi('Settings');
export const readSettings = endpoint({
  method: 'get',
  path: '/settings',
  tag: 'Settings',
  access: 'settings:read',
  summary: 'Settings of the shop',
  ok: settingsShape,
});
export const writeSettings = endpoint({
  method: 'put',
  path: '/settings',
  tag: 'Settings',
  access: 'settings:write',
  summary: 'Change the settings of the shop',
  body: settingsShape,
  ok: settingsShape,
});

export const listAudit = endpoint({
  method: 'get',
  path: '/audit',
  tag: 'Audit',
  access: 'audit:read',
  summary: 'Who did what, newest first',
  query: listQuery.extend({ subjectId: id.optional(), correlationId: id.optional() }),
  ok: pageOf(
    z
      .object({
        id: z.string(),
        action: z.string(),
        subjectKind: z.string(),
        subjectId: id.nullable(),
        before: z.unknown(),
        after: z.unknown(),
        actor: actorOut,
        actorName: z.string(),
        correlationId: id,
        createdAt: instant,
      })
      .openapi('AuditEntry'),
  ),
});

export const alertOut = z
  .object({
    id,
    kind: z.string(),
    subjectKind: z.string(),
    subjectId: id,
    message: z.string(),
    whatToDo: z.string(),
    correlationId: id,
    createdAt: instant,
    resolvedAt: instant.nullable(),
  })
  .openapi('Alert');
export const listAlerts = endpoint({
  method: 'get',
  path: '/alerts',
  tag: 'Alerts',
  access: 'operations:read',
  summary: 'What waits for a person',
  query: listQuery.extend({ state: z.enum(['open', 'resolved', 'all']).default('open') }),
  ok: pageOf(alertOut),
});
export const resolveAlert = endpoint({
  method: 'post',
  path: '/alerts/{id}/resolve',
  tag: 'Alerts',
  access: 'operations:write',
  summary: 'Close an alert that was dealt with',
  params: idParams,
  ok: alertOut,
});
