/** Whether invoices, payments, refunds and credit add up: the rows are read again and compared, and nothing is changed. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../kit/db.ts';

/** Something that does not add up. It never comes from what people do, only from a fault of ours or a hand in the database. */
export interface BookError {
  /** Whose money it is. */
  customerId: string;
  /** What is wrong, in a sentence for staff, with numbers in minor units. */
  message: string;
}

/** Everything that came onto each invoice and went from it, in minor units. */
const FLOWS = sql`
  select invoice.id, invoice.number, invoice.customer_id, invoice.state, invoice.total_minor, invoice.paid_minor,
    (select coalesce(sum(amount_minor), 0) from invoice_line where invoice_id = invoice.id) as asked,
    (select coalesce(sum(amount_minor), 0) from payment where invoice_id = invoice.id and state = 'settled') as came,
    (select coalesce(sum(entry.amount_minor), 0) from credit_entry entry
       join payment on entry.cause_kind = 'payment' and entry.cause_id = payment.id
      where payment.invoice_id = invoice.id) as too_much,
    (select -coalesce(sum(amount_minor), 0) from credit_entry
      where cause_kind = 'invoice' and cause_id = invoice.id) as by_credit,
    (select coalesce(sum(refund.amount_minor - refund.credit_minor), 0) from refund
       join payment on payment.id = refund.payment_id
      where payment.invoice_id = invoice.id and refund.state = 'done') as refunded
  from invoice`;

/** Each names what is wrong; a row that it returns is a fault. */
const CHECKS: RawBuilder<BookError>[] = [
  sql`select customer_id, 'Invoice ' || number || ' asks for ' || total_minor || ', and its lines for ' || asked || '.' as message
        from (${FLOWS}) flow where asked <> total_minor`,
  // What is refunded of a paid invoice leaves it paid: it stays the proof of what was bought.
  sql`select customer_id, 'Invoice ' || number || ' is ' || state || ' with ' || paid_minor || ' of ' || total_minor
          || ' on it, where ' || (came - too_much) || ' came in payments and ' || by_credit || ' from credit, and '
          || refunded || ' went back.' as message
        from (${FLOWS}) flow
       where case state
         when 'unpaid' then paid_minor <> came - too_much + by_credit - refunded or paid_minor >= greatest(total_minor, 1)
         when 'void' then paid_minor <> 0 or came - too_much + by_credit - refunded <> 0
         else paid_minor <> total_minor or came - too_much + by_credit < total_minor
           or came - too_much + by_credit - refunded > total_minor
       end`,
  sql`select payment.customer_id, 'Of payment ' || coalesce(payment.number, payment.id::text) || ' over ' || payment.amount_minor
          || ' in all ' || sum(refund.amount_minor) || ' was refunded.' as message
        from payment join refund on refund.payment_id = payment.id and refund.state <> 'refused'
       group by payment.id having sum(refund.amount_minor) > payment.amount_minor`,
  sql`select payment.customer_id, 'Refund ' || refund.id || ' moved ' || moved || ' of credit, and should have moved '
          || expected || '.' as message
        from refund join payment on payment.id = refund.payment_id
        cross join lateral (select coalesce(sum(amount_minor), 0) as moved from credit_entry
                             where cause_kind = 'refund' and cause_id = refund.id) entries
        cross join lateral (select case when refund.state = 'refused' then 0
                                        when refund.target = 'credit' then refund.amount_minor
                                        else -refund.credit_minor end as expected) expectation
       where moved <> expected`,
  sql`select customer_id, 'The credit is ' || sum(amount_minor) || ' ' || currency || ', below zero.' as message
        from credit_entry group by customer_id, currency having sum(amount_minor) < 0`,
  sql`select payment.customer_id, 'Payment ' || coalesce(payment.number, payment.id::text)
          || ' is of another customer or currency than its invoice ' || invoice.number || '.' as message
        from payment join invoice on invoice.id = payment.invoice_id
       where payment.customer_id <> invoice.customer_id or payment.currency <> invoice.currency`,
  sql`select entry.customer_id, 'There is credit in ' || entry.currency || ' for a customer who is billed in '
          || customer.currency || '.' as message
        from credit_entry entry join customer on customer.id = entry.customer_id where customer.currency <> entry.currency
       group by entry.customer_id, entry.currency, customer.currency`,
  sql`select customer_id, 'Payment ' || id || ' is settled without a number or a day.' as message
        from payment where state = 'settled' and (number is null or received_on is null or settled_at is null)`,
  sql`select entry.customer_id, 'Credit of ' || entry.amount_minor || ' is said to come from a payment that did not settle.' as message
        from credit_entry entry left join payment on payment.id = entry.cause_id
       where entry.cause_kind = 'payment' and payment.state is distinct from 'settled'`,
];

/** @returns what does not add up, over all customers; nothing when the books are right */
export async function examineBooks(db: Db): Promise<BookError[]> {
  const found: BookError[] = [];
  for (const check of CHECKS) found.push(...(await check.execute(db)).rows);
  return found;
}
