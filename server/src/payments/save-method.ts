import { uuidv7 } from 'uuidv7';
import { customerName } from '../customers/present.ts';
import type { Context } from '../kit/context.ts';
import { Conflict, Invalid } from '../kit/errors.ts';
import { readShopSettings } from '../staff/settings.ts';
import { CHARGE_TIMEOUT_SECONDS } from './charge-window.ts';
import { knownToGateway } from './gateway-customer.ts';
import { enabledGateway } from './gateway-settings.ts';
import { savingReturnUrl } from './return-url.ts';

/**
 * Open a page at the provider where a customer leaves a card for later. It is listed once the provider has it.
 *
 * @returns where to send the customer
 * @throws Invalid `gateway_unavailable`, also for a gateway that keeps nothing
 * @throws Conflict `gateway_silent` when it does not answer now
 */
export async function saveMethod(
  ctx: Context,
  input: { customerId: string; gatewayId: string },
): Promise<{ url: string }> {
  const ready = await enabledGateway(ctx, input.gatewayId);
  const { save } = ready.gateway;
  if (!save) {
    throw new Invalid('gateway_unavailable', { issues: [{ path: 'gatewayId', message: 'keeps nothing for later' }] });
  }
  const customer = await ctx.db
    .selectFrom('customer')
    .select(['id', 'email', 'firstName', 'lastName', 'company', 'currency'])
    .where('id', '=', input.customerId)
    .executeTakeFirstOrThrow();
  const { currencies } = await readShopSettings(ctx.db);
  const signal = AbortSignal.timeout(CHARGE_TIMEOUT_SECONDS * 1000);
  const person = { id: customer.id, email: customer.email, name: customerName(customer) };
  try {
    const customerReference = await knownToGateway(ctx, ready, { customer: person, signal });
    if (customerReference === null) throw new TypeError(`The gateway ${ready.gateway.id} knows no customers.`);
    return await save({
      settings: ready.settings,
      customerReference,
      idempotencyKey: uuidv7(),
      returnUrl: savingReturnUrl(ctx.app, input),
      currency: customer.currency ?? currencies[0] ?? 'EUR',
      signal,
    });
  } catch (error) {
    ctx.app.log.warn({ err: error, gatewayId: input.gatewayId }, 'A page for saving a payment method was not made.');
    throw new Conflict('gateway_silent', { gatewayId: input.gatewayId }, { cause: error });
  }
}
