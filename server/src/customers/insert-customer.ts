import { uuidv7 } from 'uuidv7';
import type { TransactionContext } from '../kit/context.ts';
import type { Db } from '../kit/db.ts';
import { Invalid } from '../kit/errors.ts';
import { record } from '../kit/events.ts';
import { readShopSettings } from '../staff/settings.ts';
import type { Profile } from './profile.ts';

export interface NewCustomer {
  /** Lower case. */
  email: string;
  currency: string;
  profile: Profile;
}

/**
 * A customer, in the caller's transaction, for whom nobody signs in yet.
 *
 * @returns its id
 */
export async function insertCustomer(
  tx: TransactionContext,
  { email, currency, profile }: NewCustomer,
): Promise<string> {
  const id = uuidv7();
  const now = tx.clock.now();
  await tx.db
    .insertInto('customer')
    .values({ id, email, currency, ...profile, createdAt: now, updatedAt: now })
    .execute();
  await record(tx, 'customer.created', { kind: 'customer', id }, { customerId: id }, { after: { email, currency } });
  return id;
}

/** The currency a new customer is billed in: the shop's first one when none is wanted. @throws Invalid `currency_not_sold` */
export async function soldCurrency(db: Db, wanted: string | undefined): Promise<string> {
  const { currencies } = await readShopSettings(db);
  const currency = wanted ?? currencies[0];
  if (currency !== undefined && currencies.includes(currency)) return currency;
  const message = `must be one of ${currencies.join(', ')}`;
  throw new Invalid('currency_not_sold', { issues: [{ path: 'currency', message }] });
}
