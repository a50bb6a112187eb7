import type { Context } from '../kit/context.ts';
import { allow } from '../kit/permissions.ts';
import type { OperationRow } from '../operations/queries.ts';
import { planAct } from './plan-act.ts';

/**
 * Plan telling the panel that a period was paid; the service is due next on that day.
 * @param input.paidUntil YYYY-MM-DD, the first day that is not paid
 */
export async function renewService(
  ctx: Context,
  input: { serviceId: string; paidUntil: string; idempotencyKey?: string },
): Promise<OperationRow> {
  allow(ctx.actor, 'services:write');
  const { serviceId, paidUntil, idempotencyKey } = input;
  return planAct(ctx, { serviceId, action: 'renew', parameters: { paidUntil }, idempotencyKey });
}
