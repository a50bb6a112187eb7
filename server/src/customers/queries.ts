/** SQL for customers; no decisions, no transactions opened. */
import { sql } from 'kysely';
import type { Db, Tx } from '../kit/db.ts';
import { type PageRequest, paginate } from '../kit/page.ts';
import { isOfCalled, typedNumber } from '../kit/search.ts';

const customerRows = (db: Db) =>
  db
    .selectFrom('customer')
    .select((customer) => [
      'customer.id',
      'customer.number',
      'customer.email',
      'customer.firstName',
      'customer.lastName',
      'customer.company',
      'customer.addressLine1',
      'customer.addressLine2',
      'customer.postalCode',
      'customer.city',
      'customer.region',
      'customer.country',
      'customer.phone',
      'customer.taxId',
      'customer.locale',
      'customer.currency',
      'customer.createdAt',
      customer
        .exists(
          customer
            .selectFrom('customerUser')
            .innerJoin('loginUser', 'loginUser.id', 'customerUser.userId')
            .whereRef('customerUser.customerId', '=', 'customer.id')
            .whereRef('loginUser.email', '=', 'customer.email')
            .where('loginUser.emailVerified', '=', true)
            .select('loginUser.id'),
        )
        .as('emailVerified'),
    ]);

export const findCustomer = (db: Db, id: string) => customerRows(db).where('customer.id', '=', id).executeTakeFirst();

/** The customer, held until the transaction ends. */
export const lockCustomer = (tx: Tx, id: string) =>
  customerRows(tx).where('customer.id', '=', id).forUpdate('customer').executeTakeFirst();

export type CustomerRow = NonNullable<Awaited<ReturnType<typeof findCustomer>>>;

/** The customers that go by an address, which nobody else takes for a customer until the transaction ends. */
export async function lockAddress(tx: Tx, email: string) {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`hostwright:customer:${email}`}, 0))`.execute(tx);
  return tx
    .selectFrom('customer')
    .select((customer) => [
      'id',
      customer
        .exists(customer.selectFrom('customerUser').select('userId').whereRef('customerId', '=', 'customer.id'))
        .as('hasUsers'),
    ])
    .where(sql`lower(email)`, '=', email)
    .execute();
}

/** Customers whose names, company, e-mail or number hold the words. */
export async function customerPage(db: Db, search: string | undefined, page: PageRequest) {
  let rows = customerRows(db);
  if (search) {
    const called = await isOfCalled(db, 'customer.id', 'customer', search);
    const number = typedNumber(search);
    rows = rows.where((customer) =>
      customer.or([called, ...(number === null ? [] : [customer('customer.number', '=', number)])]),
    );
  }
  return paginate(rows, page, {
    db,
    id: 'customer.id',
    sortable: {
      number: 'customer.number',
      email: 'customer.email',
      createdAt: 'customer.createdAt',
      lastName: 'customer.lastName',
    },
    fallback: '-createdAt',
  });
}

/** Credit of each of these customers that is not zero, by currency. */
export const creditOf = (db: Db, customerIds: string[]) =>
  db
    .selectFrom('creditEntry')
    .select(['customerId', 'currency', sql<bigint>`sum(amount_minor)::bigint`.as('amountMinor')])
    .where('customerId', '=', sql<string>`any(${customerIds}::uuid[])`)
    .groupBy(['customerId', 'currency'])
    .having(sql`sum(amount_minor)`, '<>', 0)
    .orderBy('currency')
    .execute();

/** A login and the customer it belongs to, if any: for the session and for mails to it. */
const loginRows = (db: Db) =>
  db
    .selectFrom('loginUser')
    .leftJoin('customerUser', 'customerUser.userId', 'loginUser.id')
    .select([
      'loginUser.id',
      'loginUser.name',
      'loginUser.email',
      'loginUser.emailVerified',
      'customerUser.customerId',
    ]);

export const findLogin = (db: Db, userId: string) =>
  loginRows(db).where('loginUser.id', '=', userId).executeTakeFirst();

/** @param email lower case */
export const findLoginByEmail = (db: Db, email: string) =>
  loginRows(db).where('loginUser.email', '=', email).executeTakeFirst();

export type LoginRow = NonNullable<Awaited<ReturnType<typeof findLogin>>>;
