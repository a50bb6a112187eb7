import type { Context } from '../kit/context.ts';
import { Conflict } from '../kit/errors.ts';
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

/**
 * Plan the suspension of an active service: the site goes offline, files and mail are kept. One that is suspended for
 * being overdue may be suspended for another cause: then paying does not bring it back.
 *
 * @throws Conflict as `planAct`, and `operation_unfinished` while it is being suspended for another cause
 */
export async function suspendService(
  ctx: Context,
  { serviceId, cause, reason, idempotencyKey }: Suspension,
): Promise<OperationRow> {
  allow(ctx.actor, 'services:write');
  const parameters = { cause, reason };
  const operation = await planAct(ctx, { serviceId, action: 'suspend', idempotencyKey }, async (_, subject) => {
    if (cause === subject.suspendCause) throw new Conflict('service_suspended', { serviceId, action: 'suspend' });
    return { parameters };
  });
  if ((operation.parameters as Partial<typeof parameters>).cause === cause) return operation;
  const { id: operationId, action, state } = operation;
  throw new Conflict('operation_unfinished', { operationId, action, state });
}
