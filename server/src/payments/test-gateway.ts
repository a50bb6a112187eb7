import { ModuleFailure, type SettingsTest, secretNames } from '@hostwright/sdk';
import type { Context } from '../kit/context.ts';
import { type FieldValues, openFields, sealFields } from '../kit/declared-fields.ts';
import { Conflict, NotFound } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import { strikeOut } from '../kit/redaction.ts';
import { sealingContext, storedGateways } from './gateway-settings.ts';
import { webhookUrl } from './return-url.ts';

const TEST_SECONDS = 30;

/**
 * Try the settings of a form out, without storing them or moving money. A blank or masked secret is the stored one.
 * Never throws for a provider that says no: why, and what to do, is the answer.
 *
 * @throws NotFound when no such gateway is loaded; Invalid `bad_fields`; Conflict `nothing_to_test`
 */
export async function testGateway(
  ctx: Context,
  input: { gatewayId: string; settings: FieldValues },
): Promise<SettingsTest> {
  allow(ctx.actor, 'settings:write');
  const { gatewayId } = input;
  const gateway = ctx.app.gateways.get(gatewayId);
  if (!gateway) throw new NotFound('gateway_not_found');
  if (!gateway.testSettings) throw new Conflict('nothing_to_test', { gatewayId });
  const before = (await storedGateways(ctx.db)).find((row) => row.gatewayId === gatewayId) ?? null;
  const context = sealingContext(gatewayId);
  const { keyring } = ctx.app;
  const sealed = sealFields(keyring, gateway.settings, input.settings, { before, context, path: 'settings' });
  const settings = openFields(keyring, sealed, context);
  const secrets = secretNames(gateway.settings).map((name) => String(settings[name] ?? ''));
  try {
    const signal = AbortSignal.timeout(TEST_SECONDS * 1000);
    const { ok, facts, problems } = await gateway.testSettings({
      settings,
      webhookUrl: webhookUrl(ctx.app, gatewayId),
      signal,
    });
    const clean = (lines: string[]) => lines.map((line) => strikeOut(line, secrets));
    return { ok, facts: clean(facts), problems: clean(problems) };
  } catch (error) {
    if (!(error instanceof ModuleFailure))
      ctx.app.log.warn({ err: error, gatewayId }, 'A test of gateway settings broke.');
    const words =
      error instanceof ModuleFailure ? [error.message, error.detail] : ['The test broke; the log has the error.'];
    return { ok: false, facts: [], problems: [strikeOut(words.filter(Boolean).join(' '), secrets)] };
  }
}
