import { z } from 'zod';
import { raiseAlert } from '../kit/alerts.ts';
import { defineJob } from '../kit/jobs.ts';
import { resolveRefund, UNKNOWN_ALERT } from './resolve-refund.ts';

/** A refund whose end is not known, to done or refused. Queued with every refund; ends quietly when all is known. */
export const resolveRefundJob = defineJob({
  name: 'refund.resolve',
  input: z.object({ refundId: z.uuid() }),
  attempts: 12,
  firstRetrySeconds: 15,
  timeoutSeconds: 60,
  async run({ refundId }, { ctx, signal }) {
    await resolveRefund(ctx, { refundId, signal });
  },
  async gaveUp({ refundId }, error, { ctx }) {
    await ctx.transaction(async (tx) => {
      const refund = await tx.db
        .selectFrom('refund')
        .innerJoin('payment', 'payment.id', 'refund.paymentId')
        .select(['refund.state', 'payment.number', 'payment.gatewayId'])
        .where('refund.id', '=', refundId)
        .executeTakeFirst();
      if (refund?.state !== 'pending') return;
      await raiseAlert(tx, {
        kind: UNKNOWN_ALERT,
        subject: { kind: 'refund', id: refundId },
        cause: refund.gatewayId,
        message: `Nobody knows whether a refund of payment ${refund.number ?? ''} was made: ${refund.gatewayId} does not tell (${error.message}).`,
        whatToDo:
          'Look the payment up at the provider. It is asked again every ten minutes; do not refund it a second time meanwhile.',
      });
    });
  },
});
