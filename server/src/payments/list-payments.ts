import { customerName } from '../customers/present.ts';
import type { Context } from '../kit/context.ts';
import type { Db } from '../kit/db.ts';
import { type PageRequest, paginate } from '../kit/page.ts';
import { allow } from '../kit/permissions.ts';
import { isOfCalled } from '../kit/search.ts';

export interface PaymentFilter extends PageRequest {
  search?: string | undefined;
  state?: string | undefined;
  customerId?: string | undefined;
}

/** Payments, newest first unless sorted otherwise; words are found in number, reference, invoice and customer. */
export async function listPayments(ctx: Context, filter: PaymentFilter) {
  allow(ctx.actor, 'billing:read');
  let query = paymentsWithParties(ctx.db);
  if (filter.state !== undefined) query = query.where('payment.state', '=', filter.state);
  if (filter.customerId !== undefined) query = query.where('payment.customerId', '=', filter.customerId);
  if (filter.search) {
    const conditions = [
      await isOfCalled(ctx.db, 'payment.id', 'payment', filter.search),
      await isOfCalled(ctx.db, 'payment.invoiceId', 'invoice', filter.search),
      await isOfCalled(ctx.db, 'payment.customerId', 'customer', filter.search),
    ];
    query = query.where((eb) => eb.or(conditions));
  }
  const page = await paginate(query, filter, {
    db: ctx.db,
    id: 'payment.id',
    sortable: { createdAt: 'payment.createdAt' },
    fallback: '-createdAt',
  });
  return { ...page, items: page.items.map((row) => presentPayment(ctx, row)) };
}

/** Payments with what names their invoice and customer, and what has been given back of them. */
export const paymentsWithParties = (db: Db) =>
  db
    .selectFrom('payment')
    .innerJoin('invoice', 'invoice.id', 'payment.invoiceId')
    .innerJoin('customer', 'customer.id', 'payment.customerId')
    .select(({ selectFrom }) => [
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
      'payment.disputeState',
      'payment.disputeMinor',
      'payment.disputeReason',
      'payment.disputedAt',
      selectFrom('refund')
        .select((refund) => refund.fn.sum<string>('refund.amountMinor').as('sum'))
        .whereRef('refund.paymentId', '=', 'payment.id')
        .where('refund.state', '=', 'done')
        .as('refundedMinor'),
    ]);

type PaymentWithParties = Awaited<ReturnType<ReturnType<typeof paymentsWithParties>['executeTakeFirstOrThrow']>>;

export const presentPayment = (
  ctx: Context,
  { firstName, lastName, company, email, refundedMinor, ...row }: PaymentWithParties,
) => ({
  ...row,
  refundedMinor: BigInt(refundedMinor ?? 0),
  customerName: customerName({ firstName, lastName, company, email }),
  gatewayName: ctx.app.gateways.get(row.gatewayId)?.name ?? row.gatewayId,
});
