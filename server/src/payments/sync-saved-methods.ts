import { lockCustomer } from '../billing/queries.ts';
import type { Context } from '../kit/context.ts';
import { gatewayCustomerReference } from './gateway-customer.ts';
import { findGateway } from './gateway-settings.ts';
import { type Keeper, keepOnly } from './keep-methods.ts';

/**
 * Ask a provider what it keeps for a customer, and have the same here. Safe whenever and however often it runs: the
 * provider's list is the truth, so a message that was lost, or came late, changes nothing.
 *
 * @throws what the gateway throws
 */
export async function syncSavedMethods(ctx: Context, input: Keeper & { signal: AbortSignal }): Promise<void> {
  const ready = await findGateway(ctx, input.gatewayId);
  const customerReference = await gatewayCustomerReference(ctx.db, input);
  if (!ready?.gateway.listSaved || customerReference === null) return;
  const { settings } = ready;
  const kept = await ready.gateway.listSaved({ settings, customerReference, signal: input.signal });
  await ctx.transaction(async (tx) => {
    await lockCustomer(tx.db, input.customerId);
    await keepOnly(tx, input, kept);
  });
}
