/** Keyset pages over any query: stable while rows come and go, and as fast on page 1,000 as on page 1. */
import { type ReferenceExpression, type SelectQueryBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Db } from './db.ts';
import { Invalid } from './errors.ts';

export interface PageRequest {
  cursor?: string | undefined;
  limit: number;
  sort?: string | undefined;
  /** Words the query was narrowed to. */
  search?: string | undefined;
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
  /** Counted up to `COUNTED_TO`, or to `COUNTED_TO_OF_SEARCH` for words: nobody turns so many pages. */
  total: number;
  /** Whether there are more than `total`. */
  more: boolean;
}

const COUNTED_TO = 10_000;
const COUNTED_TO_OF_SEARCH = 1_000;

const cursorSchema = z.tuple([z.union([z.string(), z.number()]), z.string()]);

/**
 * One page of a query, ordered by a sortable column and then by id.
 *
 * @param options.sortable names a request may sort by, and the column behind each; columns must not be null, and
 *   the query must select each of them under its own name
 * @param options.fallback sort when the request names none, for example `-createdAt`
 * @throws Invalid `unknown_sort` or `bad_cursor`
 */
export async function paginate<DB, TB extends keyof DB, O>(
  query: SelectQueryBuilder<DB, TB, O>,
  request: PageRequest,
  options: {
    db: Db;
    id: ReferenceExpression<DB, TB>;
    sortable: Record<string, ReferenceExpression<DB, TB>>;
    fallback: string;
  },
): Promise<Page<O>> {
  const sort = request.sort ?? options.fallback;
  const descending = sort.startsWith('-');
  const name = descending ? sort.slice(1) : sort;
  const column = options.sortable[name];
  if (column === undefined) {
    throw new Invalid('unknown_sort', {
      issues: [{ path: 'sort', message: `one of ${Object.keys(options.sortable).join(', ')}` }],
    });
  }
  const direction = descending ? 'desc' : 'asc';
  const countedTo = request.search ? COUNTED_TO_OF_SEARCH : COUNTED_TO;
  const some = query
    .clearSelect()
    .clearOrderBy()
    .select(sql`1`.as('one'))
    .limit(countedTo + 1);
  let page = query
    .select((builder) => [
      sql<string>`${builder.ref(column as never)}::text`.as('cursorValue'),
      sql<string>`${builder.ref(options.id as never)}::text`.as('cursorId'),
    ])
    .orderBy(column as never, direction)
    .orderBy(options.id as never, direction)
    .limit(request.limit + 1);
  if (request.cursor !== undefined) {
    const [value, id] = readCursor(request.cursor);
    page = page.where(({ refTuple, tuple, eb }) =>
      eb(
        refTuple(column as never, options.id as never) as never,
        descending ? '<' : '>',
        tuple(value as never, id as never) as never,
      ),
    );
  }
  const found = await page.execute().catch(refuseForeignCursor);
  const { rows: counts } = await sql<{ count: bigint }>`select count(*) from (${some}) as counted`.execute(options.db);
  const counted = Number(counts[0]?.count ?? 0n);
  const rows = found as (O & { cursorValue: string; cursorId: string })[];
  const more = rows.length > request.limit;
  const items = rows.slice(0, request.limit);
  const last = items.at(-1);
  const nextCursor =
    more && last ? Buffer.from(JSON.stringify([last.cursorValue, last.cursorId])).toString('base64url') : null;
  const total = Math.min(counted, countedTo);
  return { items: items.map(withoutCursor), nextCursor, total, more: counted > countedTo };
}

function readCursor(cursor: string): [string | number, string] {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw badCursor();
  }
}

/** A cursor made by hand, or for another sort: its value does not fit the column. */
function refuseForeignCursor(error: unknown): never {
  const { code } = error as { code?: string };
  // invalid_text_representation, invalid_datetime_format, datetime_field_overflow, numeric_value_out_of_range
  throw code !== undefined && ['22P02', '22007', '22008', '22003'].includes(code) ? badCursor() : error;
}

const badCursor = () =>
  new Invalid('bad_cursor', { issues: [{ path: 'cursor', message: 'take it from nextCursor of the page before' }] });

function withoutCursor<T extends { cursorValue: string; cursorId: string }>({ cursorValue, cursorId, ...row }: T) {
  return row as unknown as Omit<T, 'cursorValue' | 'cursorId'> & T;
}
