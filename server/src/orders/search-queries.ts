/** SQL that finds things by what people know of them: a name, a number, a domain. Best matches first. */
import { sql } from 'kysely';
import type { Db } from '../kit/db.ts';
import { bestNamed, isCalled, searchPattern, typedNumber } from '../kit/search.ts';

export interface Words {
  /** As typed, trimmed. */
  text: string;
  /** Rows wanted at most. */
  limit: number;
}

export const customersCalled = (db: Db, { text, limit }: Words) =>
  db
    .selectFrom('customer')
    .innerJoin(bestNamed('customer', text, { limit, numbered: true }).as('found'), 'found.id', 'customer.id')
    .select(['customer.id', 'number', 'email', 'firstName', 'lastName', 'company', 'found.rank'])
    .orderBy('rank')
    .orderBy('customer.id', 'desc')
    .execute();

/** Orders have no name but their number. */
export async function ordersCalled(db: Db, { text }: Words) {
  const number = typedNumber(text);
  if (number === null) return [];
  const found = await db
    .selectFrom('order')
    .innerJoin('customer', 'customer.id', 'order.customerId')
    .select(['order.id', 'order.number', 'order.state', ...CUSTOMER])
    .where('order.number', '=', number)
    .execute();
  return found.map((order) => ({ ...order, rank: 0 }));
}

/** The highest numbers first: all that begin so are as good as each other. */
export async function invoicesCalled(db: Db, { text, limit }: Words) {
  const found = await db
    .selectFrom('invoice')
    .innerJoin('customer', 'customer.id', 'invoice.customerId')
    .select(['invoice.id', 'invoice.number', 'invoice.state', ...CUSTOMER])
    .where(isCalled('invoice', text))
    .orderBy(sql`lower(invoice.number) collate "C"`, 'desc')
    .limit(limit)
    .execute();
  const exactly = (number: string) => typedNumber(text) !== null || number.toLowerCase() === text.toLowerCase();
  return found.map((invoice) => ({ ...invoice, rank: exactly(invoice.number) ? 0 : 1 }));
}

export const servicesCalled = (db: Db, { text, limit }: Words) =>
  db
    .selectFrom('service')
    .innerJoin(bestNamed('service', text, { limit, numbered: true }).as('found'), 'found.id', 'service.id')
    .innerJoin('customer', 'customer.id', 'service.customerId')
    .innerJoin('product', 'product.id', 'service.productId')
    .select(['service.id', 'service.domain', 'service.state', 'product.name as productName', 'found.rank', ...CUSTOMER])
    .orderBy('rank')
    .orderBy('service.id', 'desc')
    .execute();

/** Servers are few enough to be read one by one. */
export async function serversCalled(db: Db, { text, limit }: Words) {
  const pattern = searchPattern(text);
  const found = await db
    .selectFrom('server')
    .select(['id', 'name', 'hostname'])
    .where('archivedAt', 'is', null)
    .where((server) => server.or([server('name', 'ilike', pattern), server('hostname', 'ilike', pattern)]))
    .orderBy('name')
    .execute();
  const rankOf = (names: string[]) => {
    const lower = names.map((name) => name.toLowerCase());
    if (lower.includes(text.toLowerCase())) return 0;
    return lower.some((name) => name.startsWith(text.toLowerCase())) ? 1 : 2;
  };
  return found
    .map((server) => ({ ...server, rank: rankOf([server.name, server.hostname]) }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, limit);
}

const CUSTOMER = ['customer.firstName', 'customer.lastName', 'customer.company', 'customer.email'] as const;
