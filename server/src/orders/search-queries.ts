/** SQL that finds things by what people know of them: a name, a number, a domain. Best matches first. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../kit/db.ts';
import { searchPattern } from '../kit/search.ts';

export interface Words {
  /** As typed, trimmed. */
  text: string;
  /** Rows wanted at most. */
  limit: number;
}

export const customersCalled = (db: Db, words: Words) => {
  const fields = [
    sql.ref('customer.email'),
    sql`${sql.ref('customer.firstName')} || ' ' || ${sql.ref('customer.lastName')}`,
    sql.ref('customer.lastName'),
    sql.ref('customer.company'),
    sql`${sql.ref('customer.number')}::text`,
  ];
  return db
    .selectFrom('customer')
    .select(['id', 'number', 'email', 'firstName', 'lastName', 'company', rank(fields, words).as('rank')])
    .where(matches(fields, words))
    .orderBy('rank')
    .orderBy('id', 'desc')
    .limit(words.limit)
    .execute();
};

export const ordersCalled = (db: Db, words: Words) => {
  const fields = [sql`${sql.ref('order.number')}::text`];
  return db
    .selectFrom('order')
    .innerJoin('customer', 'customer.id', 'order.customerId')
    .select(['order.id', 'order.number', 'order.state', ...CUSTOMER, rank(fields, words).as('rank')])
    .where(matches(fields, words))
    .orderBy('rank')
    .orderBy('order.id', 'desc')
    .limit(words.limit)
    .execute();
};

export const invoicesCalled = (db: Db, words: Words) => {
  const fields = [sql.ref('invoice.number'), sql`ltrim(substring(${sql.ref('invoice.number')} from '[0-9]+$'), '0')`];
  return db
    .selectFrom('invoice')
    .innerJoin('customer', 'customer.id', 'invoice.customerId')
    .select(['invoice.id', 'invoice.number', 'invoice.state', ...CUSTOMER, rank(fields, words).as('rank')])
    .where(matches(fields, words))
    .orderBy('rank')
    .orderBy('invoice.id', 'desc')
    .limit(words.limit)
    .execute();
};

export const servicesCalled = (db: Db, words: Words) => {
  const fields = [
    sql.ref('service.domain'),
    sql`coalesce(${sql.ref('service.username')}, '')`,
    sql`${sql.ref('service.number')}::text`,
  ];
  return db
    .selectFrom('service')
    .innerJoin('customer', 'customer.id', 'service.customerId')
    .innerJoin('product', 'product.id', 'service.productId')
    .select(['service.id', 'service.domain', 'service.state', 'product.name as productName', ...CUSTOMER])
    .select(rank(fields, words).as('rank'))
    .where(matches(fields, words))
    .orderBy('rank')
    .orderBy('service.id', 'desc')
    .limit(words.limit)
    .execute();
};

export const serversCalled = (db: Db, words: Words) => {
  const fields = [sql.ref('server.name'), sql.ref('server.hostname')];
  return db
    .selectFrom('server')
    .select(['id', 'name', 'hostname', rank(fields, words).as('rank')])
    .where('archivedAt', 'is', null)
    .where(matches(fields, words))
    .orderBy('rank')
    .orderBy('name')
    .limit(words.limit)
    .execute();
};

const CUSTOMER = ['customer.firstName', 'customer.lastName', 'customer.company', 'customer.email'] as const;

type Field = RawBuilder<unknown>;

/** 0 is it exactly, 1 begins like it, 2 holds it somewhere. */
function rank(fields: Field[], { text }: Words): RawBuilder<number> {
  return sql<number>`case when ${anyLike(fields, literal(text))} then 0
    when ${anyLike(fields, `${literal(text)}%`)} then 1 else 2 end`;
}

const matches = (fields: Field[], { text }: Words): RawBuilder<boolean> => anyLike(fields, searchPattern(text));

const anyLike = (fields: Field[], pattern: string): RawBuilder<boolean> =>
  sql<boolean>`(${sql.join(
    fields.map((field) => sql`${field} ilike ${pattern}`),
    sql` or `,
  )})`;

/** `searchPattern` without the wildcards around it. */
const literal = (text: string): string => searchPattern(text).slice(1, -1);
