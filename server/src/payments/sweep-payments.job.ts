import { z } from 'zod';
import { defineJob } from '../kit/jobs.ts';
import { ABSENT_COUNTS_AFTER_SECONDS } from './charge-window.ts';
import { resolvePaymentJob } from './resolve-payment.job.ts';
import { resolveRefundJob } from './resolve-refund.job.ts';

/** For `jobs.schedule`: five fields, every ten minutes. */
export const SWEEP_PAYMENTS_CRON = '7-59/10 * * * *';

/**
 * Charges and refunds that are still open although their own job has ended, and payments on a page whose provider told
 * us nothing: asked after again.
 */
export const sweepPaymentsJob = defineJob({
  name: 'payment.sweep',
  input: z.object({}),
  attempts: 3,
  firstRetrySeconds: 60,
  timeoutSeconds: 120,
  async run(_, { ctx }) {
    const before = new Date(ctx.clock.now().getTime() - ABSENT_COUNTS_AFTER_SECONDS * 1000);
    const open = await ctx.db
      .selectFrom('payment')
      .select('id')
      .where('state', 'in', ['pending', 'waiting', 'unknown'])
      .where('createdAt', '<', before)
      .orderBy('createdAt')
      .execute();
    const refunds = await ctx.db
      .selectFrom('refund')
      .select('id')
      .where('state', '=', 'pending')
      .where('createdAt', '<', before)
      .orderBy('createdAt')
      .execute();
    for (const { id } of refunds) {
      await ctx.transaction((tx) => tx.app.jobs.enqueue(tx, resolveRefundJob, { refundId: id }, { singletonKey: id }));
    }
    for (const { id } of open) {
      await ctx.transaction((tx) =>
        tx.app.jobs.enqueue(tx, resolvePaymentJob, { paymentId: id }, { singletonKey: id }),
      );
    }
  },
});
