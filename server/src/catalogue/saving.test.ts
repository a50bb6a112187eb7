import { expect, test } from 'vitest';
import { savingPercent } from './saving.ts';

const MONTHLY = { cycle: 'monthly', amountMinor: 1299n } as const;
const YEARLY = { cycle: 'annually', amountMinor: 12990n } as const;

test('a longer cycle spares what it costs less than the shortest one over the same time, rounded down', () => {
  expect(savingPercent(YEARLY, [MONTHLY, YEARLY])).toBe(16);
  expect(savingPercent(MONTHLY, [MONTHLY, YEARLY])).toBe(0);
  const quarterly = { cycle: 'quarterly', amountMinor: 3000n } as const;
  expect(savingPercent({ cycle: 'semi-annually', amountMinor: 5400n }, [YEARLY, quarterly])).toBe(10);
});

test('nothing is spared by what costs more, what is free, or what is paid once', () => {
  expect(savingPercent({ cycle: 'annually', amountMinor: 20_000n }, [MONTHLY])).toBe(0);
  expect(savingPercent({ cycle: 'free', amountMinor: 0n }, [MONTHLY])).toBe(0);
  expect(savingPercent({ cycle: 'one-time', amountMinor: 100n }, [MONTHLY])).toBe(0);
  expect(savingPercent(YEARLY, [{ cycle: 'monthly', amountMinor: 0n }, YEARLY])).toBe(0);
});
