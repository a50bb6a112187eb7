import type { Context } from '../kit/context.ts';
import { Conflict, Forbidden, NotFound } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { findOwnerLogin } from '../staff/queries.ts';
import { findCustomer } from './queries.ts';

const MINUTES = 60;

/**
 * See the shop as a customer sees it, in this session, for an hour. It stays a session of staff: it ends with it, and
 * at once when the role that allows it is taken away. What may not be done meanwhile is said by the endpoints.
 *
 * @param input.sessionId of the member of staff who asks
 * @throws NotFound `customer_not_found`
 * @throws Conflict `customer_has_no_login`
 */
export async function impersonateCustomer(
  ctx: Context,
  input: { customerId: string; sessionId: string | undefined },
): Promise<void> {
  allow(ctx.actor, 'customers:impersonate');
  const { customerId, sessionId } = input;
  if (ctx.actor.kind !== 'staff' || sessionId === undefined) throw new Forbidden('session_required');
  await ctx.transaction(async (tx) => {
    if (!(await findCustomer(tx.db, customerId))) throw new NotFound('customer_not_found');
    if (!(await findOwnerLogin(tx.db, customerId))) throw new Conflict('customer_has_no_login');
    const until = new Date(tx.clock.now().getTime() + MINUTES * 60_000);
    await tx.db
      .updateTable('loginSession')
      .set({ impersonatedCustomerId: customerId, impersonatedUntil: until })
      .where('id', '=', sessionId)
      .execute();
    await audit(tx, 'customer.impersonated', { kind: 'customer', id: customerId }, { after: { until } });
  });
}

/** Be oneself again. Asking twice is fine. */
export async function endImpersonation(ctx: Context, input: { sessionId: string | undefined }): Promise<void> {
  const { actor } = ctx;
  const { sessionId } = input;
  if (actor.kind !== 'customer' || actor.impersonatedBy === undefined || sessionId === undefined) return;
  await ctx.transaction(async (tx) => {
    await tx.db
      .updateTable('loginSession')
      .set({ impersonatedCustomerId: null, impersonatedUntil: null })
      .where('id', '=', sessionId)
      .execute();
    await audit(tx, 'customer.impersonation_ended', { kind: 'customer', id: actor.customerId });
  });
}
