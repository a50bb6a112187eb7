import type { Context } from '../kit/context.ts';
import { Conflict, Invalid } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import { writeCredit } from './credit-ledger.ts';
import { fixCurrency } from './customer-currency.ts';
import { creditBalance } from './queries.ts';

/**
 * Give a customer credit, or take it back with a negative amount. Asked twice it is given twice.
 *
 * @param input.amountMinor not 0
 * @param input.reason shown to the customer
 * @throws NotFound; Invalid `amount_zero` or `currency_fixed`; Conflict `credit_too_low`
 */
export async function addCredit(
  ctx: Context,
  input: { customerId: string; currency: string; amountMinor: bigint; reason: string },
): Promise<void> {
  allow(ctx.actor, 'billing:write');
  if (input.amountMinor === 0n) {
    throw new Invalid('amount_zero', { issues: [{ path: 'amountMinor', message: 'must not be 0' }] });
  }
  await ctx.transaction(async (tx) => {
    await fixCurrency(tx, { customerId: input.customerId, wanted: input.currency });
    const balance = await creditBalance(tx.db, input.customerId, input.currency);
    if (balance + input.amountMinor < 0n) {
      throw new Conflict('credit_too_low', { balanceMinor: Number(balance), currency: input.currency });
    }
    await writeCredit(tx, { ...input, cause: { kind: 'staff', id: null } });
  });
}
