import type { Context } from '../kit/context.ts';
import { allow } from '../kit/permissions.ts';
import { type OperationRow, operationById } from '../operations/queries.ts';
import { askPackageChange } from './ask-package-change.ts';
import type { WantedPackage } from './price-package.ts';

/**
 * Plan the move of a service to another product of the same module and server group without charging for it. The next
 * renewal is at that product's price for the service's own cycle and currency.
 *
 * @throws as `askPackageChange`
 */
export async function changePackage(ctx: Context, input: WantedPackage & { serviceId: string }): Promise<OperationRow> {
  allow(ctx.actor, 'services:write');
  return ctx.transaction(async (tx) => {
    const { operationId } = await askPackageChange(tx, { ...input, charge: false, useCredit: false });
    if (operationId === null) throw new Error('A change that is not charged was not planned.');
    return (await operationById(tx.db, operationId)) as OperationRow; // the row refers to it
  });
}
