/** Servers, groups and modules as the API shows them to staff. */
import type { ModuleDefinition } from '@hostwright/sdk';
import { asFields, maskFields } from '../kit/declared-fields.ts';
import { isOpen } from './breaker.ts';
import type { groupsWithCounts, ServerRow } from './queries.ts';
import { storedFields } from './server-columns.ts';

type GroupRow = Awaited<ReturnType<ReturnType<typeof groupsWithCounts>['executeTakeFirstOrThrow']>>;

export const asServerGroup = (row: GroupRow) => ({
  id: row.id,
  name: row.name,
  strategy: row.strategy,
  servers: Number(row.servers),
  accounts: Number(row.accounts),
  maxAccounts: row.maxAccounts === null ? null : Number(row.maxAccounts),
  waiting: Number(row.waiting),
  createdAt: row.createdAt,
});

export function asServer(
  row: ServerRow & { groupName: string; accounts: bigint | null },
  { module, now }: { module: ModuleDefinition | undefined; now: Date },
) {
  return {
    id: row.id,
    serverGroupId: row.serverGroupId,
    groupName: row.groupName,
    name: row.name,
    moduleId: row.moduleId,
    moduleName: module?.name ?? row.moduleId,
    hostname: row.hostname,
    port: row.port,
    tlsMode: row.tlsMode,
    tlsFingerprint: row.tlsFingerprint,
    settings: maskFields(storedFields(row)),
    maxAccounts: row.maxAccounts,
    weight: row.weight,
    concurrency: row.concurrency,
    nameservers: row.nameservers,
    maintenance: row.maintenance,
    position: row.position,
    accounts: Number(row.accounts ?? 0),
    health: healthOf(row, now),
    breakerOpenUntil: row.breakerOpenUntil,
    breakerReason: row.breakerReason,
    fullUntil: row.fullUntil,
    lastSuccessAt: row.lastSuccessAt,
    createdAt: row.createdAt,
    archivedAt: row.archivedAt,
  };
}

function healthOf(row: ServerRow, now: Date): 'ok' | 'failing' | 'open' | 'unknown' | 'maintenance' {
  if (row.maintenance) return 'maintenance';
  const breaker = { failures: row.breakerFailures, openUntil: row.breakerOpenUntil, reason: row.breakerReason };
  if (isOpen(breaker, now)) return 'open';
  if (row.breakerFailures > 0) return 'failing';
  return row.lastSuccessAt ? 'ok' : 'unknown';
}

/** What a module may define, in the order people read it. */
const FUNCTIONS = [
  'testConnection',
  'find',
  'create',
  'suspend',
  'unsuspend',
  'terminate',
  'changePackage',
  'changePassword',
  'renew',
  'configureDns',
  'installCertificate',
  'createMailbox',
  'createDatabase',
  'listAccounts',
  'listPackages',
  'usage',
  'signOn',
] as const satisfies (keyof ModuleDefinition)[];

export const asModule = (module: ModuleDefinition, servers: number) => ({
  id: module.id,
  name: module.name,
  description: module.description ?? '',
  defaultPort: module.defaultPort,
  defaultConcurrency: module.defaultConcurrency ?? 1,
  functions: FUNCTIONS.filter((name) => module[name] !== undefined),
  serverFields: asFields(module.server),
  productFields: asFields(module.product),
  orderFields: asFields(module.order ?? {}),
  servers,
});
