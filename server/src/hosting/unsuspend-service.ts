import type { Context } from '../kit/context.ts';
import { allow } from '../kit/permissions.ts';
import type { OperationRow } from '../operations/queries.ts';
import { planAct } from './plan-act.ts';

/** Plan bringing a suspended service back. */
export async function unsuspendService(
  ctx: Context,
  input: { serviceId: string; idempotencyKey?: string },
): Promise<OperationRow> {
  allow(ctx.actor, 'services:write');
  return planAct(ctx, { ...input, action: 'unsuspend' });
}
