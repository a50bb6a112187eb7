import { ModuleFailure, type RefundResult } from '@hostwright/sdk';
import { lockCustomer, lockInvoice } from '../billing/queries.ts';
import { closeAlerts } from '../kit/alerts.ts';
import { type Context, withTrace } from '../kit/context.ts';
import { lockPayment, type PaymentRow } from './conclude-payment.ts';
import { concludeRefund, type RefundRow } from './conclude-refund.ts';
import { findGateway } from './gateway-settings.ts';

/** Told when nobody could say for long how a refund ended. */
export const UNKNOWN_ALERT = 'refund_unknown';

interface Asking {
  refundId: string;
  signal: AbortSignal;
  /** The gateway has never heard of this refund: only then does a key that it does not accept prove that nothing was done. */
  isFirst?: boolean;
}

/**
 * Have a gateway make a refund, or say how it stands, and put that on record. Refunds that no gateway makes, or that do
 * not exist, are left alone.
 *
 * @throws Error when the gateway cannot do it or tell now; ask again later
 */
export async function resolveRefund(ctx: Context, input: Asking): Promise<void> {
  const refund = await ctx.db.selectFrom('refund').selectAll().where('id', '=', input.refundId).executeTakeFirst();
  if (refund?.target !== 'gateway' || refund.state === 'refused') return;
  const payment = await ctx.db
    .selectFrom('payment')
    .selectAll()
    .where('id', '=', refund.paymentId)
    .executeTakeFirstOrThrow();
  const result = await askForRefund(ctx, refund, payment, input);
  const traced = withTrace(ctx, { correlationId: refund.correlationId });
  await traced.transaction(async (tx) => {
    await lockInvoice(tx.db, payment.invoiceId);
    const locked = await lockPayment(tx, payment.id);
    await lockCustomer(tx.db, payment.customerId);
    const now = await tx.db
      .selectFrom('refund')
      .selectAll()
      .where('id', '=', refund.id)
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow();
    const { state } = await concludeRefund(tx, now, locked, result);
    if (state !== 'pending') await closeAlerts(tx, { kind: UNKNOWN_ALERT, subject: { kind: 'refund', id: refund.id } });
  });
}

async function askForRefund(
  ctx: Context,
  refund: RefundRow,
  payment: PaymentRow,
  { signal, isFirst = false }: Asking,
): Promise<RefundResult> {
  const ready = await findGateway(ctx, payment.gatewayId);
  if (!ready?.gateway.refund || payment.reference === null) {
    throw new Error(`The gateway ${payment.gatewayId} is not loaded, so it cannot refund.`);
  }
  try {
    return await ready.gateway.refund({
      settings: ready.settings,
      reference: payment.reference,
      amountMinor: refund.amountMinor,
      currency: refund.currency,
      idempotencyKey: refund.id,
      signal,
    });
  } catch (error) {
    // Definitely not done, and the same again will not help; staff see why and decide.
    if (error instanceof ModuleFailure && (error.kind === 'refused' || (error.kind === 'needs_staff' && isFirst))) {
      return { outcome: 'refused', message: error.detail ?? error.message };
    }
    throw error;
  }
}
