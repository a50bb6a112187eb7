import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { gatewaySuite } from '../../../../sdk/testing/gateway-suite.ts';
import { judgeCard } from './cards.ts';
import testCard from './index.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'test-card-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const card = (number: string) => ({ number, expiry: '12/99', cvc: '123' });

gatewaySuite({
  gateway: testCard,
  settings: { folder },
  pays: card('4242 4242 4242 4242'),
  declines: card('4000000000000002'),
  losesTheAnswer: card('4000000000000119'),
});

test('a card is good until the end of its month', () => {
  const outcome = (day: string) =>
    judgeCard({ number: '4242424242424242', expiry: '02/28' }, new Date(`${day}T12:00:00Z`)).result.outcome;
  expect(outcome('2028-02-29')).toBe('paid');
  expect(outcome('2028-03-01')).toBe('declined');
});

test('a real card is refused', () => {
  expect(judgeCard(card('5555555555554444'), new Date()).result.outcome).toBe('declined');
});
