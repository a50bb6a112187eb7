import { expect, test } from 'vitest';
import { defineGateway, type GatewayDefinition } from './gateway.ts';

const bank = { sdk: 1, id: 'bank', name: 'Bank', settings: {} };
const define = (parts: Partial<GatewayDefinition>) => () => defineGateway({ ...bank, ...parts } as GatewayDefinition);
const never = () => {
  throw new Error('Nobody calls it.');
};

test('a gateway tells how to pay, takes money at once, or has a page', () => {
  expect(define({})).toThrow('needs charge(), start() or instructions()');
  expect(define({ instructions: never })()).toMatchObject({ id: 'bank' });
  expect(define({ charge: never, findCharge: never })()).toMatchObject({ id: 'bank' });
  expect(define({ start: never, findCharge: never, withdraw: never })()).toMatchObject({ id: 'bank' });
});

test('what belongs together is asked for by name', () => {
  expect(define({ charge: never })).toThrow('has charge(), so it needs findCharge() too');
  expect(define({ start: never, findCharge: never })).toThrow('needs withdraw()');
  expect(define({ instructions: never, save: never })).toThrow('needs createCustomer()');
});

test('an id is what a folder can be called', () => {
  expect(define({ id: 'My Bank', instructions: never })).toThrow('lower-case letters');
});
