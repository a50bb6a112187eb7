import { uuidv7 } from 'uuidv7';
import { lockInvoice } from '../billing/queries.ts';
import { today } from '../kit/calendar.ts';
import { type Context, type TransactionContext, withTrace } from '../kit/context.ts';
import { Conflict, Invalid } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import { readShopSettings } from '../staff/settings.ts';
import { concludePayment, RECORDED_BY_STAFF } from './conclude-payment.ts';

/**
 * Record money that arrived outside a gateway, for example by bank transfer. More than is owed becomes credit, and so
 * does all of it on an invoice that is paid or void. The same reference is the same money: a second call changes
 * nothing.
 *
 * @param input.amountMinor 1 or more, in the invoice's currency
 * @param input.receivedOn today when not given
 * @throws NotFound; Invalid `received_in_future`
 * @throws Conflict `reference_used` when that money is recorded on another invoice
 */
export async function recordPayment(
  ctx: Context,
  input: { invoiceId: string; amountMinor: bigint; reference: string; receivedOn?: string | undefined },
): Promise<void> {
  allow(ctx.actor, 'billing:write');
  await ctx.transaction(async (outer) => {
    const invoice = await lockInvoice(outer.db, input.invoiceId);
    const tx = withTrace(outer, { correlationId: invoice.correlationId });
    const { timeZone } = await readShopSettings(tx.db);
    if (input.receivedOn !== undefined && input.receivedOn > today(tx.clock, timeZone)) {
      throw new Invalid('received_in_future', { issues: [{ path: 'receivedOn', message: 'must not be after today' }] });
    }
    const id = uuidv7();
    const taken = await tx.db
      .insertInto('payment')
      .values({
        id,
        invoiceId: invoice.id,
        customerId: invoice.customerId,
        gatewayId: RECORDED_BY_STAFF,
        state: 'pending',
        currency: invoice.currency,
        amountMinor: input.amountMinor,
        reference: input.reference,
        idempotencyKey: id,
        receivedOn: input.receivedOn ?? null,
        actor: JSON.stringify(tx.actor),
        correlationId: tx.correlationId,
        createdAt: tx.clock.now(),
      })
      .onConflict((conflict) =>
        conflict.columns(['gatewayId', 'reference']).where('reference', 'is not', null).doNothing(),
      )
      .returning('id')
      .executeTakeFirst();
    if (!taken) return refuseOtherInvoice(tx, invoice.id, input.reference);
    await concludePayment(tx, id, { outcome: 'paid', reference: input.reference, feeMinor: 0n });
  });
}

async function refuseOtherInvoice(tx: TransactionContext, invoiceId: string, reference: string): Promise<void> {
  const known = await tx.db
    .selectFrom('payment')
    .innerJoin('invoice', 'invoice.id', 'payment.invoiceId')
    .select(['invoice.id', 'invoice.number'])
    .where('payment.gatewayId', '=', RECORDED_BY_STAFF)
    .where('payment.reference', '=', reference)
    .executeTakeFirstOrThrow();
  if (known.id !== invoiceId) throw new Conflict('reference_used', { reference, invoiceNumber: known.number });
}
