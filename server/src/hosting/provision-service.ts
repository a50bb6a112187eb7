import type { Context } from '../kit/context.ts';
import { Conflict } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import type { OperationRow } from '../operations/queries.ts';
import { createAccount } from './create-account.ts';
import { isUnpaid, wasCreatePlanned } from './queries.ts';

/**
 * Have the account of a paid service made. Asking twice returns the first operation, also one that staff planned before
 * the money came.
 * @throws NotFound; Conflict `service_unpaid` while its invoice is open, `service_<state>` when it is not pending
 */
export async function provisionService(ctx: Context, input: { serviceId: string }): Promise<OperationRow> {
  allow(ctx.actor, 'services:write');
  return ctx.transaction(async (tx) => {
    if (!(await wasCreatePlanned(tx.db, input.serviceId)) && (await isUnpaid(tx.db, input.serviceId)))
      throw new Conflict('service_unpaid', input);
    return createAccount(tx, input);
  });
}
