import type { Context } from '../kit/context.ts';
import { type PageRequest, paginate } from '../kit/page.ts';
import { isOfCalled } from '../kit/search.ts';
import { asInvoiceSummary } from './present.ts';
import { invoicesWithCustomer } from './queries.ts';

export interface InvoiceFilter extends PageRequest {
  search?: string | undefined;
  state?: string | undefined;
  /** All customers when left out: only for staff. */
  customerId?: string | undefined;
}

/** Invoices, newest first unless sorted otherwise; words are found in the number and the customer. */
export async function listInvoices(ctx: Context, filter: InvoiceFilter) {
  let query = invoicesWithCustomer(ctx.db);
  if (filter.customerId !== undefined) query = query.where('invoice.customerId', '=', filter.customerId);
  if (filter.state !== undefined) query = query.where('invoice.state', '=', filter.state);
  if (filter.search) {
    const conditions = [
      await isOfCalled(ctx.db, 'invoice.id', 'invoice', filter.search),
      await isOfCalled(ctx.db, 'invoice.customerId', 'customer', filter.search),
    ];
    query = query.where((eb) => eb.or(conditions));
  }
  const page = await paginate(query, filter, {
    db: ctx.db,
    id: 'invoice.id',
    sortable: {
      createdAt: 'invoice.createdAt',
      number: 'invoice.number',
      dueOn: 'invoice.dueOn',
      totalMinor: 'invoice.totalMinor',
    },
    fallback: '-createdAt',
  });
  return { ...page, items: page.items.map(asInvoiceSummary) };
}
