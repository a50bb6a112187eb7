/** Gateways as staff set them up, and as customers choose among them. */
import type { App, Context } from '../kit/context.ts';
import type { Db } from '../kit/db.ts';
import { asFields, maskFields } from '../kit/declared-fields.ts';
import { NotFound } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import { enabledGateways, storedGateways } from './gateway-settings.ts';
import { webhookUrl } from './return-url.ts';

const FOLDER_GONE =
  'It was set up in this shop, and its folder is gone. Customers cannot choose it; payments made with it are kept.';

/** Every gateway that is loaded, set up or not, and every one that is not loaded with the reason. */
export async function listGateways(ctx: Context) {
  allow(ctx.actor, 'settings:read');
  const stored = new Map((await storedGateways(ctx.db)).map((row) => [row.gatewayId, row]));
  const lastNotices = await lastNoticeTimes(ctx.db);
  const items = ctx.app.gateways.all().map((gateway) => {
    const row = stored.get(gateway.id);
    return {
      id: gateway.id,
      name: gateway.name,
      description: gateway.description ?? '',
      enabled: row?.enabled ?? false,
      position: row?.position ?? 0,
      settings: row ? maskFields(row) : {},
      fields: asFields(gateway.settings),
      canTest: gateway.testSettings !== undefined,
      webhook: gateway.webhook
        ? {
            url: webhookUrl(ctx.app, gateway.id),
            events: gateway.webhookEvents ?? [],
            lastReceivedAt: lastNotices.get(gateway.id) ?? null,
          }
        : null,
    };
  });
  return {
    items: items.sort((a, b) => a.position - b.position || a.id.localeCompare(b.id)),
    notLoaded: [...refusedFolders(ctx.app), ...goneFolders(ctx.app, [...stored.keys()])],
  };
}

const refusedFolders = ({ gateways }: App) =>
  gateways
    .folders()
    .filter(({ state }) => state === 'not_loaded')
    .map(({ folder, reason }) => ({ folder, reason: reason ?? '' }));

/** What this shop once set up and no longer has, not even as a folder that is refused. */
const goneFolders = ({ gateways }: App, storedIds: string[]) =>
  storedIds
    .filter((id) => !gateways.folders().some(({ folder }) => folder === id) && gateways.get(id) === undefined)
    .map((folder) => ({ folder, reason: FOLDER_GONE }));

/** When each gateway was last told something that concerned this shop. */
async function lastNoticeTimes(db: Db): Promise<Map<string, Date>> {
  const rows = await db
    .selectFrom('gatewayNotice')
    .select(({ fn }) => ['gatewayId', fn.max('receivedAt').as('last')])
    .groupBy('gatewayId')
    .execute();
  return new Map(rows.map(({ gatewayId, last }) => [gatewayId, last]));
}

/** @throws NotFound when no such gateway is loaded */
export async function readGateway(ctx: Context, gatewayId: string) {
  const { items } = await listGateways(ctx);
  const gateway = items.find(({ id }) => id === gatewayId);
  if (!gateway) throw new NotFound('gateway_not_found');
  return gateway;
}

/** How one can pay here now. */
export async function listPaymentMethods(ctx: Context) {
  const gateways = await enabledGateways(ctx);
  return {
    items: gateways.map((gateway) => ({
      id: gateway.id,
      name: gateway.name,
      description: gateway.description ?? '',
      paysAtOnce: (gateway.charge ?? gateway.start) !== undefined,
      fields: asFields(gateway.payment ?? {}),
    })),
  };
}
