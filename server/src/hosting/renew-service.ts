import type { Context } from '../kit/context.ts';
import { Conflict } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import type { OperationRow } from '../operations/queries.ts';
import { planAct } from './plan-act.ts';

/**
 * Plan telling the panel that a period was paid; the service is due next on that day, and renewals are counted from it
 * (`dueOn`). Unpaid renewals of days before it are taken back. The day it is due on now is told to the panel again.
 *
 * @param input.paidUntil YYYY-MM-DD, the first day that is not paid
 * @throws Conflict `paid_until_later` for a day before it; else as `planAct`
 */
export async function renewService(
  ctx: Context,
  input: { serviceId: string; paidUntil: string; idempotencyKey?: string },
): Promise<OperationRow> {
  allow(ctx.actor, 'services:write');
  const { serviceId, paidUntil, idempotencyKey } = input;
  return planAct(ctx, { serviceId, action: 'renew', idempotencyKey }, async (_, { nextDueOn }) => {
    if (nextDueOn !== null && paidUntil < nextDueOn) throw new Conflict('paid_until_later', { serviceId, nextDueOn });
    return { parameters: { paidUntil } };
  });
}
