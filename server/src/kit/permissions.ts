/** What staff and the users of a customer may do, as two tables. Routes, verbs, API keys and the UI read them. */
import type { Actor, CustomerRole, StaffRole } from './actor.ts';
import { Forbidden, Unauthenticated } from './errors.ts';

export const PERMISSIONS = [
  'customers:read',
  'customers:write',
  'customers:impersonate',
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
    'customers:impersonate',
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

export const CUSTOMER_RIGHTS = ['owner', 'billing', 'technical'] as const;
/**
 * What a user of a customer may do beside reading what was ordered and what runs: `billing` is invoices, payments,
 * orders and the address on them; `technical` is login details and changes of services; `owner` is who else may, and
 * keys.
 */
export type CustomerRight = (typeof CUSTOMER_RIGHTS)[number];

export const CUSTOMER_ROLE_RIGHTS: Record<CustomerRole, readonly CustomerRight[]> = {
  owner: CUSTOMER_RIGHTS,
  billing: ['billing'],
  technical: ['technical'],
};

export const CUSTOMER_SCOPE_NAMES = ['portal', 'portal:billing', 'portal:technical'] as const;
type CustomerScope = (typeof CUSTOMER_SCOPE_NAMES)[number];

/** What a key of a customer may do, by scope. No key is an owner: it cannot make users or further keys. */
export const CUSTOMER_SCOPES: Record<CustomerScope, readonly CustomerRight[]> = {
  portal: ['billing', 'technical'],
  'portal:billing': ['billing'],
  'portal:technical': ['technical'],
};

/** Rights of a user or a key of a customer, which never has more than who made it; nobody else has any. */
export function customerRightsOf(actor: Actor): readonly CustomerRight[] {
  if (actor.kind === 'customer') return CUSTOMER_ROLE_RIGHTS[actor.role];
  if (actor.kind !== 'api_key') return [];
  const { scopes } = actor;
  const given = CUSTOMER_SCOPE_NAMES.filter((scope) => scopes.includes(scope)).flatMap(
    (scope) => CUSTOMER_SCOPES[scope],
  );
  return customerRightsOf(actor.owner).filter((right) => given.includes(right));
}

/** What the actor may do now; a key never may more than who made it. */
export function permissionsOf(actor: Actor): readonly Permission[] {
  switch (actor.kind) {
    case 'staff':
      return actor.secondFactorMissing ? [] : ROLE_PERMISSIONS[actor.role];
    case 'api_key':
      return permissionsOf(actor.owner).filter((permission) => inScopes(permission, actor.scopes));
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

/**
 * @throws Unauthenticated for visitors
 * @throws Forbidden `second_factor_required` for staff who must set one up first, `permission_missing` for all others
 */
export function allow(actor: Actor, permission: Permission): void {
  if (may(actor, permission)) return;
  throw refusalOf(actor, permission);
}

function refusalOf(actor: Actor, permission: Permission): Error {
  if (actor.kind === 'visitor') return new Unauthenticated('sign_in_required');
  const person = actor.kind === 'api_key' ? actor.owner : actor;
  if (person.kind === 'staff' && person.secondFactorMissing) return new Forbidden('second_factor_required');
  return new Forbidden('permission_missing', { permission });
}
