/** SQL for the users of a customer; no decisions, no transactions opened. */
import { sql } from 'kysely';
import type { Db, Tx } from '../kit/db.ts';

const userRows = (db: Db, customerId: string) =>
  db
    .selectFrom('customerUser')
    .innerJoin('loginUser', 'loginUser.id', 'customerUser.userId')
    .leftJoin('twoFactor', (on) =>
      on.onRef('twoFactor.userId', '=', 'loginUser.id').on('twoFactor.confirmedAt', 'is not', null),
    )
    .select([
      'customerUser.userId',
      'customerUser.role',
      'customerUser.createdAt',
      'loginUser.name',
      'loginUser.email',
      'loginUser.emailVerified',
      sql<boolean>`two_factor.user_id is not null`.as('twoFactor'),
    ])
    .where('customerUser.customerId', '=', customerId);

/** Everybody who signs in for a customer, in the order they came. */
export const usersOf = (db: Db, customerId: string) =>
  userRows(db, customerId).orderBy('customerUser.createdAt').orderBy('customerUser.userId').execute();

export const findUserOf = (db: Db, customerId: string, userId: string) =>
  userRows(db, customerId).where('customerUser.userId', '=', userId).executeTakeFirst();

export type CustomerUserRow = NonNullable<Awaited<ReturnType<typeof findUserOf>>>;

/** Nobody else changes the users of this customer before the transaction ends. */
export const lockUsers = (tx: Tx, customerId: string) =>
  tx.selectFrom('customer').select('id').where('id', '=', customerId).forUpdate().executeTakeFirst();

export async function countOwners(db: Db, customerId: string): Promise<number> {
  const { count } = await db
    .selectFrom('customerUser')
    .select((builder) => builder.fn.countAll<bigint>().as('count'))
    .where('customerId', '=', customerId)
    .where('role', '=', 'owner')
    .executeTakeFirstOrThrow();
  return Number(count);
}
