/** Customers as providers know them: made once per provider, then kept. */
import type { InvoiceToPay } from '@hostwright/sdk';
import { lockCustomer } from '../billing/queries.ts';
import type { Context } from '../kit/context.ts';
import type { Db } from '../kit/db.ts';
import type { ReadyGateway } from './gateway-settings.ts';
import { keepOnly } from './keep-methods.ts';

/** The provider's key of a customer; null when it was never told of them. */
export async function gatewayCustomerReference(
  db: Db,
  which: { gatewayId: string; customerId: string },
): Promise<string | null> {
  const row = await db
    .selectFrom('gatewayCustomer')
    .select('reference')
    .where('gatewayId', '=', which.gatewayId)
    .where('customerId', '=', which.customerId)
    .executeTakeFirst();
  return row?.reference ?? null;
}

/**
 * The provider's key of a customer, who is made known to it when needed; null when the gateway knows no customers.
 * @throws a failure of the gateway
 */
export async function knownToGateway(
  ctx: Context,
  { gateway, settings }: ReadyGateway,
  call: { customer: InvoiceToPay['customer']; signal: AbortSignal },
): Promise<string | null> {
  if (!gateway.createCustomer) return null;
  const which = { gatewayId: gateway.id, customerId: call.customer.id };
  const known = await gatewayCustomerReference(ctx.db, which);
  if (known !== null) return known;
  const reference = await gateway.createCustomer({ settings, ...call });
  await ctx.db
    .insertInto('gatewayCustomer')
    .values({ ...which, reference, createdAt: ctx.clock.now() })
    .onConflict((conflict) => conflict.columns(['gatewayId', 'customerId']).doNothing())
    .execute();
  // Of two who made the customer at once the first is kept.
  return gatewayCustomerReference(ctx.db, which);
}

/**
 * The provider says that it has no such customer, as after a change of accounts: next time it is told anew, and what was
 * saved there is gone.
 */
export async function forgetGatewayCustomer(
  ctx: Context,
  which: { gatewayId: string; customerId: string },
): Promise<void> {
  await ctx.transaction(async (tx) => {
    await lockCustomer(tx.db, which.customerId);
    await tx.db
      .deleteFrom('gatewayCustomer')
      .where('gatewayId', '=', which.gatewayId)
      .where('customerId', '=', which.customerId)
      .execute();
    await keepOnly(tx, which, []);
  });
}
