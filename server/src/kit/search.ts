/**
 * Words that people type, found anywhere in what a thing is called. Each table has one text of its names, a line for
 * each, under a trigram index (migration 0007): so one pattern says whether something is called exactly so, begins so,
 * or holds it.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from './db.ts';

/** The names of each table's rows. `add_search_indexes` in the database has the same; a test holds them together. */
const NAMES = {
  customer: [
    'customer.email',
    "customer.first_name || ' ' || customer.last_name",
    'customer.last_name',
    'customer.company',
  ],
  service: ['service.domain', "coalesce(service.username, '')"],
  mail: ['mail.to_address', 'mail.subject'],
  operation: ['operation.error_message', "coalesce(operation.error_detail, '')"],
  provisioning_log: ['provisioning_log.label', 'provisioning_log.url', "coalesce(provisioning_log.error, '')"],
  audit: ['audit.action'],
} as const;

export type Named = keyof typeof NAMES;
export const NAMED = Object.keys(NAMES) as Named[];

/** Numbers with letters before them, like INV-000123: found by their beginning or their digits, not by their middle. */
const NUMBERS = {
  invoice: { begins: ['lower(invoice.number)'], digits: "ltrim(substring(invoice.number from '[0-9]+$'), '0')" },
  payment: {
    begins: ['lower(payment.number)', 'lower(payment.reference)'],
    digits: "ltrim(substring(payment.number from '[0-9]+$'), '0')",
  },
} as const;

type Numbered = keyof typeof NUMBERS;
type Searched = Named | Numbered;

/** Fewer letters make no trigram; so short a word is only looked for where a name begins. */
const SHORT = 3;

/** Whether a row of the table, which the query must hold under its own name, is called like what was typed. */
export function isCalled(table: Searched, typed: string): RawBuilder<boolean> {
  if (table in NUMBERS) return isNumbered(table as Numbered, typed);
  const words = tidy(typed);
  return like(table as Named, words.length < SHORT ? begins(words) : holds(words));
}

function isNumbered(table: Numbered, typed: string): RawBuilder<boolean> {
  const { begins, digits } = NUMBERS[table];
  const number = typedNumber(typed);
  // One or two letters are how all of them begin.
  const beginning = begins.map((name) => sql`${sql.raw(name)} collate "C" like lower(${`${literal(tidy(typed))}%`})`);
  if (number !== null) return sql<boolean>`${sql.raw(digits)} = ${String(number)}`;
  return sql<boolean>`(${sql.join(beginning, sql` or `)})`;
}

/** The number that was typed, `#` before it left out; null when it is none. */
export function typedNumber(typed: string): bigint | null {
  const [, digits] = /^#?\s*(\d{1,15})$/.exec(typed.trim()) ?? [];
  return digits === undefined ? null : BigInt(digits);
}

/**
 * Ids of the rows that are called so, best first: exactly so, then beginning so, then holding it; of equals the newest.
 * Joined as a table with `id` and `rank`, 0 for the best.
 *
 * @param options.numbered whether rows have a `number` that may have been typed instead
 */
export function bestNamed(table: Named, typed: string, options: { limit: number; numbered: boolean }) {
  const words = tidy(typed);
  const number = options.numbered ? typedNumber(typed) : null;
  const tier = (rank: number, condition: RawBuilder<boolean>) =>
    sql`(select id, ${sql.lit(rank)} as rank from ${sql.table(table)} where ${condition} order by id desc limit ${options.limit})`;
  const tiers = [tier(0, like(table, is(words))), tier(1, like(table, begins(words)))];
  if (words.length >= SHORT) tiers.push(tier(2, like(table, holds(words))));
  if (number !== null) tiers.push(tier(0, sql<boolean>`number = ${number}`));
  return sql<{
    id: string;
    rank: number;
  }>`(select id, min(rank) as rank from (${sql.join(tiers, sql` union all `)}) found
    group by id order by 2, 1 desc limit ${options.limit})`;
}

/** More ids than this would not make looking them up faster. */
const LOOKED_UP_AT_MOST = 5_000;

/** Whether a column names a row of the table that is called like what was typed. See `isAmong`. */
export const isOfCalled = (db: Db, column: string, table: Searched, typed: string): Promise<RawBuilder<boolean>> =>
  isAmong(db, column, { table, where: isCalled(table, typed) });

/**
 * Whether a column names a row of a table that fulfils a condition. The rows are looked up first, so that an index leads
 * from them into the list; when they are very many, the list soon meets one on its way instead.
 *
 * @param rows.column what the column of the list is to equal, `id` when not given
 */
export async function isAmong(
  db: Db,
  column: string,
  rows: { table: string; where: RawBuilder<boolean>; column?: string },
): Promise<RawBuilder<boolean>> {
  const named = sql.ref(`${rows.table}.${rows.column ?? 'id'}`);
  const { rows: found } = await sql<{ key: string }>`
    select ${named} as key from ${sql.table(rows.table)} where ${rows.where} limit ${LOOKED_UP_AT_MOST + 1}`.execute(
    db,
  );
  if (found.length <= LOOKED_UP_AT_MOST)
    return sql<boolean>`${sql.ref(column)} = any(${found.map(({ key }) => key)}::uuid[])`;
  return sql<boolean>`exists (select from ${sql.table(rows.table)} where ${named} = ${sql.ref(column)} and ${rows.where})`;
}

const like = (table: Named, pattern: string): RawBuilder<boolean> =>
  sql<boolean>`${sql.raw(textOf(table))} like lower(${pattern})`;

/** As the index has it. */
const textOf = (table: Named): string => `lower(chr(10) || ${NAMES[table].join(' || chr(10) || ')} || chr(10))`;

const is = (words: string) => `%\n${literal(words)}\n%`;
const begins = (words: string) => `%\n${literal(words)}%`;
const holds = (words: string) => `%${literal(words)}%`;

const tidy = (typed: string): string => typed.trim().replace(/\s+/g, ' ');

/** `%` and `_` typed by a person mean themselves. */
const literal = (words: string): string => words.replace(/[\\%_]/g, '\\$&');

/** The pattern of `ilike` for small tables, which need no index. */
export const searchPattern = (typed: string): string => holds(tidy(typed));
