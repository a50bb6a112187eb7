/** Money by card, through Stripe's own library and a simulated Stripe that signs its webhooks. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { visitCheckout } from '../../gateways/stripe/simulator/customer.ts';
import { sign } from '../../gateways/stripe/simulator/webhooks.ts';
import { presentInvoice } from '../src/billing/present.ts';
import { voidInvoice } from '../src/billing/void-invoice.ts';
import { askAgain } from '../src/payments/ask-again.ts';
import { makeMethodDefault, removeMethod } from '../src/payments/change-saved-method.ts';
import { giveUpPayment } from '../src/payments/give-up-payment.ts';
import { listSavedMethods } from '../src/payments/list-saved-methods.ts';
import { recordPayment } from '../src/payments/record-payment.ts';
import { refundPayment } from '../src/payments/refund-payment.ts';
import { resolveRefundJob } from '../src/payments/resolve-refund.job.ts';
import { sweepPaymentsJob } from '../src/payments/sweep-payments.job.ts';
import { testGateway } from '../src/payments/test-gateway.ts';
import { writeGateway } from '../src/payments/write-gateway.ts';
import { type CardShop, openCardShop, TEST_CARDS } from './card-shop.ts';

let shop: CardShop;
beforeAll(async () => {
  shop = await openCardShop();
});
afterAll(() => shop.close());
afterEach(async () => {
  shop.stripe.clearFaults();
  shop.stripe.webhooks.deliver('now');
  await shop.stripe.webhooks.release();
  await shop.settle();
});

const unpaid = async (totalMinor?: bigint) => {
  const customerId = await shop.customer();
  return { customerId, invoiceId: await shop.invoice(customerId, totalMinor) };
};
const state = async (invoiceId: string) => (await shop.show(invoiceId)).state;
const states = async (invoiceId: string) => (await shop.show(invoiceId)).payments.map((payment) => payment.state);
const openAlertsAbout = async (paymentId: string) => {
  const rows = await shop.app.db
    .selectFrom('alert')
    .select('kind')
    .where('subjectId', '=', paymentId)
    .where('resolvedAt', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(({ kind }) => kind);
};
const takenAtStripe = (customerId: string) =>
  shop.stripe
    .charges()
    .filter(({ metadata, paid }) => paid && metadata.hostwright_customer === customerId)
    .reduce((sum, { amount }) => sum + amount, 0);
const mailsFor = (customerId: string) =>
  shop.mails.filter((mail) => mail.customerId === customerId).map(({ template }) => template);
const sweep = async () => {
  shop.clock.advance({ minutes: 10 });
  await shop.ctx.transaction((tx) => tx.app.jobs.enqueue(tx, sweepPaymentsJob, {}));
  await shop.app.jobs.followClock();
  await shop.settle();
};

describe('paying on the page', () => {
  test('a paid invoice is settled once, with the fee and a receipt, before the customer is back', async () => {
    const { customerId, invoiceId } = await unpaid(1999n);
    const { returnedTo } = await shop.pay(customerId, invoiceId);
    await shop.settle();
    expect(await state(invoiceId)).toBe('paid');
    expect(await shop.payments(invoiceId)).toMatchObject([{ state: 'settled', amountMinor: 1999n, feeMinor: 55n }]);
    expect(await shop.comeBack(returnedTo)).toBe(`/portal/invoices/${invoiceId}`);
    expect([takenAtStripe(customerId), await shop.credit(customerId)]).toEqual([1999, 0n]);
    expect(mailsFor(customerId).filter((template) => template === 'receipt')).toHaveLength(1);
  });

  test('a declined card can be followed by a good one on the same page', async () => {
    const { customerId, invoiceId } = await unpaid();
    const { error, page } = await shop.pay(customerId, invoiceId, { card: TEST_CARDS.noFunds });
    expect(error).toBe('Your card has insufficient funds.');
    await shop.settle();
    expect((await shop.show(invoiceId)).payments).toMatchObject([{ state: 'waiting', message: error }]);
    await visitCheckout(page, { number: TEST_CARDS.pays });
    await shop.settle();
    expect(await state(invoiceId)).toBe('paid');
    expect(takenAtStripe(customerId)).toBe(1000);
    expect(mailsFor(customerId)).not.toContain('payment_declined');
  });

  test('a bank that asks for 3-D Secure is answered on the page; a refusal leaves the invoice unpaid', async () => {
    const { customerId, invoiceId } = await unpaid();
    const refused = await shop.pay(customerId, invoiceId, { card: TEST_CARDS.secure, atBank: 'refuse' });
    expect(refused.returnedTo).toBeNull();
    await shop.settle();
    expect(await state(invoiceId)).toBe('unpaid');
    await shop.pay(customerId, invoiceId, { card: TEST_CARDS.secure });
    await shop.settle();
    expect(await state(invoiceId)).toBe('paid');
    expect(takenAtStripe(customerId)).toBe(1000);
  });

  test('pressing Pay again takes the first page away, so that only one can be paid', async () => {
    const { customerId, invoiceId } = await unpaid();
    const first = await shop.start(customerId, invoiceId);
    const second = await shop.start(customerId, invoiceId);
    await expect(visitCheckout(first, { number: TEST_CARDS.pays })).rejects.toThrow('cannot be used');
    await visitCheckout(second, { number: TEST_CARDS.pays });
    await shop.settle();
    expect((await shop.show(invoiceId)).payments.map((payment) => payment.state)).toEqual(['declined', 'settled']);
    expect(takenAtStripe(customerId)).toBe(1000);
    expect(mailsFor(customerId)).not.toContain('payment_declined');
  });

  test('however often Pay is pressed at the same moment, one page at most can be paid', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { customerId, invoiceId } = await unpaid();
      const pressed = await Promise.allSettled(Array.from({ length: 6 }, () => shop.start(customerId, invoiceId)));
      const pages = pressed.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      const paid = await Promise.allSettled(pages.map((page) => visitCheckout(page, { number: TEST_CARDS.pays })));
      expect(paid.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      await shop.settle();
      const money = [await state(invoiceId), takenAtStripe(customerId), await shop.credit(customerId)];
      expect(money).toEqual(['paid', 1000, 0n]);
    }
  });

  test('a page that was paid while the invoice was paid otherwise becomes credit, and an unpaid one is taken away', async () => {
    const { customerId, invoiceId } = await unpaid();
    const page = await shop.start(customerId, invoiceId);
    await voidInvoice(shop.ctx, { invoiceId });
    await visitCheckout(page, { number: TEST_CARDS.pays });
    await shop.settle();
    expect([await state(invoiceId), await shop.credit(customerId)]).toEqual(['void', 1000n]);

    const other = await unpaid();
    const left = await shop.start(other.customerId, other.invoiceId);
    await voidInvoice(shop.ctx, { invoiceId: other.invoiceId });
    await sweep();
    await expect(visitCheckout(left, { number: TEST_CARDS.pays })).rejects.toThrow('cannot be used');
  });

  test('a page that could not be opened, or whose address was lost on the way, is simply tried again', async () => {
    for (const fault of ['error_before', 'lose_answer'] as const) {
      const { customerId, invoiceId } = await unpaid();
      shop.stripe.addFault({ on: 'POST /v1/checkout/sessions', kind: fault, times: 2 });
      await expect(shop.start(customerId, invoiceId)).rejects.toThrow('declined: The payment page could not be opened');
      shop.stripe.clearFaults();
      await shop.pay(customerId, invoiceId);
      await shop.settle();
      expect([await state(invoiceId), takenAtStripe(customerId)]).toEqual(['paid', 1000]);
    }
  });

  test('a key that Stripe does not accept any more is told to staff once, and to customers kindly', async () => {
    const settings = { webhookSecret: '', apiUrl: shop.stripe.url };
    const set = (secretKey: string) =>
      writeGateway(shop.ctx, { gatewayId: 'stripe', enabled: true, position: 0, settings: { ...settings, secretKey } });
    const { updatedAt: _, ...valid } = await shop.app.db
      .selectFrom('gatewaySetting')
      .selectAll()
      .where('gatewayId', '=', 'stripe')
      .executeTakeFirstOrThrow();
    await set('sk_test_revoked_since');
    for (let count = 0; count < 2; count += 1) {
      const { customerId, invoiceId } = await unpaid();
      await expect(shop.start(customerId, invoiceId)).rejects.toThrow('does not work at the moment');
    }
    expect((await shop.alerts()).filter((kind) => kind === 'gateway_needs_staff')).toHaveLength(1);

    // Accepted again without a word to the shop: the first customer who pays ends it.
    const kept = { settings: JSON.stringify(valid.settings), sealedSecrets: JSON.stringify(valid.sealedSecrets) };
    await shop.app.db.updateTable('gatewaySetting').set(kept).where('gatewayId', '=', 'stripe').execute();
    const { customerId, invoiceId } = await unpaid();
    await shop.pay(customerId, invoiceId);
    await shop.settle();
    expect(await shop.alerts()).not.toContain('gateway_needs_staff');
  });

  test('a customer whom Stripe does not know any more is made known anew', async () => {
    const { customerId, invoiceId } = await unpaid();
    await shop.start(customerId, invoiceId);
    const change = { reference: `cus_of_another_account_${customerId}` };
    await shop.app.db.updateTable('gatewayCustomer').set(change).where('customerId', '=', customerId).execute();
    await expect(shop.start(customerId, invoiceId)).rejects.toThrow('declined');
    await shop.pay(customerId, invoiceId);
    await shop.settle();
    expect([await state(invoiceId), takenAtStripe(customerId)]).toEqual(['paid', 1000]);
  });
});

describe('webhooks', () => {
  const post = async (body: string, signature: string) => {
    const headers = { 'stripe-signature': signature, 'content-type': 'application/json' };
    return (await fetch(shop.webhookUrl, { method: 'POST', body, headers })).status;
  };
  const nowSeconds = () => Math.floor(shop.clock.now().getTime() / 1000);

  test('lost ones are made up for when the customer comes back', async () => {
    shop.stripe.webhooks.deliver('drop');
    const { customerId, invoiceId } = await unpaid();
    const { returnedTo } = await shop.pay(customerId, invoiceId);
    expect(await state(invoiceId)).toBe('unpaid');
    await shop.comeBack(returnedTo);
    expect(await state(invoiceId)).toBe('paid');
  });

  test('lost ones are made up for by asking when the customer never comes back', async () => {
    shop.stripe.webhooks.deliver('drop');
    const { customerId, invoiceId } = await unpaid();
    await shop.pay(customerId, invoiceId);
    await sweep();
    expect([await state(invoiceId), takenAtStripe(customerId)]).toEqual(['paid', 1000]);
  });

  test('twice, reversed and late, with the customer back in between, they settle once', async () => {
    const { customerId, invoiceId } = await unpaid();
    shop.stripe.webhooks.deliver('hold');
    const { returnedTo } = await shop.pay(customerId, invoiceId);
    await shop.comeBack(returnedTo);
    await shop.stripe.webhooks.release({ order: 'reversed' });
    shop.stripe.webhooks.deliver('twice');
    const other = await unpaid();
    await shop.pay(other.customerId, other.invoiceId);
    await shop.settle();
    for (const one of [{ customerId, invoiceId }, other]) {
      expect((await shop.show(one.invoiceId)).payments).toMatchObject([{ state: 'settled' }]);
      expect([takenAtStripe(one.customerId), await shop.credit(one.customerId)]).toEqual([1000, 0n]);
    }
  });

  test('a message sent again as it was is heeded once, and after five minutes refused', async () => {
    const { customerId, invoiceId } = await unpaid();
    await shop.pay(customerId, invoiceId);
    await shop.settle();
    const sent = shop.stripe.webhooks.sent().findLast(({ type }) => type === 'checkout.session.completed');
    if (!sent) throw new Error('Nothing was sent.');
    expect(await post(sent.body, sent.signature)).toBe(204);
    shop.clock.advance({ minutes: 6 });
    expect(await post(sent.body, sent.signature)).toBe(422);
    await shop.settle();
    expect((await shop.show(invoiceId)).payments).toHaveLength(1);
  });

  test('forged ones are refused: no signature, another secret, a changed body', async () => {
    const { customerId, invoiceId } = await unpaid();
    const page = await shop.start(customerId, invoiceId);
    const [payment] = await shop.payments(invoiceId);
    const session = {
      object: 'checkout.session',
      mode: 'payment',
      client_reference_id: payment?.id,
      payment_status: 'paid',
    };
    const event = { id: 'evt_forged', object: 'event', type: 'checkout.session.completed', data: { object: session } };
    const body = JSON.stringify(event);
    expect(await post(body, '')).toBe(422);
    expect(await post(body, sign(body, 'whsec_mine', nowSeconds()))).toBe(422);
    const real = shop.stripe.webhooks.sent().at(-1);
    expect(await post(body, real?.signature ?? '')).toBe(422);
    await shop.settle();
    expect(await state(invoiceId)).toBe('unpaid');
    expect(page).toContain('/c/pay/');
  });

  test('a genuine message that says paid moves nothing when Stripe itself does not know of the money', async () => {
    const { customerId, invoiceId } = await unpaid();
    await shop.start(customerId, invoiceId);
    const [payment] = await shop.payments(invoiceId);
    const secret = shop.stripe.addWebhook(shop.webhookUrl);
    const session = {
      object: 'checkout.session',
      mode: 'payment',
      client_reference_id: payment?.id,
      payment_status: 'paid',
    };
    const event = {
      id: 'evt_too_early',
      object: 'event',
      type: 'checkout.session.completed',
      data: { object: session },
    };
    const body = JSON.stringify(event);
    expect(await post(body, sign(body, secret, nowSeconds()))).toBe(204);
    await shop.settle();
    expect((await shop.show(invoiceId)).payments).toMatchObject([{ state: 'waiting' }]);
  });

  test('what does not concern the shop is taken quietly', async () => {
    const secret = shop.stripe.addWebhook(shop.webhookUrl);
    for (const [type, object] of [
      ['invoice.paid', { object: 'invoice' }],
      ['payment_intent.succeeded', { object: 'payment_intent', metadata: {} }],
      ['payment_intent.succeeded', { object: 'payment_intent', metadata: { hostwright_payment: 'another shop' } }],
    ] as const) {
      const body = JSON.stringify({ id: `evt_${type}`, object: 'event', type, data: { object } });
      expect(await post(body, sign(body, secret, nowSeconds()))).toBe(204);
    }
    expect((await fetch(shop.webhookUrl.replace('stripe', 'manual'), { method: 'POST' })).status).toBe(404);
  });

  test.each([
    ['another amount', { amountMinor: 1n }],
    ['another invoice', { invoice: 'other' }],
    ['another customer', { customer: 'other' }],
  ])('money for %s is not counted, staff are told, and the invoice is not charged again', async (_, wrong) => {
    const { customerId, invoiceId } = await unpaid();
    const page = await shop.start(customerId, invoiceId);
    const [payment] = await shop.payments(invoiceId);
    const stranger = await unpaid();
    const change = {
      ...('amountMinor' in wrong ? { amountMinor: wrong.amountMinor } : {}),
      ...('invoice' in wrong ? { invoiceId: stranger.invoiceId } : {}),
      ...('customer' in wrong ? { customerId: stranger.customerId } : {}),
    };
    // As if what we asked for had been another thing than what was paid.
    await shop.app.db
      .updateTable('payment')
      .set(change)
      .where('id', '=', payment?.id ?? '')
      .execute();
    await visitCheckout(page, { number: TEST_CARDS.pays });
    await shop.settle();
    expect(await state(invoiceId)).toBe('unpaid');
    expect(await state(stranger.invoiceId)).toBe('unpaid');
    expect(await shop.alerts()).toContain('payment_mismatch');
  });

  test('what was paid wrongly can be given up; the invoice is paid another way, and told again it stays given up', async () => {
    const { customerId, invoiceId } = await unpaid();
    const page = await shop.start(customerId, invoiceId);
    const [wrong] = await shop.payments(invoiceId);
    const paymentId = wrong?.id ?? '';
    await shop.app.db.updateTable('payment').set({ amountMinor: 1n }).where('id', '=', paymentId).execute();
    await visitCheckout(page, { number: TEST_CARDS.pays });
    await shop.settle();
    shop.clock.advance({ minutes: 2 });
    await askAgain(shop.ctx, { paymentId });
    expect(await states(invoiceId)).toEqual(['unknown']);

    await giveUpPayment(shop.ctx, { paymentId, reason: 'Another amount was taken; we sent it back.' });
    expect(await shop.payments(invoiceId)).toMatchObject([
      { state: 'declined', message: 'Another amount was taken; we sent it back.' },
    ]);
    expect(await openAlertsAbout(paymentId)).toEqual([]);
    await shop.pay(customerId, invoiceId);
    await shop.settle();
    expect(await state(invoiceId)).toBe('paid');

    await askAgain(shop.ctx, { paymentId });
    expect(await states(invoiceId)).toEqual(expect.arrayContaining(['declined', 'settled']));
    expect(await openAlertsAbout(paymentId)).toEqual(['payment_mismatch']);
  });

  test('a payment of an account that is lost can be given up, and money that turns up later becomes credit', async () => {
    const { customerId, invoiceId } = await unpaid();
    shop.stripe.webhooks.deliver('drop');
    await visitCheckout(await shop.start(customerId, invoiceId), { number: TEST_CARDS.pays });
    const [payment] = await shop.payments(invoiceId);
    const paymentId = payment?.id ?? '';
    shop.clock.advance({ minutes: 2 });
    shop.stripe.addFault({ on: 'GET /v1/checkout/sessions/{id}', kind: 'error_before' });
    await expect(askAgain(shop.ctx, { paymentId })).rejects.toMatchObject({ code: 'gateway_silent' });
    await giveUpPayment(shop.ctx, { paymentId, reason: 'The provider closed our account.' });
    await giveUpPayment(shop.ctx, { paymentId, reason: 'Asked twice' });
    await recordPayment(shop.ctx, { invoiceId, amountMinor: 1000n, reference: `transfer ${invoiceId}` });
    expect(await state(invoiceId)).toBe('paid');

    shop.stripe.clearFaults();
    await askAgain(shop.ctx, { paymentId });
    await shop.settle();
    expect(await shop.credit(customerId)).toBe(1000n);
    expect(await openAlertsAbout(paymentId)).toEqual(['paid_too_much']);
  });

  test('what the provider has, or is at work on, is not given up', async () => {
    const reason = 'Enough waiting';
    const { customerId, invoiceId } = await unpaid();
    shop.stripe.webhooks.deliver('drop');
    const page = await shop.start(customerId, invoiceId);
    const [paid] = await shop.payments(invoiceId);
    await expect(giveUpPayment(shop.ctx, { paymentId: paid?.id ?? '', reason })).rejects.toMatchObject({
      code: 'payment_not_decided',
    });
    await visitCheckout(page, { number: TEST_CARDS.pays });
    const slow = await unpaid();
    await visitCheckout(await shop.start(slow.customerId, slow.invoiceId), { number: TEST_CARDS.slow });
    const [waits] = await shop.payments(slow.invoiceId);
    const left = await unpaid();
    const leftPage = await shop.start(left.customerId, left.invoiceId);
    const [waiting] = await shop.payments(left.invoiceId);
    shop.clock.advance({ minutes: 2 });
    const give = (payment?: { id: string }) => giveUpPayment(shop.ctx, { paymentId: payment?.id ?? '', reason });
    await expect(give(paid)).rejects.toMatchObject({ code: 'payment_settled' });
    expect(await state(invoiceId)).toBe('paid');
    await expect(give(waits)).rejects.toMatchObject({ code: 'payment_not_decided' });
    await give(waiting);
    expect(await states(left.invoiceId)).toEqual(['declined']);
    expect(await (await fetch(leftPage)).text()).toContain('This page is done');
  });

  test('a dispute and a refund made at Stripe are told to staff', async () => {
    const { customerId, invoiceId } = await unpaid();
    await shop.pay(customerId, invoiceId);
    await shop.settle();
    const [payment] = await shop.payments(invoiceId);
    shop.stripe.refundInDashboard(payment?.reference ?? '', 100);
    shop.stripe.dispute(payment?.reference ?? '');
    await shop.settle();
    expect(await shop.alerts()).toEqual(expect.arrayContaining(['payment_disputed', 'refunded_elsewhere']));
  });

  test.each([
    'won',
    'lost',
  ] as const)('a payment is marked as disputed, and then as %s; the books wait for staff', async (end) => {
    const { customerId, invoiceId } = await unpaid();
    await shop.pay(customerId, invoiceId);
    await shop.settle();
    const [payment] = await shop.payments(invoiceId);
    expect(payment).toMatchObject({ state: 'settled', disputeState: null, disputedAt: null });
    const disputeId = shop.stripe.dispute(payment?.reference ?? '');
    await shop.settle();
    const about = { state: 'settled', disputeMinor: 1000n, disputeReason: 'fraudulent', disputedAt: shop.clock.now() };
    expect(await shop.payments(invoiceId)).toMatchObject([{ ...about, disputeState: 'open' }]);
    expect((await shop.show(invoiceId)).payments).toMatchObject([{ ...about, disputeState: 'open' }]);

    shop.clock.advance({ minutes: 10 });
    shop.stripe.closeDispute(disputeId, end);
    await shop.settle();
    expect(await shop.payments(invoiceId)).toMatchObject([{ ...about, disputeState: end }]);
    expect(await state(invoiceId)).toBe('paid');
    expect(await shop.alerts()).toContain(`dispute_${end}`);
  });

  test('told in another order, what is decided is not opened again', async () => {
    const { customerId, invoiceId } = await unpaid();
    await shop.pay(customerId, invoiceId);
    await shop.settle();
    const [payment] = await shop.payments(invoiceId);
    shop.stripe.webhooks.deliver('hold');
    shop.stripe.closeDispute(shop.stripe.dispute(payment?.reference ?? ''), 'lost');
    await shop.stripe.webhooks.release({ order: 'reversed' });
    await shop.settle();
    expect(await shop.payments(invoiceId)).toMatchObject([{ disputeState: 'lost' }]);
  });
});

describe('saved cards', () => {
  test('a card left on its page is charged while the customer is away', async () => {
    const customerId = await shop.customerWithCard();
    const { items } = await listSavedMethods(shop.ctx, { customerId });
    expect(items).toMatchObject([{ label: 'Visa •••• 4242', expiresIn: '2034-12', isDefault: true }]);
    const invoiceId = await shop.invoice(customerId);
    expect(await shop.chargeSaved(invoiceId)).toEqual({ outcome: 'paid', message: '' });
    expect(await shop.chargeSaved(invoiceId)).toEqual({ outcome: 'paid', message: '' });
    expect([await state(invoiceId), takenAtStripe(customerId)]).toEqual(['paid', 1000]);
  });

  test('a card kept while paying is there for the next invoice', async () => {
    const { customerId, invoiceId } = await unpaid();
    await shop.pay(customerId, invoiceId, { card: TEST_CARDS.secureOnce, keep: true });
    await shop.settle();
    const next = await shop.invoice(customerId, 2500n);
    expect(await shop.chargeSaved(next)).toMatchObject({ outcome: 'paid' });
    expect(takenAtStripe(customerId)).toBe(3500);
  });

  test('a card nobody asked to keep is not kept', async () => {
    const { customerId, invoiceId } = await unpaid();
    await shop.pay(customerId, invoiceId);
    await shop.settle();
    expect((await listSavedMethods(shop.ctx, { customerId })).items).toEqual([]);
    expect(await shop.chargeSaved(await shop.invoice(customerId))).toMatchObject({ outcome: 'no_method' });
  });

  test('a bank that wants the customer leaves the invoice unpaid, writes to them, and is answered on the page', async () => {
    const customerId = await shop.customerWithCard(TEST_CARDS.secureAlways);
    const invoiceId = await shop.invoice(customerId);
    expect(await shop.chargeSaved(invoiceId)).toEqual({
      outcome: 'action_needed',
      message: 'Your bank asks you to confirm this payment.',
    });
    expect(await state(invoiceId)).toBe('unpaid');
    const [mail] = shop.mails.filter(
      (sent) => sent.template === 'payment_action_needed' && sent.customerId === customerId,
    );
    expect(mail?.data.url).toContain(`/portal/invoices/${invoiceId}`);
    expect(mailsFor(customerId)).not.toContain('payment_declined');
    await shop.pay(customerId, invoiceId, { card: TEST_CARDS.secureAlways });
    await shop.settle();
    expect([await state(invoiceId), takenAtStripe(customerId)]).toEqual(['paid', 1000]);
  });

  test('a declined card says why, writes to the customer, and can be tried again', async () => {
    const customerId = await shop.customerWithCard(TEST_CARDS.failsLater);
    const invoiceId = await shop.invoice(customerId);
    expect(await shop.chargeSaved(invoiceId)).toMatchObject({
      outcome: 'declined',
      message: 'Your card was declined. Please try another card, or ask your bank.',
    });
    expect(mailsFor(customerId)).toContain('payment_declined');
    expect(await shop.chargeSaved(invoiceId)).toMatchObject({ outcome: 'declined' });
    expect(takenAtStripe(customerId)).toBe(0);
  });

  test('charging at the same moment, and losing the answer, take the money once', async () => {
    const customerId = await shop.customerWithCard();
    const together = await shop.invoice(customerId);
    await Promise.allSettled(Array.from({ length: 5 }, () => shop.chargeSaved(together)));
    expect([await state(together), takenAtStripe(customerId)]).toEqual(['paid', 1000]);

    const lost = await shop.invoice(customerId);
    shop.stripe.addFault({ on: 'POST /v1/payment_intents', kind: 'lose_answer', times: 2 });
    shop.stripe.webhooks.deliver('drop');
    expect(await shop.chargeSaved(lost)).toMatchObject({ outcome: 'unknown' });
    // Refused until the job has found out, and from then on paid already.
    const again = await shop.chargeSaved(lost).catch((error: { code: string }) => error);
    expect(again).toMatchObject('code' in again ? { code: 'payment_in_progress' } : { outcome: 'paid' });
    await shop.settle();
    expect([await state(lost), takenAtStripe(customerId)]).toEqual(['paid', 2000]);
  });

  test('a page that is open is taken away before the saved card is charged', async () => {
    const customerId = await shop.customerWithCard();
    const invoiceId = await shop.invoice(customerId);
    const page = await shop.start(customerId, invoiceId);
    expect(await shop.chargeSaved(invoiceId)).toMatchObject({ outcome: 'paid' });
    await expect(visitCheckout(page, { number: TEST_CARDS.pays })).rejects.toThrow('cannot be used');
    expect(takenAtStripe(customerId)).toBe(1000);
  });

  test('the default is chosen by the customer, and a removed card gives its place to another', async () => {
    const customerId = await shop.customerWithCard();
    const stranger = await shop.customer();
    const invoiceId = await shop.invoice(customerId);
    await shop.pay(customerId, invoiceId, { card: '5555 5555 5555 4444', keep: true });
    await shop.settle();
    const list = async () => (await listSavedMethods(shop.ctx, { customerId })).items;
    const [visa, mastercard] = await list();
    expect([visa?.label, mastercard?.label]).toEqual(['Visa •••• 4242', 'Mastercard •••• 4444']);
    const theirs = { savedMethodId: mastercard?.id ?? '', customerId: stranger };
    await expect(makeMethodDefault(shop.ctx, theirs)).rejects.toMatchObject({ code: 'payment_method_not_found' });
    await expect(removeMethod(shop.ctx, theirs)).rejects.toMatchObject({ code: 'payment_method_not_found' });
    await makeMethodDefault(shop.ctx, { ...theirs, customerId });
    expect((await list()).map(({ isDefault }) => isDefault)).toEqual([true, false]);
    await removeMethod(shop.ctx, { ...theirs, customerId });
    expect(await list()).toMatchObject([{ id: visa?.id, isDefault: true }]);
    await expect(removeMethod(shop.ctx, { ...theirs, customerId })).rejects.toMatchObject({ status: 404 });
  });
});

describe('refunds', () => {
  const settled = async (totalMinor = 1000n) => {
    const { customerId, invoiceId } = await unpaid(totalMinor);
    await shop.pay(customerId, invoiceId);
    await shop.settle();
    const [payment] = await shop.payments(invoiceId);
    if (!payment) throw new Error('It was not paid.');
    return { customerId, invoiceId, paymentId: payment.id };
  };
  const refund = (paymentId: string, amountMinor?: bigint, target: 'gateway' | 'credit' | 'by_hand' = 'gateway') =>
    refundPayment(shop.ctx, { paymentId, amountMinor, target, reason: 'Asked for' });
  const givenBack = (customerId: string) =>
    shop.stripe
      .charges()
      .filter(({ metadata }) => metadata.hostwright_customer === customerId)
      .reduce((sum, charge) => sum + charge.amount_refunded, 0);

  test('in full, in parts, and never more than was paid', async () => {
    const { customerId, invoiceId, paymentId } = await settled();
    await refund(paymentId, 300n);
    await expect(refund(paymentId, 701n)).rejects.toMatchObject({
      code: 'refund_too_large',
      details: { refundableMinor: 700 },
    });
    await refund(paymentId);
    await expect(refund(paymentId)).rejects.toMatchObject({ code: 'refund_too_large' });
    await shop.settle();
    const [payment] = await shop.payments(invoiceId);
    expect(payment).toMatchObject({
      refundedMinor: 1000n,
      refundableMinor: 0n,
      refunds: [
        { state: 'done', amountMinor: 300n },
        { state: 'done', amountMinor: 700n },
      ],
    });
    expect([givenBack(customerId), await state(invoiceId), await shop.credit(customerId)]).toEqual([1000, 'paid', 0n]);
    const { payments } = await presentInvoice(shop.ctx, { invoiceId, customerId });
    expect(payments).toMatchObject([{ amountMinor: 1000n, refundedMinor: 1000n }]);
    expect(await shop.alerts()).not.toContain('refund_returned');
  });

  test('at the same moment they stay within what was paid', async () => {
    const { customerId, paymentId } = await settled();
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => refund(paymentId, 400n)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(givenBack(customerId)).toBe(800);
  });

  test('one whose answer was lost is given once', async () => {
    const { customerId, invoiceId, paymentId } = await settled();
    shop.stripe.addFault({ on: 'POST /v1/refunds', kind: 'lose_answer', times: 2 });
    shop.stripe.webhooks.deliver('drop');
    await refund(paymentId, 400n);
    expect((await shop.payments(invoiceId))[0]?.refunds).toMatchObject([{ state: 'pending' }]);
    const refundId = (await shop.payments(invoiceId))[0]?.refunds[0]?.id ?? '';
    await resolveRefundJob.gaveUp?.({ refundId }, new Error('no answer'), { ctx: shop.ctx });
    expect(await shop.alerts()).toContain('refund_unknown');
    await sweep();
    expect((await shop.payments(invoiceId))[0]?.refunds).toMatchObject([{ state: 'done', amountMinor: 400n }]);
    expect(await shop.alerts()).not.toContain('refund_unknown');
    expect(givenBack(customerId)).toBe(400);
  });

  test('one that Stripe refuses says why and leaves the money refundable', async () => {
    const { invoiceId, paymentId } = await settled();
    const [before] = await shop.payments(invoiceId);
    shop.stripe.refundInDashboard(before?.reference ?? '', 900);
    await refund(paymentId, 500n);
    const [after] = await shop.payments(invoiceId);
    expect(after?.refunds).toMatchObject([{ state: 'refused', message: expect.stringMatching(/./) }]);
    expect(after?.refundableMinor).toBe(1000n);
  });

  test('as credit it can be spent, and is not given as money too', async () => {
    const { customerId, invoiceId, paymentId } = await settled();
    await refund(paymentId, 600n, 'credit');
    expect(await shop.credit(customerId)).toBe(600n);
    await expect(refund(paymentId, 500n)).rejects.toMatchObject({ details: { refundableMinor: 400 } });
    await refund(paymentId, undefined, 'by_hand');
    expect((await shop.payments(invoiceId))[0]).toMatchObject({ refundedMinor: 1000n, refundableMinor: 0n });
  });

  test('money that had become credit takes the credit with it, and credit that was spent stays', async () => {
    const { customerId, invoiceId } = await unpaid();
    const page = await shop.start(customerId, invoiceId);
    await voidInvoice(shop.ctx, { invoiceId });
    await visitCheckout(page, { number: TEST_CARDS.pays });
    await shop.settle();
    const [payment] = await shop.payments(invoiceId);
    expect(await shop.credit(customerId)).toBe(1000n);
    await shop.giveCredit(customerId, -300n);
    await expect(refund(payment?.id ?? '', 800n)).rejects.toMatchObject({ details: { refundableMinor: 700 } });
    await refund(payment?.id ?? '', 700n);
    expect([await shop.credit(customerId), givenBack(customerId)]).toEqual([0n, 700]);
  });

  test('what is not settled, and what no gateway can give back, is refused', async () => {
    const { customerId, invoiceId } = await unpaid();
    await shop.start(customerId, invoiceId);
    const [waiting] = await shop.payments(invoiceId);
    await expect(refund(waiting?.id ?? '')).rejects.toMatchObject({ code: 'payment_not_settled' });
  });
});

describe('setting it up', () => {
  const test_ = (settings: Record<string, string>) => testGateway(shop.ctx, { gatewayId: 'stripe', settings });

  test('good settings say what they can, blank secrets being the stored ones', async () => {
    const report = await test_({ secretKey: '', webhookSecret: '', apiUrl: shop.stripe.url });
    expect(report).toMatchObject({ ok: true, problems: [] });
    expect(report.facts.join(' ')).toContain('test key');
    expect(report.facts.join(' ')).toContain(shop.webhookUrl);
  });

  test('a wrong key and an unreachable address say what to do, without the key', async () => {
    const wrong = await test_({ secretKey: 'sk_test_somebody_elses_key', webhookSecret: '', apiUrl: shop.stripe.url });
    expect(wrong.ok).toBe(false);
    expect(JSON.stringify(wrong)).not.toContain('somebody_elses_key');
    expect(await test_({ secretKey: '', webhookSecret: '', apiUrl: 'http://127.0.0.1:9' })).toMatchObject({
      ok: false,
    });
  });
});
