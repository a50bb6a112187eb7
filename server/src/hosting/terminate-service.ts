import type { Context } from '../kit/context.ts';
import { Invalid } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import type { OperationRow } from '../operations/queries.ts';
import { planAct } from './plan-act.ts';

/**
 * Plan the removal of an account and everything in it.
 * @param input.confirmDomain the service's domain, typed out
 * @throws Invalid `domain_not_confirmed` when it is another one
 */
export async function terminateService(
  ctx: Context,
  input: { serviceId: string; confirmDomain: string; idempotencyKey?: string },
): Promise<OperationRow> {
  allow(ctx.actor, 'services:write');
  const { serviceId, idempotencyKey } = input;
  return planAct(ctx, { serviceId, action: 'terminate', idempotencyKey }, async (_, subject) => {
    if (input.confirmDomain.trim().toLowerCase() !== subject.domain) {
      throw new Invalid('domain_not_confirmed', {
        issues: [{ path: 'confirmDomain', message: `must be ${subject.domain}` }],
      });
    }
    return {};
  });
}
