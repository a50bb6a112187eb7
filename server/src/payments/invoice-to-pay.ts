/** An invoice as gateways are told of it, and how they say it can be paid. */
import type { InvoiceToPay } from '@hostwright/sdk';
import type { InvoiceRow } from '../billing/queries.ts';
import { owed } from '../billing/settle-invoice.ts';
import { customerName } from '../customers/present.ts';
import type { Context } from '../kit/context.ts';
import type { Db } from '../kit/db.ts';
import { findGateway } from './gateway-settings.ts';

export async function invoiceToPay(db: Db, invoice: InvoiceRow): Promise<InvoiceToPay> {
  const customer = await db
    .selectFrom('customer')
    .select(['id', 'email', 'firstName', 'lastName', 'company'])
    .where('id', '=', invoice.customerId)
    .executeTakeFirstOrThrow();
  return {
    id: invoice.id,
    number: invoice.number,
    amountMinor: owed(invoice),
    currency: invoice.currency,
    customer: { id: customer.id, email: customer.email, name: customerName(customer) },
  };
}

/** How to pay an unpaid invoice by a gateway that gives instructions; null when there is nothing to say. */
export async function paymentInstructions(
  ctx: Context,
  input: { invoiceId: string; gatewayId: string },
): Promise<string | null> {
  const ready = await findGateway(ctx, input.gatewayId);
  if (!ready?.gateway.instructions) return null;
  const invoice = await ctx.db
    .selectFrom('invoice')
    .selectAll()
    .where('id', '=', input.invoiceId)
    .where('state', '=', 'unpaid')
    .executeTakeFirst();
  if (!invoice) return null;
  return ready.gateway.instructions({ settings: ready.settings, invoice: await invoiceToPay(ctx.db, invoice) });
}
