import type { Context } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import type { OperationRow } from '../operations/queries.ts';
import { newPassword } from './password.ts';
import { planAct } from './plan-act.ts';

/** Plan a new password for an account; one is made by the module's rules when none is given. */
export async function changePassword(
  ctx: Context,
  input: { serviceId: string; password?: string },
): Promise<OperationRow> {
  allow(ctx.actor, 'services:write');
  return planPassword(ctx, input);
}

/** As `changePassword`, for a service of this customer. */
export async function changeOwnPassword(
  ctx: Context,
  input: { customerId: string; serviceId: string; password?: string },
): Promise<OperationRow> {
  const own = await ctx.db
    .selectFrom('service')
    .select('id')
    .where('id', '=', input.serviceId)
    .where('customerId', '=', input.customerId)
    .executeTakeFirst();
  if (!own) throw new NotFound('service_not_found', { serviceId: input.serviceId });
  return planPassword(ctx, input);
}

const planPassword = (ctx: Context, { serviceId, password }: { serviceId: string; password?: string }) =>
  planAct(ctx, { serviceId, action: 'changePassword' }, async (tx, subject) => ({
    secrets: { password: password ?? newPassword(tx.app.modules.get(subject.moduleId)?.passwords) },
  }));
