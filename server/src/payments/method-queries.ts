/** SQL for saved payment methods. */
import type { Db } from '../kit/db.ts';
import { NotFound } from '../kit/errors.ts';

/** What the customer has saved now, the default first, then the newest. */
export const savedMethods = (db: Db, customerId: string) =>
  db
    .selectFrom('paymentMethod')
    .select(['id', 'gatewayId', 'reference', 'label', 'expiresIn', 'isDefault', 'createdAt'])
    .where('customerId', '=', customerId)
    .where('removedAt', 'is', null)
    .orderBy('isDefault', 'desc')
    .orderBy('id', 'desc')
    .execute();

/** What is charged while the customer is away. */
export const defaultMethod = (db: Db, customerId: string) =>
  db
    .selectFrom('paymentMethod')
    .select(['gatewayId', 'reference'])
    .where('customerId', '=', customerId)
    .where('isDefault', '=', true)
    .where('removedAt', 'is', null)
    .executeTakeFirst();

/** One of what the customer has saved now. @throws NotFound `payment_method_not_found`, also for somebody else's */
export async function ownMethod(db: Db, own: { savedMethodId: string; customerId: string }) {
  const method = await db
    .selectFrom('paymentMethod')
    .select(['id', 'gatewayId', 'reference', 'label', 'isDefault'])
    .where('id', '=', own.savedMethodId)
    .where('customerId', '=', own.customerId)
    .where('removedAt', 'is', null)
    .executeTakeFirst();
  if (!method) throw new NotFound('payment_method_not_found');
  return method;
}
