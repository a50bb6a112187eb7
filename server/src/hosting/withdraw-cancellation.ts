import type { Context } from '../kit/context.ts';
import { Conflict, NotFound } from '../kit/errors.ts';
import { record } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { unfinishedOperation } from '../operations/queries.ts';
import { closeUnserved, openCancellation } from './cancellation.ts';

/**
 * Keep a service that was given up; it is renewed again. Without an open request nothing happens.
 *
 * @throws NotFound `service_not_found`
 * @throws Conflict `cancellation_under_way` once the account is being removed
 */
export async function withdrawCancellation(ctx: Context, input: { serviceId: string }): Promise<void> {
  allow(ctx.actor, 'services:write');
  await withdraw(ctx, input);
}

/** As `withdrawCancellation`, by the customer whose service it is; a foreign one is not found. */
export const withdrawOwnCancellation = (ctx: Context, input: { serviceId: string; customerId: string }) =>
  withdraw(ctx, input);

function withdraw(ctx: Context, input: { serviceId: string; customerId?: string }): Promise<void> {
  return ctx.transaction(async (tx) => {
    let query = tx.db.selectFrom('service').select('customerId').where('id', '=', input.serviceId).forUpdate();
    if (input.customerId !== undefined) query = query.where('customerId', '=', input.customerId);
    const service = await query.executeTakeFirst();
    if (!service) throw new NotFound('service_not_found', { serviceId: input.serviceId });
    const open = await openCancellation(tx.db, input.serviceId);
    if (!open) return;
    const operation = await unfinishedOperation(tx.db, input.serviceId);
    if (operation?.action === 'terminate') throw new Conflict('cancellation_under_way', { serviceId: input.serviceId });
    await tx.db
      .updateTable('cancellationRequest')
      .set({ state: 'withdrawn', closedAt: tx.clock.now() })
      .where('id', '=', open.id)
      .execute();
    await closeUnserved(tx, input.serviceId);
    const payload = { serviceId: input.serviceId, customerId: service.customerId };
    const change = { before: { timing: open.timing } };
    await record(tx, 'service.cancellation_withdrawn', { kind: 'service', id: input.serviceId }, payload, change);
  });
}
