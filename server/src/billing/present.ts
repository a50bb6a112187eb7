/** Invoices and credit as the API shows them. */
import { customerName } from '../customers/present.ts';
import type { Context } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { readShopSettings } from '../staff/settings.ts';
import type { BillTo } from './bill-to.ts';
import { creditBalances, creditOnInvoice, invoiceLines, invoicePayments, invoicesWithCustomer } from './queries.ts';
import { owed } from './settle-invoice.ts';

type SummaryRow = Awaited<ReturnType<ReturnType<typeof invoicesWithCustomer>['executeTakeFirstOrThrow']>>;

export const asInvoiceSummary = ({ firstName, lastName, company, email, ...row }: SummaryRow) => ({
  ...row,
  customerName: customerName({ firstName, lastName, company, email }),
  dueMinor: owed(row),
});

/**
 * An invoice with its lines, payments and parties.
 *
 * @param input.customerId whose it must be; left out for staff
 * @throws NotFound, also for somebody else's
 */
export async function presentInvoice(ctx: Context, input: { invoiceId: string; customerId?: string | undefined }) {
  let query = invoicesWithCustomer(ctx.db)
    .select(['invoice.billTo', 'invoice.correlationId'])
    .where('invoice.id', '=', input.invoiceId);
  if (input.customerId !== undefined) query = query.where('invoice.customerId', '=', input.customerId);
  const invoice = await query.executeTakeFirst();
  if (!invoice) throw new NotFound('invoice_not_found');
  const shop = await readShopSettings(ctx.db);
  const payments = await invoicePayments(ctx.db, invoice.id);
  const order = await ctx.db.selectFrom('order').select('id').where('invoiceId', '=', invoice.id).executeTakeFirst();
  return {
    ...asInvoiceSummary(invoice),
    billTo: invoice.billTo as unknown as BillTo, // written by issueInvoice and by nothing else
    seller: { name: shop.shopName, address: shop.shopAddress, taxId: shop.taxId },
    lines: await invoiceLines(ctx.db, invoice.id),
    payments: payments.map((payment) => ({
      ...payment,
      gatewayName: ctx.app.gateways.get(payment.gatewayId)?.name ?? payment.gatewayId,
    })),
    creditAppliedMinor: (await creditOnInvoice(ctx.db, invoice.id)).amountMinor,
    orderId: order?.id ?? null,
    correlationId: invoice.correlationId,
  };
}

const SHOWN_ENTRIES = 500;

/** What a customer has, and the latest entries it comes from, newest first. @throws NotFound */
export async function presentCredit(ctx: Context, customerId: string) {
  const customer = await ctx.db.selectFrom('customer').select('id').where('id', '=', customerId).executeTakeFirst();
  if (!customer) throw new NotFound('customer_not_found');
  const entries = await ctx.db
    .selectFrom('creditEntry')
    .select(['id', 'currency', 'amountMinor', 'reason', 'createdAt'])
    .where('customerId', '=', customerId)
    .orderBy('id', 'desc')
    .limit(SHOWN_ENTRIES)
    .execute();
  return { balances: await creditBalances(ctx.db, customerId), entries };
}
