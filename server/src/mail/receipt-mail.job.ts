import { z } from 'zod';
import { longDay } from '../kit/day-words.ts';
import type { EventMap } from '../kit/events.ts';
import { defineJob } from '../kit/jobs.ts';
import { formatMoney } from '../kit/money.ts';
import { shopLink } from '../staff/shop-link.ts';
import { creditFromPayment, customerToWrite, invoiceToWrite, paymentToWrite } from './facts.ts';

/** After `payment.settled`: the receipt. A job, because the receipt has its number only when the payment is committed. */
export const receiptMailJob = defineJob<EventMap['payment.settled']>({
  name: 'mail.receipt',
  input: z.object({ paymentId: z.uuid(), invoiceId: z.uuid(), customerId: z.uuid() }),
  attempts: 5,
  firstRetrySeconds: 30,
  timeoutSeconds: 30,
  async run({ paymentId, invoiceId, customerId }, { ctx }) {
    const [payment, invoice, customer] = await Promise.all([
      paymentToWrite(ctx.db, paymentId),
      invoiceToWrite(ctx.db, invoiceId),
      customerToWrite(ctx.db, customerId),
    ]);
    const money = (minor: bigint) => formatMoney(minor, payment.currency, customer.locale);
    const owed = invoice.state === 'unpaid' ? invoice.totalMinor - invoice.paidMinor : 0n;
    const credit = await creditFromPayment(ctx.db, paymentId);
    await ctx.transaction((tx) =>
      tx.app.outbox.queue(tx, {
        template: 'receipt',
        to: customer.email,
        customerId,
        idempotencyKey: `receipt:${paymentId}`,
        cause: { kind: 'payment', id: paymentId },
        data: {
          name: customer.name,
          number: payment.number,
          invoiceNumber: invoice.number,
          amount: money(payment.amountMinor),
          receivedOn: payment.receivedOn === null ? '' : longDay(payment.receivedOn, customer.locale),
          method: ctx.app.gateways.get(payment.gatewayId)?.name ?? payment.gatewayId,
          owed: owed > 0n ? money(owed) : null,
          credit: credit > 0n ? money(credit) : null,
          url: shopLink(tx.app, `/portal/invoices/${invoiceId}`),
        },
      }),
    );
  },
});
