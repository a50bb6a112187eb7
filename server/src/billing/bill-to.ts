/** How an invoice addresses a customer. */
import type { Selectable } from 'kysely';
import { customerName } from '../customers/present.ts';
import type { Customer } from '../kit/database.generated.ts';

/** As it was when the invoice was issued; later changes to the customer leave it alone. */
export interface BillTo {
  name: string;
  company: string;
  /** Lines, none empty, without the country. */
  address: string[];
  /** ISO 3166, or empty. */
  country: string;
  taxId: string;
  email: string;
}

export const billTo = (customer: Selectable<Customer>): BillTo => ({
  name: customerName(customer),
  company: customer.company,
  address: [
    customer.addressLine1,
    customer.addressLine2,
    `${customer.postalCode} ${customer.city}`.trim(),
    customer.region,
  ].filter((text) => text !== ''),
  country: customer.country,
  taxId: customer.taxId,
  email: customer.email,
});
