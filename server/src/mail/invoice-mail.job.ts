import { z } from 'zod';
import { nextCharge } from '../automation/next-charge.ts';
import { longDay, periodWords } from '../kit/day-words.ts';
import type { EventMap } from '../kit/events.ts';
import { defineJob } from '../kit/jobs.ts';
import { formatMoney } from '../kit/money.ts';
import { StepWaiting } from '../kit/steps.ts';
import { shopLink } from '../staff/shop-link.ts';
import { customerToWrite, invoiceToWrite } from './facts.ts';

/** While an order is being paid at the check-out nobody wants to be asked for the money by mail. */
const AT_CHECKOUT_SECONDS = 60;
const LOOK_AGAIN_SECONDS = 60;

/** After `invoice.issued`: ask for the money, once, if any is owed and it is to be done by mail. */
export const invoiceMailJob = defineJob<EventMap['invoice.issued']>({
  name: 'mail.invoice',
  input: z.object({ invoiceId: z.uuid(), customerId: z.uuid(), byMail: z.boolean().default(true) }),
  attempts: 5,
  firstRetrySeconds: 30,
  timeoutSeconds: 30,
  async run({ invoiceId, customerId, byMail }, { ctx }) {
    if (!byMail) return;
    const invoice = await invoiceToWrite(ctx.db, invoiceId);
    if (invoice.state !== 'unpaid' || invoice.paidMinor >= invoice.totalMinor) return;
    const ageSeconds = (ctx.clock.now().getTime() - invoice.createdAt.getTime()) / 1000;
    const gateway = invoice.gatewayId === null ? undefined : ctx.app.gateways.get(invoice.gatewayId);
    const paysAtOnce = (gateway?.charge ?? gateway?.start) !== undefined;
    if (paysAtOnce && ageSeconds < AT_CHECKOUT_SECONDS) {
      throw new StepWaiting('The customer is at the check-out.', Math.ceil(AT_CHECKOUT_SECONDS - ageSeconds));
    }
    if (invoice.openPayments > 0) throw new StepWaiting('A payment is under way.', LOOK_AGAIN_SECONDS);
    const customer = await customerToWrite(ctx.db, customerId);
    const charge = await nextCharge(ctx, invoiceId);
    const money = (minor: bigint) => formatMoney(minor, invoice.currency, customer.locale);
    await ctx.transaction((tx) =>
      tx.app.outbox.queue(tx, {
        template: 'invoice',
        to: customer.email,
        customerId,
        idempotencyKey: `invoice:${invoiceId}`,
        cause: { kind: 'invoice', id: invoiceId },
        data: {
          name: customer.name,
          number: invoice.number,
          dueOn: longDay(invoice.dueOn, customer.locale),
          lines: invoice.lines.map(({ description, period, amountMinor }) => ({
            description: period ? `${description}, ${periodWords(period, customer.locale)}` : description,
            amount: money(amountMinor),
          })),
          total: money(invoice.totalMinor),
          paid: invoice.paidMinor > 0n ? money(invoice.paidMinor) : null,
          owed: money(invoice.totalMinor - invoice.paidMinor),
          charged: charge && money(charge.amountMinor),
          chargedTo: charge?.label ?? null,
          chargedOn: charge && longDay(charge.on, customer.locale),
          url: shopLink(tx.app, `/portal/invoices/${invoiceId}`),
        },
      }),
    );
  },
});
