import type { Context } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { record } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { customerName } from './present.ts';
import type { Profile } from './profile.ts';
import { type CustomerRow, lockCustomer } from './queries.ts';

/** Replace a customer's profile, by staff. @throws NotFound `customer_not_found` */
export async function writeCustomer(
  ctx: Context,
  input: { customerId: string; profile: Profile },
): Promise<CustomerRow> {
  allow(ctx.actor, 'customers:write');
  return writeProfile(ctx, input);
}

/**
 * Replace a customer's profile, by itself. Invoices that were issued keep what they said.
 *
 * @throws NotFound `customer_not_found`
 */
export async function writeProfile(
  ctx: Context,
  input: { customerId: string; profile: Profile },
): Promise<CustomerRow> {
  return ctx.transaction(async (tx) => {
    const before = await lockCustomer(tx.db, input.customerId);
    if (!before) throw new NotFound('customer_not_found');
    const names = Object.keys(input.profile) as (keyof Profile)[];
    const changed = names.filter((name) => before[name] !== input.profile[name]);
    if (changed.length === 0) return before;
    const customer = { ...before, ...input.profile };
    const updatedAt = tx.clock.now();
    await tx.db
      .updateTable('customer')
      .set({ ...input.profile, updatedAt })
      .where('id', '=', before.id)
      .execute();
    // The login of the customer's own address goes by its name, wherever a person is named; other users have theirs.
    await tx.db
      .updateTable('loginUser')
      .set({ name: customerName(customer), updatedAt })
      .where('email', '=', before.email)
      .where('id', 'in', (login) =>
        login
          .selectFrom('customerUser')
          .select('userId')
          .where('customerId', '=', before.id)
          .where('role', '=', 'owner'),
      )
      .execute();
    const only = (row: Profile) => Object.fromEntries(changed.map((name) => [name, row[name]]));
    await record(
      tx,
      'customer.updated',
      { kind: 'customer', id: before.id },
      { customerId: before.id },
      { before: only(before), after: only(input.profile) },
    );
    return customer;
  });
}
