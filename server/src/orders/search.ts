import { customerName } from '../customers/present.ts';
import type { Context } from '../kit/context.ts';
import { allow, may, type Permission } from '../kit/permissions.ts';
import {
  customersCalled,
  invoicesCalled,
  ordersCalled,
  serversCalled,
  servicesCalled,
  type Words,
} from './search-queries.ts';

export interface Hit {
  kind: 'customer' | 'order' | 'invoice' | 'service' | 'server';
  id: string;
  title: string;
  subtitle: string;
  /** Where the thing has one. */
  state: string | null;
}

/** Hits in all; enough for a palette, and whoever wants more has the lists. */
const HITS = 20;

/**
 * Find customers by name, company, e-mail or number, orders and invoices by number, services by domain, user name or
 * number, and servers by name. What is called exactly so comes first, then what begins so. Each kind is searched only
 * for those who may read it.
 *
 * @param input.q what was typed; `#` before a number is left out
 * @throws Forbidden for everybody who may not read customers
 */
export async function search(ctx: Context, input: { q: string }): Promise<Hit[]> {
  allow(ctx.actor, 'customers:read');
  const words = { text: input.q.trim().replace(/^#\s*/, ''), limit: HITS };
  if (words.text === '') return [];
  const found: Ranked[] = [];
  for (const { needs, find } of KINDS) if (may(ctx.actor, needs)) found.push(...(await find(ctx, words)));
  // Stable: of equal rank, the order of the kinds and the newest first.
  found.sort((a, b) => a.rank - b.rank);
  return found.slice(0, HITS).map(({ rank: _, ...hit }) => hit);
}

type Ranked = Hit & { rank: number };

const KINDS: { needs: Permission; find(ctx: Context, words: Words): Promise<Ranked[]> }[] = [
  {
    needs: 'customers:read',
    find: async ({ db }, words) =>
      (await customersCalled(db, words)).map(({ id, rank, ...customer }) => ({
        kind: 'customer',
        id,
        rank,
        state: null,
        title: customerName(customer),
        subtitle: [`#${customer.number}`, customer.company, customer.email].filter(Boolean).join(' · '),
      })),
  },
  {
    needs: 'services:read',
    find: async ({ db }, words) =>
      (await servicesCalled(db, words)).map(({ id, rank, state, domain, productName, ...customer }) => ({
        kind: 'service',
        id,
        rank,
        state,
        title: domain,
        subtitle: `${productName} · ${customerName(customer)}`,
      })),
  },
  {
    needs: 'orders:read',
    find: async ({ db }, words) =>
      (await ordersCalled(db, words)).map(({ id, rank, state, number, ...customer }) => ({
        kind: 'order',
        id,
        rank,
        state,
        title: `Order ${number}`,
        subtitle: customerName(customer),
      })),
  },
  {
    needs: 'billing:read',
    find: async ({ db }, words) =>
      (await invoicesCalled(db, words)).map(({ id, rank, state, number, ...customer }) => ({
        kind: 'invoice',
        id,
        rank,
        state,
        title: number,
        subtitle: customerName(customer),
      })),
  },
  {
    needs: 'servers:read',
    find: async ({ db }, words) =>
      (await serversCalled(db, words)).map(({ id, rank, name, hostname }) => ({
        kind: 'server',
        id,
        rank,
        state: null,
        title: name,
        subtitle: hostname,
      })),
  },
];
