/** Attempts to lose, double or misplace money that is paid by card, as a customer, a network or a careless hand would make them. */
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { visitCheckout } from '../../gateways/stripe/simulator/customer.ts';
import { sign } from '../../gateways/stripe/simulator/webhooks.ts';
import { startStripeSimulator } from '../../gateways/stripe/simulator.ts';
import { applyOwnCredit } from '../src/billing/apply-credit.ts';
import { lockInvoice } from '../src/billing/queries.ts';
import { voidInvoice, voidLockedInvoice } from '../src/billing/void-invoice.ts';
import { listSavedMethods } from '../src/payments/list-saved-methods.ts';
import { recordPayment } from '../src/payments/record-payment.ts';
import { refundPayment } from '../src/payments/refund-payment.ts';
import { sweepPaymentsJob } from '../src/payments/sweep-payments.job.ts';
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
  await useKey(shop.stripe.secretKey);
  await shop.stripe.webhooks.release();
  await shop.settle();
});

const unpaid = async (totalMinor?: bigint) => {
  const customerId = await shop.customer();
  return { customerId, invoiceId: await shop.invoice(customerId, totalMinor) };
};
const paid = async (totalMinor?: bigint) => {
  const { customerId, invoiceId } = await unpaid(totalMinor);
  await shop.pay(customerId, invoiceId);
  await shop.settle();
  const [payment] = await shop.payments(invoiceId);
  if (payment?.state !== 'settled') throw new Error('It was not paid.');
  return { customerId, invoiceId, paymentId: payment.id, intentId: payment.reference ?? '' };
};
const state = async (invoiceId: string) => (await shop.show(invoiceId)).state;
const states = async (invoiceId: string) => (await shop.show(invoiceId)).payments.map((payment) => payment.state);
const ofCustomer = (customerId: string) =>
  shop.stripe.charges().filter(({ metadata }) => metadata.hostwright_customer === customerId);
const taken = (customerId: string) =>
  ofCustomer(customerId)
    .filter((charge) => charge.paid)
    .reduce((sum, { amount }) => sum + amount, 0);
const givenBack = (customerId: string) =>
  ofCustomer(customerId).reduce((sum, { amount_refunded: amount }) => sum + amount, 0);
const refund = (paymentId: string, amountMinor?: bigint, target: 'gateway' | 'credit' | 'by_hand' = 'gateway') =>
  refundPayment(shop.ctx, { paymentId, amountMinor, target, reason: 'Asked for' });
const useKey = (secretKey: string, apiUrl = shop.stripe.url) =>
  writeGateway(shop.ctx, {
    gatewayId: 'stripe',
    enabled: true,
    position: 0,
    settings: { secretKey, webhookSecret: '', apiUrl },
  });
const sweep = async (minutes = 10) => {
  shop.clock.advance({ minutes });
  await shop.ctx.transaction((tx) => tx.app.jobs.enqueue(tx, sweepPaymentsJob, {}));
  await shop.app.jobs.followClock();
  await shop.settle();
};
const alertsAbout = async (paymentId: string) => {
  const rows = await shop.app.db
    .selectFrom('alert')
    .select('kind')
    .where('subjectId', '=', paymentId)
    .orderBy('id')
    .execute();
  return rows.map(({ kind }) => kind);
};
const stripeCustomer = async (customerId: string) =>
  (
    await shop.app.db
      .selectFrom('gatewayCustomer')
      .select('reference')
      .where('customerId', '=', customerId)
      .executeTakeFirstOrThrow()
  ).reference;
const deleteAtStripe = async (path: string) => {
  const headers = { authorization: `Bearer ${shop.stripe.secretKey}` };
  expect((await fetch(`${shop.stripe.url}/v1/${path}`, { method: 'DELETE', headers })).status).toBe(200);
};

describe('customers', () => {
  test.each([
    ['in Chinese', { firstName: '小龙', lastName: '李' }],
    ['of great length', { firstName: 'Wolfeschlegelsteinhausenbergerdorff '.repeat(6), lastName: 'Sr.' }],
  ])('one with a name %s can pay', async (_, name) => {
    const { customerId, invoiceId } = await unpaid();
    await shop.app.db.updateTable('customer').set(name).where('id', '=', customerId).execute();
    await shop.pay(customerId, invoiceId);
    await shop.settle();
    expect([await state(invoiceId), taken(customerId)]).toEqual(['paid', 1000]);
  });

  test('one who was deleted at Stripe can pay from the second try on', async () => {
    const { customerId, invoiceId } = await unpaid();
    await shop.start(customerId, invoiceId);
    await deleteAtStripe(`customers/${await stripeCustomer(customerId)}`);
    await expect(shop.start(customerId, invoiceId)).rejects.toThrow('declined');
    await shop.pay(customerId, invoiceId);
    await shop.settle();
    expect([await state(invoiceId), taken(customerId)]).toEqual(['paid', 1000]);
  });

  test('the saved cards of one who was deleted at Stripe are gone once that is noticed', async () => {
    const customerId = await shop.customerWithCard();
    const invoiceId = await shop.invoice(customerId);
    shop.stripe.webhooks.deliver('drop');
    await deleteAtStripe(`customers/${await stripeCustomer(customerId)}`);
    expect(await shop.chargeSaved(invoiceId)).toMatchObject({ outcome: 'declined' });
    expect((await listSavedMethods(shop.ctx, { customerId })).items).toEqual([]);
  });

  test('a card that was taken off at Stripe is said to be gone, and leaves the list', async () => {
    const customerId = await shop.customerWithCard();
    const invoiceId = await shop.invoice(customerId);
    shop.stripe.webhooks.deliver('drop');
    const [method] = await shop.app.db
      .selectFrom('paymentMethod')
      .select('reference')
      .where('customerId', '=', customerId)
      .execute();
    const headers = { authorization: `Bearer ${shop.stripe.secretKey}` };
    await fetch(`${shop.stripe.url}/v1/payment_methods/${method?.reference}/detach`, { method: 'POST', headers });
    expect(await shop.chargeSaved(invoiceId)).toEqual({
      outcome: 'declined',
      message: 'This card is not kept any more. Please pay with another one.',
    });
    await shop.settle();
    expect((await listSavedMethods(shop.ctx, { customerId })).items).toEqual([]);
  });
});

describe('answers that are lost', () => {
  test('a charge that was made before Stripe answered "too many requests" is not called declined', async () => {
    const customerId = await shop.customerWithCard();
    const invoiceId = await shop.invoice(customerId);
    shop.stripe.webhooks.deliver('drop');
    shop.stripe.addFault({ on: 'POST /v1/payment_intents', kind: 'lose_answer', times: 1 });
    shop.stripe.addFault({ on: 'POST /v1/payment_intents', kind: 'rate_limit', times: 1 });
    expect(await shop.chargeSaved(invoiceId)).toMatchObject({ outcome: 'unknown' });
    await shop.settle();
    expect([await state(invoiceId), taken(customerId)]).toEqual(['paid', 1000]);
  });

  test('a charge whose customer was made anew at Stripe is still found', async () => {
    const customerId = await shop.customerWithCard();
    const invoiceId = await shop.invoice(customerId);
    shop.stripe.webhooks.deliver('drop');
    shop.stripe.addFault({ on: 'POST /v1/payment_intents', kind: 'lose_answer', times: 2 });
    shop.stripe.addFault({ on: 'GET /v1/payment_intents', kind: 'error_before', times: 3 });
    expect(await shop.chargeSaved(invoiceId)).toMatchObject({ outcome: 'unknown' });
    const other = await shop.customerWithCard();
    const change = { reference: await stripeCustomer(other) };
    await shop.app.db.deleteFrom('gatewayCustomer').where('customerId', '=', other).execute();
    await shop.app.db.updateTable('gatewayCustomer').set(change).where('customerId', '=', customerId).execute();
    await sweep();
    expect(await states(invoiceId)).not.toContain('declined');
  });

  test('a customer whose making was lost does not hold the invoice up', async () => {
    const { customerId, invoiceId } = await unpaid();
    shop.stripe.addFault({ on: 'POST /v1/customers', kind: 'lose_answer', times: 2 });
    await expect(shop.start(customerId, invoiceId)).rejects.toThrow('The payment page could not be opened');
    shop.stripe.clearFaults();
    await shop.pay(customerId, invoiceId);
    await shop.settle();
    expect([await state(invoiceId), taken(customerId)]).toEqual(['paid', 1000]);
  });

  test('a refund that was made before the key was revoked is not made again', async () => {
    const { customerId, invoiceId, paymentId } = await paid();
    shop.stripe.webhooks.deliver('drop');
    shop.stripe.addFault({ on: 'POST /v1/refunds', kind: 'lose_answer', times: 2 });
    await refund(paymentId, 400n);
    await useKey('sk_test_revoked_since');
    await sweep();
    const [waiting] = await shop.payments(invoiceId);
    expect(waiting).toMatchObject({ refunds: [{ state: 'pending' }], refundableMinor: 600n });
    await useKey(shop.stripe.secretKey);
    await sweep();
    const [payment] = await shop.payments(invoiceId);
    expect(payment).toMatchObject({ refunds: [{ state: 'done' }], refundedMinor: 400n, refundableMinor: 600n });
    expect(givenBack(customerId)).toBe(400);
  });
});

describe('another account', () => {
  test('a page of the account used before is not said to be unpaid because this one does not know it', async () => {
    const { customerId, invoiceId } = await unpaid();
    shop.stripe.webhooks.deliver('drop');
    const page = await shop.start(customerId, invoiceId);
    await visitCheckout(page, { number: TEST_CARDS.pays });
    const other = await startStripeSimulator({ now: () => shop.clock.now() });
    await useKey(other.secretKey, other.url);
    await sweep();
    expect(await states(invoiceId)).toEqual(['waiting']);
    await useKey(shop.stripe.secretKey);
    await other.close();
    await sweep();
    expect([await state(invoiceId), taken(customerId)]).toEqual(['paid', 1000]);
  });
});

describe('money at the wrong time', () => {
  test('money for a void invoice becomes credit, and staff are told', async () => {
    const { customerId, invoiceId } = await unpaid();
    shop.stripe.webhooks.deliver('hold');
    const page = await shop.start(customerId, invoiceId);
    await visitCheckout(page, { number: TEST_CARDS.pays });
    await voidInvoice(shop.ctx, { invoiceId });
    await shop.stripe.webhooks.release();
    await shop.settle();
    expect([await state(invoiceId), await shop.credit(customerId)]).toEqual(['void', 1000n]);
    const [payment] = await shop.payments(invoiceId);
    expect(await alertsAbout(payment?.id ?? '')).toEqual(['paid_too_much']);
    const receipt = shop.mails.find((mail) => mail.template === 'receipt' && mail.customerId === customerId);
    expect(receipt?.data.credit).toBe('€10.00');
  });

  test('a page is taken away as soon as its invoice is paid otherwise or void', async () => {
    for (const how of ['by hand', 'from credit', 'void'] as const) {
      const { customerId, invoiceId } = await unpaid();
      const page = await shop.start(customerId, invoiceId);
      if (how === 'by hand')
        await recordPayment(shop.ctx, { invoiceId, amountMinor: 1000n, reference: `B ${invoiceId}` });
      if (how === 'void') await voidInvoice(shop.ctx, { invoiceId });
      if (how === 'from credit') {
        await shop.giveCredit(customerId, 1000n);
        await applyOwnCredit(shop.ctx, { invoiceId, customerId });
      }
      await shop.settle();
      await expect(visitCheckout(page, { number: TEST_CARDS.pays }), how).rejects.toThrow('cannot be used');
    }
  });

  test('credit that pays a part while the page is open makes the rest of the page credit again', async () => {
    const { customerId, invoiceId } = await unpaid();
    const page = await shop.start(customerId, invoiceId);
    await shop.giveCredit(customerId, 400n);
    await applyOwnCredit(shop.ctx, { invoiceId, customerId });
    await visitCheckout(page, { number: TEST_CARDS.pays });
    await shop.settle();
    expect([await state(invoiceId), await shop.credit(customerId), taken(customerId)]).toEqual(['paid', 400n, 1000]);
  });

  test('what is left of a partly paid invoice is what the card is charged', async () => {
    const { customerId, invoiceId } = await unpaid();
    await recordPayment(shop.ctx, { invoiceId, amountMinor: 300n, reference: `part of ${invoiceId}` });
    await shop.pay(customerId, invoiceId);
    await shop.settle();
    expect([await state(invoiceId), taken(customerId), await shop.credit(customerId)]).toEqual(['paid', 700, 0n]);
  });

  test('a charge that was given up and may have been paid after all is asked after until staff are told', async () => {
    const { customerId, invoiceId } = await unpaid();
    const page = await shop.start(customerId, invoiceId);
    const [payment] = await shop.payments(invoiceId);
    const paymentId = payment?.id ?? '';
    await shop.app.db.updateTable('payment').set({ state: 'declined' }).where('id', '=', paymentId).execute();
    shop.stripe.addFault({ on: 'GET /v1/checkout/sessions/{id}', kind: 'error_before' });
    await visitCheckout(page, { number: TEST_CARDS.pays });
    await shop.stripe.webhooks.settled();
    for (let hours = 0; hours < 100; hours += 4) {
      shop.clock.advance({ hours: 4 });
      await shop.app.jobs.followClock();
      await shop.app.jobs.drained();
    }
    expect(await alertsAbout(paymentId)).toContain('payment_unknown');
  });
});

describe('banks that take their time', () => {
  test('a direct debit holds the invoice until the bank has decided, and then it is paid or open again', async () => {
    for (const decision of ['pays', 'refuses'] as const) {
      const { customerId, invoiceId } = await unpaid();
      await shop.pay(customerId, invoiceId, { card: TEST_CARDS.slow, comesBack: true });
      await shop.settle();
      expect(await states(invoiceId)).toEqual(['unknown']);
      await expect(shop.start(customerId, invoiceId)).rejects.toMatchObject({ code: 'payment_in_progress' });
      await expect(voidInvoice(shop.ctx, { invoiceId })).rejects.toMatchObject({ code: 'payment_in_progress' });
      const [intent] = shop.stripe.intents().filter(({ metadata }) => metadata.hostwright_invoice === invoiceId);
      shop.stripe.bankDecides(intent?.id ?? '', decision);
      await shop.settle();
      expect(await states(invoiceId)).toEqual([decision === 'pays' ? 'settled' : 'declined']);
      expect(taken(customerId)).toBe(decision === 'pays' ? 1000 : 0);
    }
  });

  test('a refund that waits is done when the bank has it, and refused when it comes back', async () => {
    for (const status of ['succeeded', 'failed'] as const) {
      const { customerId, invoiceId } = await unpaid();
      await shop.pay(customerId, invoiceId, { card: TEST_CARDS.refundsWait });
      await shop.settle();
      const [payment] = await shop.payments(invoiceId);
      await refund(payment?.id ?? '', 400n);
      expect((await shop.payments(invoiceId))[0]).toMatchObject({
        refunds: [{ state: 'pending' }],
        refundableMinor: 600n,
      });
      const made = shop.stripe.refunds().find(({ payment_intent }) => payment_intent === payment?.reference);
      shop.stripe.finishRefund(made?.id ?? '', status);
      await shop.settle();
      const [after] = await shop.payments(invoiceId);
      expect(after?.refunds).toMatchObject([{ state: status === 'succeeded' ? 'done' : 'refused' }]);
      expect(after?.refundableMinor).toBe(status === 'succeeded' ? 600n : 1000n);
    }
  });

  test('a refund that comes back after it was done is told to staff', async () => {
    const { invoiceId, paymentId, intentId } = await paid();
    await refund(paymentId, 400n);
    const made = shop.stripe.refunds().find(({ payment_intent }) => payment_intent === intentId);
    shop.stripe.finishRefund(made?.id ?? '', 'failed');
    await shop.settle();
    const [payment] = await shop.payments(invoiceId);
    expect(await alertsAbout(payment?.refunds[0]?.id ?? '')).toEqual(['refund_returned']);
  });
});

describe('what happens at Stripe', () => {
  test('a dispute is told when it is opened and when it is decided, and cannot be refunded as well', async () => {
    for (const decision of ['won', 'lost'] as const) {
      const { invoiceId, paymentId, intentId } = await paid();
      const dispute = shop.stripe.dispute(intentId);
      await shop.settle();
      expect(await alertsAbout(paymentId)).toEqual(['payment_disputed']);
      await refund(paymentId);
      expect((await shop.payments(invoiceId))[0]?.refunds).toMatchObject([{ state: 'refused' }]);
      shop.stripe.closeDispute(dispute, decision);
      await shop.settle();
      expect(await alertsAbout(paymentId)).toEqual(['payment_disputed', `dispute_${decision}`]);
    }
  });

  test('a refund made there is told once, however often Stripe speaks of it, and again when it comes back', async () => {
    const { paymentId, intentId } = await paid();
    shop.stripe.refundInDashboard(intentId, 300);
    await shop.settle();
    await shop.app.db
      .updateTable('alert')
      .set({ resolvedAt: shop.clock.now() })
      .where('subjectId', '=', paymentId)
      .execute();
    const made = shop.stripe.refunds().find(({ payment_intent }) => payment_intent === intentId);
    shop.stripe.finishRefund(made?.id ?? '', 'succeeded');
    await shop.settle();
    expect(await alertsAbout(paymentId)).toEqual(['refunded_elsewhere']);
    shop.stripe.finishRefund(made?.id ?? '', 'failed');
    await shop.settle();
    expect(await alertsAbout(paymentId)).toEqual(['refunded_elsewhere', 'refund_elsewhere_failed']);
  });
});

describe('webhooks', () => {
  const secretOf = () => shop.stripe.addWebhook(shop.webhookUrl);
  const now = () => Math.floor(shop.clock.now().getTime() / 1000);
  const post = async (
    body: string | Uint8Array<ArrayBuffer>,
    signature: string,
    headers: Record<string, string> = {},
  ) =>
    (
      await fetch(shop.webhookUrl, {
        method: 'POST',
        body,
        headers: { 'stripe-signature': signature, 'content-type': 'application/json', ...headers },
      })
    ).status;
  const completed = async (more: object = {}) => {
    const { customerId, invoiceId } = await unpaid();
    shop.stripe.webhooks.deliver('drop');
    await shop.pay(customerId, invoiceId);
    const [payment] = await shop.payments(invoiceId);
    const object = { object: 'checkout.session', mode: 'payment', client_reference_id: payment?.id, ...more };
    const event = { id: `evt_${payment?.id}`, object: 'event', type: 'checkout.session.completed', data: { object } };
    return { invoiceId, body: JSON.stringify({ ...event, ...more }) };
  };

  test('while the signing secret is being rotated Stripe signs with both, and one of them is enough', async () => {
    const { invoiceId, body } = await completed();
    const ours = sign(body, secretOf(), now()).split(',')[1];
    const other = sign(body, 'whsec_the_other_one', now());
    expect(await post(body, other)).toBe(422);
    expect(await post(body, `${other},${ours}`)).toBe(204);
    await shop.settle();
    expect(await state(invoiceId)).toBe('paid');
  });

  test('it is the bytes that are signed: odd letters, another version and another mode harm nothing', async () => {
    const odd = 'Ödön \u2028 李 🏳️‍🌈 \u0000 e\u0301';
    const { invoiceId, body } = await completed({
      api_version: '2011-01-01',
      livemode: true,
      note: odd,
      account: 'acct_1',
    });
    expect(await post(body, sign(body, secretOf(), now()))).toBe(204);
    await shop.settle();
    expect(await state(invoiceId)).toBe('paid');
  });

  test('one that is compressed, too large, or early by an hour does no harm', async () => {
    const { body } = await completed();
    const signature = sign(body, secretOf(), now());
    expect(await post(new Uint8Array(gzipSync(body)), signature, { 'content-encoding': 'gzip' })).toBe(422);
    const large = JSON.stringify({ ...JSON.parse(body), padding: 'x'.repeat(5 * 1024 * 1024) });
    expect(await post(large, sign(large, secretOf(), now()))).toBe(413);
    expect(await post(body, sign(body, secretOf(), now() - 3_600))).toBe(422);
  });

  test('one without what we look for is taken quietly', async () => {
    for (const type of [
      'payment_intent.succeeded',
      'checkout.session.completed',
      'payment_method.detached',
      'refund.created',
    ]) {
      const body = JSON.stringify({
        id: `evt_bare_${type}`,
        object: 'event',
        type,
        data: { object: { payment_intent: null } },
      });
      expect(await post(body, sign(body, secretOf(), now())), type).toBe(204);
    }
  });
});

describe('refunds', () => {
  test('an invoice is not voided while money of it is on its way back', async () => {
    const { customerId, invoiceId } = await unpaid(2000n);
    await shop.pay(customerId, await shop.invoice(customerId)); // so that the customer is known
    const part = await shop.start(customerId, invoiceId);
    await visitCheckout(part, { number: TEST_CARDS.pays });
    await shop.settle();
    // As if it had been asked for more since: 1000 of it are still owed.
    const more = { totalMinor: 3000n, state: 'unpaid', paidAt: null };
    await shop.app.db.updateTable('invoice').set(more).where('id', '=', invoiceId).execute();
    const [payment] = await shop.payments(invoiceId);
    shop.stripe.webhooks.deliver('drop');
    shop.stripe.addFault({ on: 'POST /v1/refunds', kind: 'lose_answer', times: 2 });
    await refund(payment?.id ?? '', 500n);
    const giveUp = () => shop.ctx.transaction(async (tx) => voidLockedInvoice(tx, await lockInvoice(tx.db, invoiceId)));
    await expect(giveUp()).rejects.toMatchObject({ code: 'payment_in_progress' });
    await sweep();
    await giveUp();
    expect([await shop.credit(customerId), givenBack(customerId)]).toEqual([1500n, 500]);
  });
});
