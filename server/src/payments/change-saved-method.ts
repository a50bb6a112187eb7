/** What customers do with their saved methods. */
import { lockCustomer } from '../billing/queries.ts';
import type { Context } from '../kit/context.ts';
import { Conflict } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { CHARGE_TIMEOUT_SECONDS } from './charge-window.ts';
import { findGateway } from './gateway-settings.ts';
import { ownMethod } from './method-queries.ts';
import { syncSavedMethods } from './sync-saved-methods.ts';

interface OwnMethod {
  savedMethodId: string;
  customerId: string;
}

/** Charge this one from now on when the customer is away. Asking twice is fine. @throws NotFound, also for somebody else's */
export async function makeMethodDefault(ctx: Context, input: OwnMethod): Promise<void> {
  await ctx.transaction(async (tx) => {
    await lockCustomer(tx.db, input.customerId);
    const method = await ownMethod(tx.db, input);
    if (method.isDefault) return;
    await tx.db
      .updateTable('paymentMethod')
      .set({ isDefault: false })
      .where('customerId', '=', input.customerId)
      .where('isDefault', '=', true)
      .execute();
    await tx.db.updateTable('paymentMethod').set({ isDefault: true }).where('id', '=', method.id).execute();
    const subject = { kind: 'customer', id: input.customerId };
    await audit(tx, 'payment_method.made_default', subject, { after: { label: method.label } });
  });
}

/**
 * Have the provider keep a method no longer. The newest of the others becomes the default.
 *
 * @throws NotFound, also for somebody else's and one that was removed before
 * @throws Conflict `gateway_silent` when the provider does not answer now: the method is still kept
 */
export async function removeMethod(ctx: Context, input: OwnMethod): Promise<void> {
  const method = await ownMethod(ctx.db, input);
  const ready = await findGateway(ctx, method.gatewayId);
  const signal = AbortSignal.timeout(CHARGE_TIMEOUT_SECONDS * 1000);
  try {
    if (!ready?.gateway.forget) throw new Error(`The gateway ${method.gatewayId} is not loaded.`);
    await ready.gateway.forget({ settings: ready.settings, methodReference: method.reference, signal });
    await syncSavedMethods(ctx, { gatewayId: method.gatewayId, customerId: input.customerId, signal });
  } catch (error) {
    ctx.app.log.warn({ err: error, gatewayId: method.gatewayId }, 'A payment method was not removed.');
    throw new Conflict('gateway_silent', { gatewayId: method.gatewayId }, { cause: error });
  }
}
