import { z } from '@hono/zod-openapi';
import { endpoint } from '../kit/endpoint.ts';
import { fieldOut, fieldValues, id, idParams, instant, line, listQuery, pageOf } from '../kit/shapes.ts';

const tag = 'Servers';
const strategy = z.enum(['least_loaded', 'fill_first', 'weighted']);
const hostname = z
  .string()
  .trim()
  .toLowerCase()
  .transform((value) =>
    value
      .replace(/^https?:\/\//, '')
      .replace(/\/.*$/, '')
      .replace(/:\d+$/, ''),
  )
  .pipe(
    z
      .string()
      .regex(
        /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
        'must be a host name or an IP address',
      )
      .max(253),
  );

const groupIn = z.object({ name: line(), strategy: strategy.default('least_loaded') });
const groupOut = z
  .object({
    id,
    name: z.string(),
    strategy,
    servers: z.int(),
    accounts: z.int(),
    maxAccounts: z
      .int()
      .nullable()
      .openapi({ description: 'Sum over servers that take new accounts; null when one has no limit.' }),
    waiting: z.int().openapi({ description: 'Operations that wait for room.' }),
    createdAt: instant,
  })
  .openapi('ServerGroup');
export const listServerGroups = endpoint({
  method: 'get',
  path: '/server-groups',
  tag,
  access: 'servers:read',
  summary: 'Server groups',
  ok: z.object({ items: z.array(groupOut) }),
});
export const createServerGroup = endpoint({
  method: 'post',
  path: '/server-groups',
  tag,
  access: 'servers:write',
  summary: 'Add a server group',
  status: 201,
  body: groupIn,
  ok: groupOut,
});
export const writeServerGroup = endpoint({
  method: 'put',
  path: '/server-groups/{id}',
  tag,
  access: 'servers:write',
  summary: 'Change a server group',
  params: idParams,
  body: groupIn,
  ok: groupOut,
});

/** What a connection needs; also sent unsaved to the connection test. A blank secret keeps the stored one. */
const connection = z.object({
  moduleId: z.string().max(40),
  hostname,
  port: z.int().min(1).max(65_535),
  tlsMode: z.enum(['verify', 'pin', 'off']),
  tlsFingerprint: z
    .string()
    .regex(/^([0-9A-Fa-f]{2}:){31}[0-9A-Fa-f]{2}$/, 'must be a SHA-256 fingerprint, 32 pairs joined by colons')
    .nullable()
    .default(null),
  settings: fieldValues,
});
export const serverIn = connection.extend({
  serverGroupId: id,
  name: line(),
  maxAccounts: z.int().min(0).nullable().default(null),
  weight: z.int().min(1).max(1000).default(1),
  concurrency: z.int().min(1).max(50).default(1),
  nameservers: z.array(line(253)).max(8).default([]),
  maintenance: z.boolean().default(false),
  position: z.int().default(0),
});
export const serverOut = z
  .object({
    id,
    serverGroupId: id,
    groupName: z.string(),
    name: z.string(),
    moduleId: z.string(),
    moduleName: z.string(),
    hostname: z.string(),
    port: z.int(),
    tlsMode: z.enum(['verify', 'pin', 'off']),
    tlsFingerprint: z.string().nullable(),
    settings: fieldValues.openapi({ description: 'Secrets are masked.' }),
    maxAccounts: z.int().nullable(),
    weight: z.int(),
    concurrency: z.int(),
    nameservers: z.array(z.string()),
    maintenance: z.boolean(),
    position: z.int(),
    accounts: z.int().openapi({ description: 'Places taken, pending ones included.' }),
    health: z
      .enum(['ok', 'failing', 'open', 'unknown', 'maintenance'])
      .openapi({ description: '`open`: the breaker is open and operations wait.' }),
    breakerOpenUntil: instant.nullable(),
    breakerReason: z.string().nullable(),
    fullUntil: instant.nullable(),
    lastSuccessAt: instant.nullable(),
    createdAt: instant,
    archivedAt: instant.nullable(),
  })
  .openapi('Server');

const testReport = z
  .object({
    ok: z.boolean(),
    message: z.string().openapi({ description: 'One sentence: connected, or why not and what to do.' }),
    version: z.string().nullable(),
    hostname: z.string().nullable(),
    privileges: z.array(
      z.object({ name: z.string(), allowed: z.boolean(), neededFor: z.string(), required: z.boolean() }),
    ),
    packages: z.array(z.string()),
    nameservers: z.array(z.string()),
    warnings: z.array(z.string()),
    fingerprint256: z.string().nullable().openapi({ description: 'Certificate the panel presents now, for pinning.' }),
  })
  .openapi('ConnectionTest');

export const listServers = endpoint({
  method: 'get',
  path: '/servers',
  tag,
  access: 'servers:read',
  summary: 'Servers and how they do',
  query: listQuery.extend({ serverGroupId: id.optional(), archived: z.enum(['true', 'false']).default('false') }),
  ok: pageOf(serverOut),
});
export const readServer = endpoint({
  method: 'get',
  path: '/servers/{id}',
  tag,
  access: 'servers:read',
  summary: 'A server',
  params: idParams,
  ok: serverOut,
});
export const createServer = endpoint({
  method: 'post',
  path: '/servers',
  tag,
  access: 'servers:write',
  summary: 'Add a server',
  status: 201,
  secret: true,
  body: serverIn,
  ok: serverOut,
});
export const writeServer = endpoint({
  method: 'put',
  path: '/servers/{id}',
  tag,
  access: 'servers:write',
  summary: 'Change a server',
  params: idParams,
  body: serverIn,
  ok: serverOut,
});
export const archiveServer = endpoint({
  method: 'post',
  path: '/servers/{id}/archive',
  tag,
  access: 'servers:write',
  summary: 'Retire a server that has no live accounts',
  params: idParams,
  ok: serverOut,
});
export const closeBreaker = endpoint({
  method: 'post',
  path: '/servers/{id}/close-breaker',
  tag,
  access: 'servers:write',
  summary: 'Try the server again now',
  params: idParams,
  ok: serverOut,
});
export const testUnsavedServer = endpoint({
  method: 'post',
  path: '/servers/test',
  tag,
  access: 'servers:write',
  summary: 'Test a connection with values that are not saved',
  secret: true,
  body: connection.extend({
    serverId: id.optional().openapi({ description: 'Blank secrets are taken from this server.' }),
  }),
  ok: testReport,
});
export const testServer = endpoint({
  method: 'post',
  path: '/servers/{id}/test',
  tag,
  access: 'servers:read',
  summary: "Test a server's connection",
  params: idParams,
  ok: testReport,
});
export const listServerPackages = endpoint({
  method: 'get',
  path: '/server-groups/{id}/packages',
  tag,
  access: 'servers:read',
  summary: 'Packages on the first server of a group that answers, for product forms',
  params: idParams,
  query: z.object({ moduleId: z.string().max(40) }),
  ok: z.object({ items: z.array(z.object({ name: z.string(), label: z.string() })) }),
});
export const listServerAccounts = endpoint({
  method: 'get',
  path: '/servers/{id}/accounts',
  tag,
  access: 'servers:read',
  summary: 'Accounts the panel has, beside what we know',
  params: idParams,
  ok: z.object({
    items: z.array(
      z.object({
        username: z.string(),
        domain: z.string(),
        package: z.string(),
        suspended: z.boolean(),
        serviceId: id.nullable(),
      }),
    ),
  }),
});

const moduleOut = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    defaultPort: z.int(),
    defaultConcurrency: z.int(),
    functions: z.array(z.string()),
    serverFields: z.array(fieldOut),
    productFields: z.array(fieldOut),
    orderFields: z.array(fieldOut),
    servers: z.int(),
  })
  .openapi('Module');
const modulesOut = z.object({
  items: z.array(moduleOut),
  notLoaded: z.array(z.object({ folder: z.string(), path: z.string(), reason: z.string() })),
});
export const listModules = endpoint({
  method: 'get',
  path: '/modules',
  tag: 'Modules',
  access: 'catalogue:read',
  summary: 'Panel modules, loaded or not',
  ok: modulesOut,
});
export const rescanModules = endpoint({
  method: 'post',
  path: '/modules/rescan',
  tag: 'Modules',
  access: 'settings:write',
  summary: 'Look for modules again, without a restart',
  ok: modulesOut,
});

const logEntry = z
  .object({
    id,
    serverId: id.nullable(),
    serverName: z.string().nullable(),
    serviceId: id.nullable(),
    operationId: id.nullable(),
    correlationId: id,
    label: z.string(),
    method: z.string(),
    url: z.string(),
    status: z.int().nullable(),
    outcome: z.string(),
    error: z.string().nullable(),
    durationMs: z.int(),
    createdAt: instant,
  })
  .openapi('PanelCall');
export const listPanelCalls = endpoint({
  method: 'get',
  path: '/panel-log',
  tag: 'Panel log',
  access: 'operations:read',
  summary: 'Every call to a panel, newest first',
  query: listQuery.extend({
    serverId: id.optional(),
    serviceId: id.optional(),
    operationId: id.optional(),
    correlationId: id.optional(),
    outcome: z.string().max(40).optional(),
  }),
  ok: pageOf(logEntry),
});
export const readPanelCall = endpoint({
  method: 'get',
  path: '/panel-log/{id}',
  tag: 'Panel log',
  access: 'operations:read',
  summary: 'Request and answer of one call, secrets struck out',
  params: idParams,
  ok: logEntry.extend({ request: z.string(), response: z.string().nullable() }).openapi('PanelCallDetail'),
});
