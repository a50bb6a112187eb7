import { type ModuleFailure, secretNames } from '@hostwright/sdk';
import { raiseAlert } from '../kit/alerts.ts';
import type { Context } from '../kit/context.ts';
import { strikeOut } from '../kit/redaction.ts';
import type { ReadyGateway } from './gateway-settings.ts';

const KIND = 'gateway_needs_staff';

/** Tell staff that customers cannot pay through a gateway. While an alert says the same, nobody is told again. */
export async function alertGateway(
  ctx: Context,
  { gateway, settings }: ReadyGateway,
  { paymentId, failure }: { paymentId: string; failure: ModuleFailure },
): Promise<void> {
  const secrets = secretNames(gateway.settings).map((name) => String(settings[name] ?? ''));
  const reason = strikeOut(failure.detail ?? failure.message, secrets);
  const message = `Customers cannot pay by "${gateway.name}" (${gateway.id}): ${reason}`;
  await ctx.transaction(async (tx) => {
    const told = await tx.db
      .selectFrom('alert')
      .select('id')
      .where('kind', '=', KIND)
      .where('message', '=', message)
      .where('resolvedAt', 'is', null)
      .executeTakeFirst();
    if (told) return;
    await raiseAlert(tx, {
      kind: KIND,
      subject: { kind: 'payment', id: paymentId },
      message,
      whatToDo: 'Look at Settings, Payment methods: test the settings of this one and correct them, or switch it off.',
    });
  });
}
