import { expect, test } from 'vitest';
import { type Candidate, chooseServer, type Strategy } from './choose-server.ts';

const server = (id: string, values: Partial<Candidate> = {}): Candidate => ({
  id,
  accounts: 0,
  maxAccounts: 100,
  weight: 1,
  position: 0,
  ...values,
});

function place(servers: Candidate[], strategy: Strategy, times: number) {
  for (let i = 0; i < times; i++) {
    const chosen = chooseServer(servers, strategy);
    if (chosen) chosen.accounts += 1;
  }
  return servers.map(({ accounts }) => accounts);
}

test('least loaded goes by the share of room taken, not by the number', () => {
  expect(
    chooseServer([server('small', { accounts: 5, maxAccounts: 10 }), server('large', { accounts: 40 })], 'least_loaded')
      ?.id,
  ).toBe('large');
});

test('fill first fills in order of position', () => {
  expect(
    place(
      [server('b', { position: 2, maxAccounts: 3 }), server('a', { position: 1, maxAccounts: 2 })],
      'fill_first',
      4,
    ),
  ).toEqual([2, 2]);
});

test('weighted gives twice the weight twice the accounts', () => {
  expect(place([server('a', { weight: 1 }), server('b', { weight: 2 })], 'weighted', 30)).toEqual([10, 20]);
});

test('no room anywhere chooses none', () => {
  expect(chooseServer([server('a', { accounts: 3, maxAccounts: 3 })], 'least_loaded')).toBeUndefined();
  expect(chooseServer([], 'weighted')).toBeUndefined();
});

test('a server without limit is used beside limited ones', () => {
  expect(place([server('a', { maxAccounts: null }), server('b', { maxAccounts: 1 })], 'least_loaded', 5)).toEqual([
    4, 1,
  ]);
});
