import type { Bank } from './banking.ts';
import { find } from './books.ts';
import { backUrl, sessionAsking } from './sessions.ts';

/** What the bank of a card asks its owner about. */
export interface BankQuestion {
  /** Of the card. */
  last4: string;
  /** What is to be paid; null when the card is to be kept. */
  amount: number | null;
  currency: string | null;
  /** The check-out page that waits for the answer; null when a shop charges a card it kept. */
  sessionId: string | null;
  /** Whether it was answered, or is not asked any more. */
  over: 'done' | 'closed' | null;
  /** Where the shop waits. */
  backTo: string;
}

/** @throws StripeFailure when there is no such intent */
export function bankQuestion(bank: Bank, intentId: string): BankQuestion {
  const { books } = bank;
  const { paymentMethod = '', returnUrl = '' } = books.hidden.get(intentId) ?? {};
  const last4 = books.methods.get(paymentMethod)?.card.last4 ?? '';
  const session = sessionAsking(bank, intentId);
  if (session) {
    const { id, amount_total: amount, currency, status } = session;
    const over = status === 'open' ? null : status === 'complete' ? 'done' : 'closed';
    return {
      last4,
      amount,
      currency: amount === null ? null : currency,
      sessionId: id,
      over,
      backTo: backUrl(session),
    };
  }
  const { amount, currency, status } = find(books.intents, intentId, 'payment_intent');
  const over = status === 'requires_action' ? null : status === 'succeeded' ? 'done' : 'closed';
  return { last4, amount, currency, sessionId: null, over, backTo: returnUrl };
}
