/** What staff may do, as one table. Routes, verbs, API keys and the UI read it. */
import type { Actor, StaffRole } from './actor.ts';
import { Forbidden, Unauthenticated } from './errors.ts';

export const PERMISSIONS = [
  'customers:read',
  'customers:write',
  'orders:read',
  'orders:write',
  'billing:read',
  'billing:write',
  'catalogue:read',
  'catalogue:write',
  'services:read',
  'services:write',
  'servers:read',
  'servers:write',
  'operations:read',
  'operations:write',
  'mails:read',
  'audit:read',
  'settings:read',
  'settings:write',
  'staff:read',
  'staff:write',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const reading = PERMISSIONS.filter((permission) => permission.endsWith(':read'));
const everything = [...PERMISSIONS];

/** An owner alone manages staff; an admin runs the shop; the others do their part and read what it needs. */
export const ROLE_PERMISSIONS: Record<StaffRole, readonly Permission[]> = {
  owner: everything,
  admin: everything.filter((permission) => permission !== 'staff:write'),
  billing: [
    'customers:read',
    'customers:write',
    'orders:read',
    'orders:write',
    'billing:read',
    'billing:write',
    'catalogue:read',
    'services:read',
    'mails:read',
  ],
  support: [
    'customers:read',
    'orders:read',
    'billing:read',
    'catalogue:read',
    'services:read',
    'services:write',
    'servers:read',
    'operations:read',
    'operations:write',
    'mails:read',
  ],
  read_only: reading.filter((permission) => !['staff:read', 'settings:read', 'audit:read'].includes(permission)),
};

/** What the actor may do now; a key never may more than its owner. */
export function permissionsOf(actor: Actor): readonly Permission[] {
  switch (actor.kind) {
    case 'staff':
      return ROLE_PERMISSIONS[actor.role];
    case 'api_key':
      return actor.owner.kind === 'staff'
        ? ROLE_PERMISSIONS[actor.owner.role].filter((permission) => inScopes(permission, actor.scopes))
        : [];
    case 'system':
    case 'job':
      return everything;
    case 'customer':
    case 'visitor':
      return [];
    default:
      return actor satisfies never;
  }
}

/** What a scope gives: writing answers with what was written, so whoever may write may read. */
export function impliedBy(scope: Permission): Permission[] {
  const reads = PERMISSIONS.find((permission) => permission === scope.replace(/:write$/, ':read'));
  return reads === undefined || reads === scope ? [scope] : [scope, reads];
}

const inScopes = (permission: Permission, scopes: string[]) =>
  PERMISSIONS.some((scope) => scopes.includes(scope) && impliedBy(scope).includes(permission));

export const may = (actor: Actor, permission: Permission) => permissionsOf(actor).includes(permission);

/** @throws Unauthenticated for visitors, Forbidden for everybody else who lacks the permission. */
export function allow(actor: Actor, permission: Permission): void {
  if (may(actor, permission)) return;
  if (actor.kind === 'visitor') throw new Unauthenticated('sign_in_required');
  throw new Forbidden('permission_missing', { permission });
}
