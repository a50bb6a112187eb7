import type { TransactionContext } from '../kit/context.ts';
import { unfinishedOperation } from '../operations/queries.ts';
import { can } from './lifecycle.ts';
import { openPackageChange, type PackageChangeRow } from './package-change-queries.ts';
import { planAct } from './plan-act.ts';
import { lockService } from './subject.ts';

/**
 * Have the panel make a change that is ready. One that cannot be made now, because the service is suspended or another
 * act is not over, stays ready and is planned when that is; a second call changes nothing.
 */
export async function planPackageChange(tx: TransactionContext, serviceId: string): Promise<void> {
  const service = await lockService(tx.db, serviceId);
  const change = await openPackageChange(tx.db, serviceId);
  if (!service || change?.state !== 'ready' || !can(service, 'changePackage')) return;
  if (await unfinishedOperation(tx.db, serviceId)) return;
  const operation = await planAct(tx, {
    serviceId,
    action: 'changePackage',
    parameters: await parametersOf(tx, change),
    idempotencyKey: `package_change:${change.id}`,
  });
  await tx.db
    .updateTable('packageChange')
    .set({ state: 'planned', operationId: operation.id })
    .where('id', '=', change.id)
    .execute();
}

/** What `acts/target-product.ts` reads back. */
async function parametersOf(tx: TransactionContext, change: PackageChangeRow): Promise<Record<string, unknown>> {
  const product = await tx.db
    .selectFrom('product')
    .select('name')
    .where('id', '=', change.toProductId)
    .executeTakeFirstOrThrow();
  return {
    productId: change.toProductId,
    productName: product.name,
    recurringMinor: change.newRecurringMinor.toString(),
    options: change.optionValues,
  };
}
