import type { Context } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import { type CustomerRow, findCustomer } from './queries.ts';

/** A customer, for staff. @throws NotFound `customer_not_found` */
export async function readCustomer(ctx: Context, input: { customerId: string }): Promise<CustomerRow> {
  allow(ctx.actor, 'customers:read');
  return readProfile(ctx, input);
}

/** A customer, for itself. @throws NotFound `customer_not_found` */
export async function readProfile(ctx: Context, input: { customerId: string }): Promise<CustomerRow> {
  const customer = await findCustomer(ctx.db, input.customerId);
  if (!customer) throw new NotFound('customer_not_found');
  return customer;
}
