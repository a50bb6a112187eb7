import { OPERATION_NAMES } from '@hostwright/sdk';
import { expect, test } from 'vitest';
import { can, MOVES, refusal } from './lifecycle.ts';

test('what is over stays over', () => {
  for (const state of ['terminated', 'cancelled']) {
    expect(OPERATION_NAMES.filter((action) => can({ state }, action))).toEqual([]);
  }
});

test('every move ends in a state of the table', () => {
  for (const moves of Object.values(MOVES)) {
    for (const state of Object.values(moves)) expect(Object.keys(MOVES)).toContain(state);
  }
});

test('a button says why it cannot be used', () => {
  expect(refusal({ state: 'pending', openAction: null }, 'suspend')).toBe(
    'A service that is pending cannot be suspended.',
  );
  expect(refusal({ state: 'active', openAction: 'renew' }, 'suspend')).toContain('not over yet');
  expect(refusal({ state: 'active', openAction: null, lacks: true }, 'renew')).toContain('module cannot');
  expect(refusal({ state: 'active', openAction: null }, 'suspend')).toBeNull();
  expect(refusal({ state: 'suspended', suspendCause: 'overdue', openAction: null }, 'suspend')).toBeNull();
  expect(refusal({ state: 'suspended', suspendCause: 'abuse', openAction: null }, 'suspend')).toBe(
    'A service that is suspended cannot be suspended.',
  );
});
