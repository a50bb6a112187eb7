/** SQL for saved payment methods. */
import type { Db } from '../kit/db.ts';

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
