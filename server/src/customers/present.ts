/** What leaves the building about customers. */
import type { Db } from '../kit/db.ts';
import { type CustomerRow, creditOf } from './queries.ts';

/** How to address a customer: by name, else company, else e-mail. */
export function customerName(customer: {
  firstName: string;
  lastName: string;
  company: string;
  email: string;
}): string {
  const name = `${customer.firstName} ${customer.lastName}`.trim();
  return name || customer.company || customer.email;
}

/** Customers with their credit, in the order given. */
export async function asCustomers(db: Db, rows: CustomerRow[]) {
  const credit =
    rows.length === 0
      ? []
      : await creditOf(
          db,
          rows.map((row) => row.id),
        );
  return rows.map((row) => ({
    ...row,
    name: customerName(row),
    credit: credit
      .filter((entry) => entry.customerId === row.id)
      .map(({ currency, amountMinor }) => ({ currency, amountMinor })),
  }));
}

export async function asCustomer(db: Db, row: CustomerRow) {
  const [customer] = await asCustomers(db, [row]);
  return customer;
}
