import type { Context } from '../kit/context.ts';
import { allow } from '../kit/permissions.ts';
import type { OperationRow } from '../operations/queries.ts';
import { planAct } from './plan-act.ts';

export interface Suspension {
  serviceId: string;
  /** Who is behind it: paying brings back only what was suspended for being overdue. */
  cause: 'overdue' | 'abuse' | 'staff';
  /** Shown to the customer and given to the panel. */
  reason: string;
  idempotencyKey?: string;
}

/** Plan the suspension of an active service: the site goes offline, files and mail are kept. */
export async function suspendService(
  ctx: Context,
  { serviceId, cause, reason, idempotencyKey }: Suspension,
): Promise<OperationRow> {
  allow(ctx.actor, 'services:write');
  return planAct(ctx, { serviceId, action: 'suspend', parameters: { cause, reason }, idempotencyKey });
}
