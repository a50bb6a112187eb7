/** What a provider tells by itself. It is a reason to ask, never a reason to believe. */
import { type GatewayNotice, ModuleFailure } from '@hostwright/sdk';
import { raiseAlert } from '../kit/alerts.ts';
import { type Context, type TransactionContext, withTrace } from '../kit/context.ts';
import { Invalid, NotFound } from '../kit/errors.ts';
import { CHARGE_TIMEOUT_SECONDS } from './charge-window.ts';
import { findGateway } from './gateway-settings.ts';
import { markDisputed } from './mark-disputed.ts';
import { resolvePaymentJob } from './resolve-payment.job.ts';
import { resolveRefundJob } from './resolve-refund.job.ts';
import { syncSavedMethodsJob } from './sync-saved-methods.job.ts';

/**
 * Read a message sent to the webhook address of a gateway and queue the asking it calls for. The same message again, or
 * one about what this shop does not have, changes nothing.
 *
 * @param input.rawBody as it arrived, byte by byte: it is what was signed
 * @param input.headers names in lower case
 * @throws NotFound when there is no such gateway, or it is told nothing
 * @throws Invalid `webhook_refused` when the message does not prove to be the provider's
 */
export async function receiveWebhook(
  ctx: Context,
  input: { gatewayId: string; rawBody: Uint8Array; headers: Record<string, string> },
): Promise<void> {
  const ready = await findGateway(ctx, input.gatewayId);
  if (!ready?.gateway.webhook) throw new NotFound('gateway_not_found');
  const { settings } = ready;
  const { rawBody, headers, gatewayId } = input;
  const signal = AbortSignal.timeout(CHARGE_TIMEOUT_SECONDS * 1000);
  const now = ctx.clock.now();
  const notices = await ready.gateway.webhook({ settings, rawBody, headers, now, signal }).catch((error: unknown) => {
    if (!(error instanceof ModuleFailure) || error.kind !== 'refused') throw error;
    ctx.app.log.warn({ gatewayId, reason: error.detail ?? error.message }, 'A webhook message was refused.');
    throw new Invalid('webhook_refused', {}, { message: error.message, cause: error });
  });
  const told = withTrace(ctx, { actor: { kind: 'system', name: `webhook:${gatewayId}` } });
  for (const notice of notices) await told.transaction((tx) => heed(tx, gatewayId, notice));
}

async function heed(tx: TransactionContext, gatewayId: string, notice: GatewayNotice): Promise<void> {
  const follow = await whatFollows(tx, gatewayId, notice);
  if (!follow) return;
  const isNew = await tx.db
    .insertInto('gatewayNotice')
    .values({ gatewayId, noticeId: notice.id, about: notice.about, receivedAt: tx.clock.now() })
    .onConflict((conflict) => conflict.columns(['gatewayId', 'noticeId']).doNothing())
    .returning('noticeId')
    .executeTakeFirst();
  if (isNew) await follow();
}

/** Undefined when it is about nothing of ours. */
async function whatFollows(
  tx: TransactionContext,
  gatewayId: string,
  notice: GatewayNotice,
): Promise<(() => Promise<unknown>) | undefined> {
  switch (notice.about) {
    case 'charge': {
      const payment = await paymentByKey(tx, gatewayId, notice.idempotencyKey);
      if (!payment) return undefined;
      const input = { paymentId: payment.id, evenDeclined: true };
      return () => tx.app.jobs.enqueue(traced(tx, payment), resolvePaymentJob, input);
    }
    case 'refund': {
      const refund = await tx.db
        .selectFrom('refund')
        .innerJoin('payment', 'payment.id', 'refund.paymentId')
        .select(['refund.id', 'refund.correlationId'])
        .where('payment.gatewayId', '=', gatewayId)
        .where((eb) => eb(eb.cast<string>('refund.id', 'text'), '=', notice.idempotencyKey))
        .executeTakeFirst();
      return refund && (() => tx.app.jobs.enqueue(traced(tx, refund), resolveRefundJob, { refundId: refund.id }));
    }
    case 'saved': {
      const customer = await tx.db
        .selectFrom('gatewayCustomer')
        .select('customerId')
        .where('gatewayId', '=', gatewayId)
        .where('reference', '=', notice.customerReference)
        .executeTakeFirst();
      const { enqueue } = tx.app.jobs;
      return customer && (() => enqueue(tx, syncSavedMethodsJob, { gatewayId, customerId: customer.customerId }));
    }
    case 'trouble': {
      const payment = await paymentByKey(tx, gatewayId, notice.idempotencyKey);
      const { kind, message, whatToDo, dispute } = notice;
      if (!payment) return undefined;
      const named = `${message} (Payment ${payment.number ?? payment.id}.)`;
      const subject = { kind: 'payment', id: payment.id };
      return async () => {
        const about = traced(tx, payment);
        if (dispute) await markDisputed(about, payment.id, dispute);
        await raiseAlert(about, { kind, subject, message: named, whatToDo });
      };
    }
    default:
      return notice satisfies never;
  }
}

const paymentByKey = (tx: TransactionContext, gatewayId: string, idempotencyKey: string) =>
  tx.db
    .selectFrom('payment')
    .select(['id', 'number', 'correlationId'])
    .where('gatewayId', '=', gatewayId)
    .where('idempotencyKey', '=', idempotencyKey)
    .executeTakeFirst();

const traced = (tx: TransactionContext, { correlationId }: { correlationId: string }) =>
  withTrace(tx, { correlationId });
