import { customerName } from '../customers/present.ts';
import type { Context } from '../kit/context.ts';
import { type PageRequest, paginate } from '../kit/page.ts';
import { allow } from '../kit/permissions.ts';
import { searchPattern } from '../kit/search.ts';

export interface PaymentFilter extends PageRequest {
  search?: string | undefined;
  state?: string | undefined;
  customerId?: string | undefined;
}

/** Payments, newest first unless sorted otherwise; words are found in number, reference, invoice and customer. */
export async function listPayments(ctx: Context, filter: PaymentFilter) {
  allow(ctx.actor, 'billing:read');
  let query = ctx.db
    .selectFrom('payment')
    .innerJoin('invoice', 'invoice.id', 'payment.invoiceId')
    .innerJoin('customer', 'customer.id', 'payment.customerId')
    .select([
      'payment.id',
      'payment.number',
      'payment.invoiceId',
      'invoice.number as invoiceNumber',
      'payment.customerId',
      'customer.firstName',
      'customer.lastName',
      'customer.company',
      'customer.email',
      'payment.gatewayId',
      'payment.state',
      'payment.currency',
      'payment.amountMinor',
      'payment.reference',
      'payment.message',
      'payment.receivedOn',
      'payment.createdAt',
      'payment.settledAt',
    ]);
  if (filter.state !== undefined) query = query.where('payment.state', '=', filter.state);
  if (filter.customerId !== undefined) query = query.where('payment.customerId', '=', filter.customerId);
  if (filter.search) {
    const words = searchPattern(filter.search);
    query = query.where((eb) =>
      eb.or([
        eb('payment.number', 'ilike', words),
        eb('payment.reference', 'ilike', words),
        eb('invoice.number', 'ilike', words),
        eb('customer.email', 'ilike', words),
      ]),
    );
  }
  const page = await paginate(query, filter, {
    id: 'payment.id',
    sortable: { createdAt: 'payment.createdAt', amountMinor: 'payment.amountMinor' },
    fallback: '-createdAt',
  });
  const items = page.items.map(({ firstName, lastName, company, email, ...row }) => ({
    ...row,
    customerName: customerName({ firstName, lastName, company, email }),
    gatewayName: ctx.app.gateways.get(row.gatewayId)?.name ?? row.gatewayId,
  }));
  return { ...page, items };
}
