import type { Context } from '../kit/context.ts';
import { enabledGateways } from './gateway-settings.ts';
import { savedMethods } from './method-queries.ts';

/** What a customer left for later, and through which gateways something can be left. */
export async function listSavedMethods(ctx: Context, input: { customerId: string }) {
  const rows = await savedMethods(ctx.db, input.customerId);
  const gateways = (await enabledGateways(ctx)).filter(({ save }) => save !== undefined);
  return {
    items: rows.map(({ reference: _, ...row }) => ({
      ...row,
      gatewayName: ctx.app.gateways.get(row.gatewayId)?.name ?? row.gatewayId,
    })),
    savedWith: gateways.map(({ id, name }) => ({ id, name })),
  };
}
