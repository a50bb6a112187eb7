import { describe, expect, test } from 'vitest';
import type { Actor } from './actor.ts';
import { allow, PERMISSIONS, permissionsOf, ROLE_PERMISSIONS } from './permissions.ts';

const key = (scopes: string[], role: 'owner' | 'support' = 'owner'): Actor => ({
  kind: 'api_key',
  keyId: 'k',
  scopes,
  owner: { kind: 'staff', userId: 'u', role },
});

test('an owner alone manages staff', () => {
  const managing = Object.entries(ROLE_PERMISSIONS).filter(([, permissions]) => permissions.includes('staff:write'));
  expect(managing.map(([role]) => role)).toEqual(['owner']);
});

test('whoever may write may read', () => {
  for (const permissions of Object.values(ROLE_PERMISSIONS)) {
    for (const permission of permissions) {
      const reading = PERMISSIONS.find((other) => other === permission.replace(':write', ':read'));
      if (reading) expect(permissions).toContain(reading);
    }
  }
});

describe('a key', () => {
  test('may what its scopes say, and reads what it writes', () => {
    expect(permissionsOf(key(['services:write']))).toEqual(['services:read', 'services:write']);
    expect(permissionsOf(key(['services:read']))).toEqual(['services:read']);
  });

  test('may never more than its owner', () => {
    expect(permissionsOf(key(['services:write', 'settings:write'], 'support'))).toEqual([
      'services:read',
      'services:write',
    ]);
  });

  test('of a customer may nothing that staff may', () => {
    const actor: Actor = {
      kind: 'api_key',
      keyId: 'k',
      scopes: [...PERMISSIONS],
      owner: { kind: 'customer', userId: 'u', customerId: 'c', role: 'owner' },
    };
    expect(permissionsOf(actor)).toEqual([]);
  });
});

test('visitors are asked to sign in, others are told what they lack', () => {
  expect(() => allow({ kind: 'visitor' }, 'orders:read')).toThrow(expect.objectContaining({ status: 401 }));
  expect(() => allow(key([]), 'orders:read')).toThrow(
    expect.objectContaining({ status: 403, details: { permission: 'orders:read' } }),
  );
});
