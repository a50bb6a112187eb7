/** Gateways as the shop has set them up. */
import type { GatewayDefinition } from '@hostwright/sdk';
import type { Context } from '../kit/context.ts';
import type { Db } from '../kit/db.ts';
import { type FieldValues, openFields, type StoredFields } from '../kit/declared-fields.ts';
import { Invalid } from '../kit/errors.ts';

export interface StoredGateway extends StoredFields {
  gatewayId: string;
  enabled: boolean;
  position: number;
}

/** Every gateway that was ever set up, in the order customers see. */
export async function storedGateways(db: Db): Promise<StoredGateway[]> {
  const rows = await db
    .selectFrom('gatewaySetting')
    .select(['gatewayId', 'enabled', 'position', 'settings', 'sealedSecrets'])
    .orderBy('position')
    .orderBy('gatewayId')
    .execute();
  return rows.map(({ settings, sealedSecrets, ...row }) => ({
    ...row,
    settings: settings as FieldValues, // both written by writeGateway and by nothing else
    sealedSecrets: sealedSecrets as Record<string, string>,
  }));
}

/** What a gateway's secrets are sealed for. */
export const sealingContext = (gatewayId: string) => `gateway:${gatewayId}`;

export const openGatewaySettings = (ctx: Context, stored: StoredGateway): FieldValues =>
  openFields(ctx.app.keyring, stored, sealingContext(stored.gatewayId));

export interface ReadyGateway {
  gateway: GatewayDefinition;
  /** In the clear. */
  settings: FieldValues;
}

/** Gateways customers may choose now, in order. */
export async function enabledGateways(ctx: Context): Promise<GatewayDefinition[]> {
  const stored = await storedGateways(ctx.db);
  return stored.flatMap(({ gatewayId, enabled }) => {
    const gateway = ctx.app.gateways.get(gatewayId);
    return gateway && enabled ? [gateway] : [];
  });
}

/**
 * A gateway customers may choose, ready to be called.
 * @throws Invalid `gateway_unavailable` when it is not set up, switched off or not loaded
 */
export async function enabledGateway(ctx: Context, gatewayId: string): Promise<ReadyGateway> {
  const ready = await findGateway(ctx, gatewayId);
  if (ready?.enabled) return ready;
  throw new Invalid('gateway_unavailable', {
    issues: [{ path: 'gatewayId', message: 'is no payment method of this shop' }],
  });
}

/** A gateway to ask after charges, even when it has been switched off since. */
export async function findGateway(
  ctx: Context,
  gatewayId: string,
): Promise<(ReadyGateway & { enabled: boolean }) | undefined> {
  const gateway = ctx.app.gateways.get(gatewayId);
  const stored = (await storedGateways(ctx.db)).find((row) => row.gatewayId === gatewayId);
  if (!gateway || !stored) return undefined;
  return { gateway, settings: openGatewaySettings(ctx, stored), enabled: stored.enabled };
}
