import { z } from 'zod';
import { lockInvoice } from '../billing/queries.ts';
import { raiseAlert } from '../kit/alerts.ts';
import { defineJob } from '../kit/jobs.ts';
import { resolvePayment } from './resolve-payment.ts';

/**
 * A charge nobody knows the end of, to settled or declined. Queued with every charge and with whatever a provider tells
 * about one; ends quietly when all is known, or when the customer is still at the provider's page.
 */
export const resolvePaymentJob = defineJob({
  name: 'payment.resolve',
  input: z.object({ paymentId: z.uuid(), evenDeclined: z.boolean().optional() }),
  attempts: 12,
  firstRetrySeconds: 15,
  timeoutSeconds: 60,
  async run({ paymentId, evenDeclined }, { ctx, signal }) {
    await resolvePayment(ctx, { paymentId, evenDeclined, signal });
  },
  async gaveUp({ paymentId, evenDeclined }, error, { ctx }) {
    await ctx.transaction(async (tx) => {
      const payment = await tx.db
        .selectFrom('payment')
        .select(['invoiceId', 'gatewayId', 'state'])
        .where('id', '=', paymentId)
        .executeTakeFirst();
      if (!payment || payment.state === 'settled') return;
      // Nobody asks after a declined payment unless the provider has just spoken of it.
      if (payment.state === 'declined' && !evenDeclined) return;
      const { number } = await lockInvoice(tx.db, payment.invoiceId);
      await raiseAlert(tx, {
        kind: 'payment_unknown',
        subject: { kind: 'payment', id: paymentId },
        cause: payment.gatewayId,
        message: `Nobody knows whether invoice ${number} was paid: ${payment.gatewayId} does not tell (${error.message}).`,
        whatToDo:
          payment.state === 'declined'
            ? 'Look the payment up at the provider: it counts as declined here, and the provider has news of it. Money that arrived can be recorded by hand.'
            : 'Look the payment up at the provider. It is asked again every ten minutes; until it answers, or you give the payment up, the invoice cannot be charged again. Money that arrived can be recorded by hand.',
      });
    });
  },
});
