/**
 * Finding things in a big shop: the search of the palette and every list of the admin, with the indexes and without. What
 * is measured is what the API calls.
 */
import { CamelCasePlugin, type CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely';
import { listInvoices } from '../server/src/billing/list-invoices.ts';
import { customerPage } from '../server/src/customers/queries.ts';
import { listServices } from '../server/src/hosting/read-services.ts';
import type { Context } from '../server/src/kit/context.ts';
import { type Database, openDb } from '../server/src/kit/db.ts';
import type { PageRequest } from '../server/src/kit/page.ts';
import { pageOfMails } from '../server/src/mail/queries.ts';
import { listOperations } from '../server/src/operations/read-operations.ts';
import { listOrders } from '../server/src/orders/list-orders.ts';
import { search } from '../server/src/orders/search.ts';
import { listPayments } from '../server/src/payments/list-payments.ts';
import { listPanelCalls } from '../server/src/provisioning/read-panel-log.ts';
import { auditPage } from '../server/src/staff/queries.ts';
import { type TestContext, testContext } from '../server/test/context.ts';
import { fillBigShop, type Size } from './big-shop.ts';
import { percentile } from './percentile.ts';

/** What staff type: whole and half domains, people, companies, numbers, and what a third of the shop is called. */
const TYPED = [
  'bakery-novak1407',
  'garden-smi',
  'anna.fischer77',
  'Kowalski Ltd',
  'INV-104233',
  '#4711',
  'moretti',
  'bak',
  'an',
  '7',
  '.com',
  'zzzz',
];
const ROUNDS = 5;
const PLAIN_ROUNDS = 1;

type Listing = PageRequest & { state?: string };
type List = (ctx: Context, filter: Listing) => Promise<{ nextCursor: string | null }>;

const LISTS: Record<string, { list: List; sorts: string[] }> = {
  customers: {
    list: ({ db }, filter) => customerPage(db, filter.search, filter),
    sorts: ['-createdAt', 'number', 'email', 'lastName'],
  },
  orders: { list: listOrders, sorts: ['-number', 'placedAt', 'totalMinor'] },
  invoices: { list: listInvoices, sorts: ['-createdAt', 'number', 'dueOn', 'totalMinor'] },
  services: { list: listServices, sorts: ['-number', 'domain', 'createdAt', 'recurringMinor'] },
  payments: { list: listPayments, sorts: ['-createdAt'] },
  operations: { list: listOperations, sorts: ['-createdAt'] },
  'panel log': { list: listPanelCalls, sorts: ['-createdAt'] },
  mails: { list: ({ db }, filter) => pageOfMails(db, filter), sorts: ['-createdAt'] },
  audit: { list: ({ db }, filter) => auditPage(db, filter, filter), sorts: ['-createdAt'] },
};

export async function measureSearch(size: Size) {
  const context = await testContext({ config: { databaseConnections: 2 } });
  const { app, ctx } = context;
  try {
    await fillBigShop(app.db, size);
    const scans = await scansOf(context);
    const indexed = await timesOf(ctx, ROUNDS);
    await dropSearchIndexes(ctx);
    const plain = await timesOf(ctx, PLAIN_ROUNDS);
    return {
      ...figures('search', indexed.search, plain.search),
      ...figures('lists', indexed.lists, plain.lists),
      scans,
    };
  } finally {
    await context.close();
  }
}

const figures = (what: string, indexed: number[], plain: number[]) => ({
  [`${what} ms p50`]: percentile(indexed, 0.5),
  [`${what} ms p99`]: percentile(indexed, 0.99),
  [`${what}, plain scan / indexed (p50)`]: percentile(plain, 0.5) / percentile(indexed, 0.5),
});

async function timesOf(ctx: Context, rounds: number): Promise<{ search: number[]; lists: number[] }> {
  const times = { search: [] as number[], lists: [] as number[] };
  for (let round = 0; round <= rounds; round += 1) {
    for (const typed of TYPED) {
      const searched = await timed(() => search(ctx, { q: typed }));
      const listed = [];
      for (const { list } of Object.values(LISTS))
        listed.push(await timed(() => list(ctx, { limit: 25, search: typed })));
      if (round === 0) continue; // warms up
      times.search.push(searched);
      times.lists.push(...listed);
    }
  }
  return times;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

const dropSearchIndexes = async ({ db }: Context) => {
  const { rows } = await sql<{ name: string }>`
    select indexname as name from pg_indexes where schemaname = 'public' and (indexname like '%\_search' or indexname ~ '_(number|digits|by_reference)$')
      and indexdef ~ '(lower|ltrim)'`.execute(db);
  for (const { name } of rows) await sql`drop index ${sql.id(name)}`.execute(db);
};

/** Second pages, in every order there is, for which PostgreSQL would read a big table from end to end. */
async function scansOf({ ctx, database }: TestContext): Promise<string[]> {
  const { pool, close } = openDb(database.connection, { max: 2 });
  const queries: CompiledQuery[] = [];
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
    log: ({ query }) => void queries.push(query),
  });
  const scans: string[] = [];
  for (const [name, { list, sorts }] of Object.entries(LISTS)) {
    for (const sort of sorts) {
      const { nextCursor } = await list(ctx, { limit: 25, sort });
      queries.length = 0;
      await list({ ...ctx, db }, { limit: 25, sort, cursor: nextCursor ?? undefined });
      for (const { sql: text, parameters } of queries) {
        const { rows } = await pool.query(`explain (format json) ${text}`, [...parameters]);
        const plan = JSON.stringify(rows);
        for (const [, table] of plan.matchAll(/"Node Type":"Seq Scan"[^}]*?"Relation Name":"(\w+)"/g))
          if (table !== undefined && BIG.has(table) && text.includes('cursor_value'))
            scans.push(`${name} by ${sort}: ${table}`);
      }
    }
  }
  await close();
  return scans;
}

const BIG = new Set([
  'customer',
  'order',
  'invoice',
  'payment',
  'service',
  'operation',
  'mail',
  'provisioning_log',
  'audit',
]);
