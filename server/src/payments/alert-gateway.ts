import { type ModuleFailure, secretNames } from '@hostwright/sdk';
import { raiseAlert } from '../kit/alerts.ts';
import type { Context } from '../kit/context.ts';
import { strikeOut } from '../kit/redaction.ts';
import type { ReadyGateway } from './gateway-settings.ts';

/** Its cause is the gateway's id. */
export const GATEWAY_ALERT = 'gateway_needs_staff';

/** Tell staff that customers cannot pay through a gateway: one alert, whoever meets it, until the gateway is changed. */
export async function alertGateway(
  ctx: Context,
  { gateway, settings }: ReadyGateway,
  { paymentId, failure }: { paymentId: string; failure: ModuleFailure },
): Promise<void> {
  const secrets = secretNames(gateway.settings).map((name) => String(settings[name] ?? ''));
  const reason = strikeOut(failure.detail ?? failure.message, secrets);
  const message = `Customers cannot pay by "${gateway.name}" (${gateway.id}): ${reason}`;
  await ctx.transaction((tx) =>
    raiseAlert(tx, {
      kind: GATEWAY_ALERT,
      subject: { kind: 'payment', id: paymentId },
      cause: gateway.id,
      message,
      whatToDo: 'Look at Settings, Payment methods: test the settings of this one and correct them, or switch it off.',
    }),
  );
}
