import { creditBalance } from '../billing/queries.ts';
import type { Context } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import { paymentsWithParties, presentPayment } from './list-payments.ts';
import { refundable, standingOf } from './refundable.ts';

/** A payment with its refunds, and what could still be given back. @throws NotFound */
export async function readPayment(ctx: Context, paymentId: string) {
  allow(ctx.actor, 'billing:read');
  const shown = await paymentsWithParties(ctx.db).where('payment.id', '=', paymentId).executeTakeFirst();
  if (!shown) throw new NotFound('payment_not_found');
  const payment = await ctx.db.selectFrom('payment').selectAll().where('id', '=', paymentId).executeTakeFirstOrThrow();
  const refunds = await ctx.db
    .selectFrom('refund')
    .select(['id', 'target', 'state', 'amountMinor', 'reason', 'reference', 'message', 'createdAt', 'endedAt'])
    .where('paymentId', '=', paymentId)
    .orderBy('id')
    .execute();
  const balanceMinor = await creditBalance(ctx.db, payment.customerId, payment.currency);
  const room = refundable(await standingOf(ctx.db, payment, { balanceMinor }));
  const settled = payment.state === 'settled';
  return {
    ...presentPayment(ctx, shown),
    feeMinor: payment.feeMinor,
    refunds,
    refundableMinor: settled ? room.asMoneyMinor : 0n,
    creditableMinor: settled ? room.asCreditMinor : 0n,
    refundsThroughGateway: settled && ctx.app.gateways.get(payment.gatewayId)?.refund !== undefined,
  };
}
