import { type Context, withTrace } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import { payFromCredit } from './settle-invoice.ts';

/** Staff: pay an invoice from its customer's credit as far as it goes. @throws NotFound */
export async function applyCredit(ctx: Context, input: { invoiceId: string }): Promise<void> {
  allow(ctx.actor, 'billing:write');
  await inInvoiceTrace(ctx, input);
}

/** The customer: pay an own invoice from credit as far as it goes. @throws NotFound, also for somebody else's */
export async function applyOwnCredit(ctx: Context, input: { invoiceId: string; customerId: string }): Promise<void> {
  await inInvoiceTrace(ctx, input);
}

/** What a payment starts belongs to the trace of the order it pays. */
async function inInvoiceTrace(ctx: Context, input: { invoiceId: string; customerId?: string }): Promise<void> {
  const invoice = await ctx.db
    .selectFrom('invoice')
    .select('correlationId')
    .where('id', '=', input.invoiceId)
    .executeTakeFirst();
  if (!invoice) throw new NotFound('invoice_not_found');
  const traced = withTrace(ctx, { correlationId: invoice.correlationId });
  await traced.transaction((tx) => payFromCredit(tx, input));
}
