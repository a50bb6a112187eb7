/** A customer tells their bank that they do not want to have paid. Stripe takes the money away until that is decided. */
import type { Bank } from './banking.ts';
import { find, newId } from './books.ts';
import type { Charge, Dispute } from './objects.ts';
import { invalidRequest } from './stripe-error.ts';

export function openDispute(bank: Bank, charge: Charge): Dispute {
  const dispute: Dispute = {
    id: newId('du'),
    object: 'dispute',
    created: bank.now(),
    livemode: false,
    metadata: {},
    amount: charge.amount,
    charge: charge.id,
    currency: charge.currency,
    payment_intent: charge.payment_intent,
    reason: 'fraudulent',
    status: 'needs_response',
  };
  bank.books.disputes.set(dispute.id, dispute);
  bank.books.charges.set(charge.id, { ...charge, disputed: true });
  bank.emit('charge.dispute.created', dispute);
  bank.emit('charge.dispute.funds_withdrawn', dispute);
  return dispute;
}

/** The bank has decided, or the shop gave in. @throws StripeFailure when it is over already */
export function closeDispute(bank: Bank, dispute: Dispute, status: 'won' | 'lost'): Dispute {
  if (dispute.status !== 'needs_response') throw invalidRequest('This dispute is already closed.');
  const closed: Dispute = { ...dispute, status };
  bank.books.disputes.set(dispute.id, closed);
  bank.emit('charge.dispute.closed', closed);
  if (status === 'won') {
    const charge = find(bank.books.charges, dispute.charge, 'charge');
    bank.books.charges.set(charge.id, { ...charge, disputed: false });
    bank.emit('charge.dispute.funds_reinstated', closed);
  }
  return closed;
}
