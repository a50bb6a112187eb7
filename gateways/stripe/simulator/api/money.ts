/** Charges, refunds, disputes and what Stripe booked for them. */
import { type Bank, giveBack } from '../banking.ts';
import { find, page } from '../books.ts';
import { closeDispute } from '../disputes.ts';
import { type Form, marksIn, textOf } from '../form.ts';
import { amountIn } from '../intents.ts';
import type { Charge } from '../objects.ts';
import { invalidRequest, required } from '../stripe-error.ts';
import { ofCustomer } from './of-customer.ts';
import { PAGING, routesFor, updated } from './route.ts';

const charges = routesFor('charge');
const disputes = routesFor('dispute');
const booked = routesFor('balance_transaction');

export const MONEY = [
  charges('GET', 'charges', `${PAGING} created customer payment_intent transfer_group`, ({ bank, given, path }) =>
    page(ofCustomer(bank, bank.books.charges.values(), given), given, path),
  ),
  charges('GET', 'charges/{id}', '', ({ bank, id }) => find(bank.books.charges, id, 'charge')),
  charges(
    'POST',
    'charges/{id}',
    'customer description fraud_details metadata receipt_email shipping transfer_group',
    ({ bank, id, given }) => {
      const charge = updated(find(bank.books.charges, id, 'charge'), given, ['description']);
      bank.books.charges.set(id, charge);
      bank.emit('charge.updated', charge);
      return charge;
    },
  ),
  charges(
    'POST',
    'refunds',
    'amount charge currency customer instructions_email metadata origin payment_intent reason refund_application_fee reverse_transfer',
    ({ bank, given }) =>
      giveBack(bank, chargeToRefund(bank, given), {
        amount: given.amount === undefined ? undefined : amountIn(given.amount, 'amount'),
        metadata: marksIn(given.metadata),
        reason: textOf(given.reason) ?? null,
      }),
  ),
  charges('GET', 'refunds', `${PAGING} charge created payment_intent`, ({ bank, given, path }) => {
    const [intent, charge] = [textOf(given.payment_intent), textOf(given.charge)];
    if (intent !== undefined) find(bank.books.intents, intent, 'payment_intent', 'payment_intent');
    const rows = [...bank.books.refunds.values()].filter(
      (refund) =>
        (intent === undefined || refund.payment_intent === intent) &&
        (charge === undefined || refund.charge === charge),
    );
    return page(rows, given, path);
  }),
  charges('GET', 'refunds/{id}', '', ({ bank, id }) => find(bank.books.refunds, id, 'refund')),
  charges('POST', 'refunds/{id}', 'metadata', ({ bank, id, given }) => {
    const refund = updated(find(bank.books.refunds, id, 'refund'), given, []);
    bank.books.refunds.set(id, refund);
    bank.emit('refund.updated', refund);
    return refund;
  }),
  disputes('GET', 'disputes', `${PAGING} charge created payment_intent`, ({ bank, given, path }) => {
    const [intent, charge] = [textOf(given.payment_intent), textOf(given.charge)];
    const rows = [...bank.books.disputes.values()].filter(
      (dispute) =>
        (intent === undefined || dispute.payment_intent === intent) &&
        (charge === undefined || dispute.charge === charge),
    );
    return page(rows, given, path);
  }),
  disputes('GET', 'disputes/{id}', '', ({ bank, id }) => find(bank.books.disputes, id, 'dispute')),
  disputes('POST', 'disputes/{id}/close', '', ({ bank, id }) =>
    closeDispute(bank, find(bank.books.disputes, id, 'dispute'), 'lost'),
  ),
  booked('GET', 'balance_transactions', `${PAGING} created currency payout source type`, ({ bank, given, path }) =>
    page(bank.books.balance.values(), given, path),
  ),
  booked('GET', 'balance_transactions/{id}', '', ({ bank, id }) => find(bank.books.balance, id, 'balance transaction')),
];

function chargeToRefund({ books }: Bank, given: Form): Charge {
  const intentId = textOf(given.payment_intent);
  const chargeId = textOf(given.charge);
  if (chargeId !== undefined) return find(books.charges, chargeId, 'charge', 'charge');
  if (intentId === undefined) throw required('payment_intent');
  const intent = find(books.intents, intentId, 'payment_intent', 'payment_intent');
  const charge = intent.latest_charge === null ? undefined : books.charges.get(intent.latest_charge);
  if (intent.status !== 'succeeded' || !charge) {
    throw invalidRequest(`This PaymentIntent (${intentId}) does not have a successful charge to refund.`, {
      code: 'payment_intent_unexpected_state',
    });
  }
  return charge;
}
