/** What the pretend bank thinks of a card. */
import { randomUUID } from 'node:crypto';
import type { ChargeResult } from '@hostwright/sdk';

interface Verdict {
  result: ChargeResult;
  /** The money moves, and the shop is not told. */
  answerIsLost: boolean;
}

/** The numbers that are known here; a real one is refused, so that nobody types theirs in. */
const CARDS: Record<string, () => Verdict> = {
  '4242424242424242': () => paid(),
  '4000000000000119': () => ({ ...paid(), answerIsLost: true }),
  '4000000000000002': () => declined('Your card was declined.'),
  '4000000000009995': () => declined('Your card has insufficient funds.'),
};

/** @param card.expiry `MM/YY`; the card is good until the end of that month */
export function judgeCard(card: { number: string; expiry: string }, now: Date): Verdict {
  const known = CARDS[card.number.replace(/[\s-]/g, '')];
  if (!known) return declined('Only test cards work here, for example 4242 4242 4242 4242.');
  if (hasExpired(card.expiry, now)) return declined('Your card has expired.');
  return known();
}

function hasExpired(expiry: string, now: Date): boolean {
  const [month = 0, year = 0] = expiry.split('/').map(Number);
  return Date.UTC(2000 + year, month, 1) <= now.getTime();
}

const paid = (): Verdict => ({
  result: { outcome: 'paid', reference: `test_${randomUUID()}`, feeMinor: 0n },
  answerIsLost: false,
});

const declined = (message: string): Verdict => ({ result: { outcome: 'declined', message }, answerIsLost: false });
