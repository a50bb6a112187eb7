import type { Bank } from '../banking.ts';
import { find } from '../books.ts';
import { type Form, textOf } from '../form.ts';

/** The rows of the customer, and of the intent, that a list was asked for. @throws StripeFailure for a customer who is not there */
export function ofCustomer<Row extends { customer: string | null; payment_intent?: string | null }>(
  { books }: Bank,
  rows: Iterable<Row>,
  given: Form,
): Row[] {
  const [customer, intent] = [textOf(given.customer), textOf(given.payment_intent)];
  if (customer !== undefined && !books.hidden.get(customer)?.deleted) {
    find(books.customers, customer, 'customer', 'customer');
  }
  return [...rows].filter(
    (row) =>
      (customer === undefined || row.customer === customer) && (intent === undefined || row.payment_intent === intent),
  );
}
