import type { TransactionContext } from '../kit/context.ts';
import { isCurrency } from '../kit/currencies.ts';
import { Invalid } from '../kit/errors.ts';
import { readShopSettings } from '../staff/settings.ts';
import { type CustomerRow, lockCustomer } from './queries.ts';

/**
 * The customer, held until the end of the transaction, with the currency it is billed in. That can be chosen until there is a first invoice or credit, and is fixed then:
 * balances in two currencies would never pay each other.
 *
 * @param input.wanted what was asked for; the customer's own when not given
 * @throws Invalid `currency_fixed`, or `currency_not_sold` when the shop does not bill in it; NotFound
 */
export async function fixCurrency(
  tx: TransactionContext,
  input: { customerId: string; wanted?: string | undefined },
): Promise<CustomerRow> {
  const customer = await lockCustomer(tx.db, input.customerId);
  const wanted = input.wanted ?? customer.currency;
  if (wanted === customer.currency) return customer;
  const { currencies } = await readShopSettings(tx.db);
  if (!isCurrency(wanted) || !currencies.includes(wanted)) {
    throw new Invalid('currency_not_sold', {
      issues: [{ path: 'currency', message: `must be one of ${currencies.join(', ')}` }],
    });
  }
  if (await hasMoney(tx, input.customerId)) {
    const message = `must be ${customer.currency}: there are invoices or credit in it`;
    throw new Invalid('currency_fixed', { issues: [{ path: 'currency', message }] });
  }
  await tx.db
    .updateTable('customer')
    .set({ currency: wanted, updatedAt: tx.clock.now() })
    .where('id', '=', input.customerId)
    .execute();
  return { ...customer, currency: wanted };
}

async function hasMoney(tx: TransactionContext, customerId: string): Promise<boolean> {
  const { found } = await tx.db
    .selectNoFrom((eb) =>
      eb
        .or([
          eb.exists(eb.selectFrom('invoice').select('id').where('customerId', '=', customerId)),
          eb.exists(eb.selectFrom('creditEntry').select('id').where('customerId', '=', customerId)),
        ])
        .as('found'),
    )
    .executeTakeFirstOrThrow();
  return Boolean(found);
}
