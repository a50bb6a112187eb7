import { closeCause } from '../kit/alerts.ts';
import type { Context } from '../kit/context.ts';
import { type FieldValues, maskFields, sealFields } from '../kit/declared-fields.ts';
import { NotFound } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { GATEWAY_ALERT } from './alert-gateway.ts';
import { sealingContext, storedGateways } from './gateway-settings.ts';

/**
 * Set a gateway up. A blank or masked secret keeps the stored one.
 *
 * @throws NotFound when no such gateway is loaded; Invalid `bad_fields` when its settings do not fit
 */
export async function writeGateway(
  ctx: Context,
  input: { gatewayId: string; enabled: boolean; position: number; settings: FieldValues },
): Promise<void> {
  allow(ctx.actor, 'settings:write');
  const { gatewayId, enabled, position } = input;
  const gateway = ctx.app.gateways.get(gatewayId);
  if (!gateway) throw new NotFound('gateway_not_found');
  await ctx.transaction(async (tx) => {
    const before = (await storedGateways(tx.db)).find((row) => row.gatewayId === gatewayId) ?? null;
    const context = sealingContext(gatewayId);
    const stored = sealFields(tx.app.keyring, gateway.settings, input.settings, { before, context, path: 'settings' });
    const columns = {
      enabled,
      position,
      settings: JSON.stringify(stored.settings),
      sealedSecrets: JSON.stringify(stored.sealedSecrets),
      updatedAt: tx.clock.now(),
    };
    await tx.db
      .insertInto('gatewaySetting')
      .values({ gatewayId, ...columns })
      .onConflict((conflict) => conflict.column('gatewayId').doUpdateSet(columns))
      .execute();
    // Should it still be wrong, the next customer who cannot pay tells so again.
    await closeCause(tx, { kind: GATEWAY_ALERT, cause: gatewayId });
    await audit(
      tx,
      'gateway.changed',
      { kind: 'gateway', id: null },
      {
        ...(before ? { before: { gatewayId, enabled: before.enabled, settings: maskFields(before) } } : {}),
        after: { gatewayId, enabled, settings: maskFields(stored) },
      },
    );
  });
}
