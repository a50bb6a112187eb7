/** A shop that takes cards through a simulated Stripe: over HTTP, with working jobs, and mail kept in a list. */
import { uuidv7 } from 'uuidv7';
import { type VisitEnd, visitCheckout } from '../../gateways/stripe/simulator/customer.ts';
import { type StripeSimulator, startStripeSimulator } from '../../gateways/stripe/simulator.ts';
import { addCredit } from '../src/billing/add-credit.ts';
import { issueInvoice } from '../src/billing/issue-invoice.ts';
import { presentCredit, presentInvoice } from '../src/billing/present.ts';
import { startHttp } from '../src/http/server.ts';
import type { NewMail } from '../src/kit/outbox.ts';
import { chargeSavedMethod } from '../src/payments/charge-saved-method.ts';
import { payInvoice } from '../src/payments/pay-invoice.ts';
import { readPayment } from '../src/payments/read-payment.ts';
import { saveMethod } from '../src/payments/save-method.ts';
import { writeGateway } from '../src/payments/write-gateway.ts';
import { JOBS } from '../src/worker.ts';
import { type TestContext, testContext } from './context.ts';

/** Stripe's own test cards. */
export const TEST_CARDS = {
  pays: '4242 4242 4242 4242',
  declined: '4000 0000 0000 0002',
  noFunds: '4000 0000 0000 9995',
  failsLater: '4000 0000 0000 0341',
  /** A direct debit: `stripe.bankDecides` says how it ends. */
  slow: '61 1904 3002 3457 3201',
  /** `stripe.finishRefund` says how its refunds end. */
  refundsWait: '4000 0000 0000 7726',
  secure: '4000 0000 0000 3220',
  secureOnce: '4000 0025 0000 3155',
  secureAlways: '4000 0027 6000 3184',
};

export interface CardShop extends TestContext {
  stripe: StripeSimulator;
  mails: NewMail[];
  webhookUrl: string;
  /** With one user, an owner, whose id is the same. */
  customer(): Promise<string>;
  /** An unpaid invoice; 10.00 EUR when not given. */
  invoice(customerId: string, totalMinor?: bigint): Promise<string>;
  /** Press "Pay". @returns the page to pay on */
  start(customerId: string, invoiceId: string, keep?: boolean): Promise<string>;
  /** Press "Pay" and pay there. Who comes back does so through the shop's return page. */
  pay(
    customerId: string,
    invoiceId: string,
    visit?: { card?: string; keep?: boolean; comesBack?: boolean; atBank?: 'confirm' | 'refuse' },
  ): Promise<VisitEnd & { page: string }>;
  /** Come back to the shop as the browser would. @returns the page of the shop one ends on */
  comeBack(url: string | null): Promise<string>;
  /** A new customer with a saved card. */
  customerWithCard(card?: string): Promise<string>;
  chargeSaved: (invoiceId: string) => ReturnType<typeof chargeSavedMethod>;
  show(invoiceId: string): ReturnType<typeof presentInvoice>;
  /** The payments of an invoice as staff see them. */
  payments(invoiceId: string): Promise<Awaited<ReturnType<typeof readPayment>>[]>;
  credit(customerId: string): Promise<bigint>;
  giveCredit(customerId: string, amountMinor: bigint): Promise<void>;
  /** Every message delivered, every job that is due done. */
  settle(): Promise<void>;
  alerts(): Promise<string[]>;
}

export async function openCardShop(): Promise<CardShop> {
  const mails: NewMail[] = [];
  const context = await testContext({
    now: '2026-03-01T12:00:00Z',
    config: { port: 0, host: '127.0.0.1', publicUrl: undefined },
    app: {
      outbox: {
        queue: async (_, mail) => {
          if (!mails.some(({ idempotencyKey }) => idempotencyKey === mail.idempotencyKey)) mails.push(mail);
          return uuidv7();
        },
      },
    },
  });
  const { app, ctx, clock } = context;
  const http = await startHttp(app, { host: '127.0.0.1', port: 0 });
  app.config.publicUrl = http.url;
  const stripe = await startStripeSimulator({ now: () => clock.now() });
  const webhookUrl = `${http.url}/api/gateways/stripe/webhook`;
  await writeGateway(ctx, {
    gatewayId: 'stripe',
    enabled: true,
    position: 0,
    settings: { secretKey: stripe.secretKey, webhookSecret: stripe.addWebhook(webhookUrl), apiUrl: stripe.url },
  });
  await app.jobs.start(app, JOBS);

  const asCustomer = (customerId: string) =>
    context.as({ kind: 'customer', userId: customerId, customerId, role: 'owner' });
  const show = (invoiceId: string) => presentInvoice(ctx, { invoiceId });
  const shop: CardShop = {
    ...context,
    stripe,
    mails,
    webhookUrl,
    async customer() {
      const id = uuidv7();
      const email = `${id}@customer.test`;
      const createdAt = clock.now();
      const times = { createdAt, updatedAt: createdAt };
      const name = { firstName: 'Carla', lastName: 'Customer' };
      await app.db
        .insertInto('customer')
        .values({ id, email, ...name, currency: 'EUR', ...times })
        .execute();
      await app.db
        .insertInto('loginUser')
        .values({ id, name: 'Carla', email, ...times })
        .execute();
      await app.db
        .insertInto('customerUser')
        .values({ customerId: id, userId: id, role: 'owner', createdAt })
        .execute();
      return id;
    },
    async invoice(customerId, totalMinor = 1000n) {
      const work = { description: 'Work', quantity: 1, unitMinor: totalMinor, amountMinor: totalMinor };
      const lines = [{ kind: 'manual' as const, cause: { kind: 'staff', id: null }, ...work }];
      return (await ctx.transaction((tx) => issueInvoice(tx, { customerId, lines }))).id;
    },
    async start(customerId, invoiceId, keep = false) {
      const order = { customerId, invoiceId, gatewayId: 'stripe', payment: { keep } };
      const { outcome, url, message } = await payInvoice(asCustomer(customerId), order);
      if (outcome !== 'redirect' || url === undefined) throw new Error(`Expected a page, got ${outcome}: ${message}`);
      return url;
    },
    async pay(customerId, invoiceId, { card = TEST_CARDS.pays, keep, comesBack = false, atBank } = {}) {
      const page = await shop.start(customerId, invoiceId, keep);
      const end = await visitCheckout(page, { number: card, atBank });
      if (comesBack) await shop.comeBack(end.returnedTo);
      return { ...end, page };
    },
    async comeBack(url) {
      if (url === null) throw new Error('The customer was not sent back.');
      const answer = await fetch(url, { redirect: 'manual' });
      await answer.text();
      return new URL(answer.headers.get('location') ?? '', http.url).pathname;
    },
    async customerWithCard(card = TEST_CARDS.pays) {
      const customerId = await shop.customer();
      const { url } = await saveMethod(asCustomer(customerId), { customerId, gatewayId: 'stripe' });
      await shop.comeBack((await visitCheckout(url, { number: card })).returnedTo);
      return customerId;
    },
    chargeSaved: (invoiceId) => chargeSavedMethod(ctx, { invoiceId }),
    show,
    async payments(invoiceId) {
      const { payments } = await show(invoiceId);
      return Promise.all(payments.map(({ id }) => readPayment(ctx, id)));
    },
    async credit(customerId) {
      return (await presentCredit(ctx, customerId)).balances[0]?.amountMinor ?? 0n;
    },
    giveCredit: (customerId, amountMinor) =>
      addCredit(ctx, { customerId, currency: 'EUR', amountMinor, reason: 'Gift' }),
    async settle() {
      await stripe.webhooks.settled();
      await app.jobs.drained();
    },
    async alerts() {
      const rows = await app.db.selectFrom('alert').select('kind').where('resolvedAt', 'is', null).execute();
      return rows.map(({ kind }) => kind);
    },
    async close() {
      await http.close();
      await stripe.close();
      await context.close();
    },
  };
  return shop;
}
