/** A customer who pays with a saved card and is there to answer: through the shop's API and a simulated Stripe. */
import { uuidv7 } from 'uuidv7';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { visitBank, visitCheckout } from '../../gateways/stripe/simulator/customer.ts';
import { voidInvoice } from '../src/billing/void-invoice.ts';
import { sweepPaymentsJob } from '../src/payments/sweep-payments.job.ts';
import { writeGateway } from '../src/payments/write-gateway.ts';
import { type Caller, callersOf } from './callers.ts';
import { type CardShop, openCardShop, TEST_CARDS } from './card-shop.ts';

let shop: CardShop;
beforeAll(async () => {
  shop = await openCardShop();
});
afterAll(() => shop.close());
afterEach(async () => {
  shop.stripe.clearFaults();
  shop.stripe.webhooks.deliver('now');
  await shop.settle();
});

interface Holder {
  customerId: string;
  door: Caller;
  savedMethodId: string;
  invoiceId: string;
  pay(invoiceId?: string, savedMethodId?: string): ReturnType<Caller['send']>;
}

/** A customer with a card and an unpaid invoice over 10.00 EUR. */
async function holderOf(card = TEST_CARDS.pays): Promise<Holder> {
  const customerId = await shop.customerWithCard(card);
  const invoiceId = await shop.invoice(customerId);
  const door = await callersOf(shop.app).customer(
    shop.as({ kind: 'customer', userId: customerId, customerId, role: 'owner' }),
  );
  const savedMethodId: string = (await door.get('/portal/saved-methods')).body.items[0].id;
  return {
    customerId,
    door,
    savedMethodId,
    invoiceId,
    pay: (invoice = invoiceId, method = savedMethodId) =>
      door.send('POST', `/portal/invoices/${invoice}/charge`, { savedMethodId: method }),
  };
}

const state = async (invoiceId: string) => (await shop.show(invoiceId)).state;
const taken = (customerId: string) =>
  shop.stripe
    .charges()
    .filter(({ metadata, paid }) => paid && metadata.hostwright_customer === customerId)
    .reduce((sum, { amount }) => sum + amount, 0);
const mailsFor = (customerId: string) =>
  shop.mails.filter((mail) => mail.customerId === customerId).map(({ template }) => template);

describe('a card that needs no more', () => {
  test('pays at once and says so, and a second call answers the same', async () => {
    const { customerId, invoiceId, pay } = await holderOf();
    for (let time = 0; time < 2; time += 1) {
      expect(await pay()).toMatchObject({ status: 200, body: { outcome: 'paid', invoice: { state: 'paid' } } });
    }
    await shop.settle();
    expect(taken(customerId)).toBe(1000);
    expect(await shop.payments(invoiceId)).toMatchObject([{ state: 'settled', gatewayId: 'stripe' }]);
    expect(mailsFor(customerId).filter((template) => template === 'receipt')).toHaveLength(1);
  });

  test('is charged once, however many tabs pay at the same moment', async () => {
    const { customerId, invoiceId, pay } = await holderOf();
    const answers = await Promise.all(Array.from({ length: 5 }, () => pay()));
    for (const { status, body } of answers) {
      expect(status === 409 ? body.code : body.outcome).toBe(status === 409 ? 'payment_in_progress' : 'paid');
    }
    await shop.settle();
    expect([await state(invoiceId), taken(customerId), await shop.credit(customerId)]).toEqual(['paid', 1000, 0n]);
  });

  test('is the one that was chosen, not the default', async () => {
    const { customerId, invoiceId, door, pay } = await holderOf(TEST_CARDS.failsLater);
    await shop.pay(customerId, await shop.invoice(customerId), { card: '5555 5555 5555 4444', keep: true });
    await shop.settle();
    const { items } = (await door.get('/portal/saved-methods')).body;
    expect(items[0]).toMatchObject({ label: 'Visa •••• 0341', isDefault: true });
    expect(await pay(invoiceId, items[1].id)).toMatchObject({ body: { outcome: 'paid' } });
  });

  test('is asked after when its answer was lost, and not charged again meanwhile', async () => {
    const { customerId, invoiceId, pay } = await holderOf();
    shop.stripe.addFault({ on: 'POST /v1/payment_intents', kind: 'lose_answer', times: 2 });
    shop.stripe.webhooks.deliver('drop');
    expect(await pay()).toMatchObject({ body: { outcome: 'unknown', message: expect.stringMatching(/do not pay/) } });
    const again = await pay();
    expect(again.status === 409 ? again.body.code : again.body.outcome).toMatch(/^(payment_in_progress|paid)$/);
    await shop.settle();
    expect([await state(invoiceId), taken(customerId)]).toEqual(['paid', 1000]);
  });
});

test('a decline is told in plain words, and the invoice stays payable', async () => {
  const { customerId, invoiceId, pay } = await holderOf(TEST_CARDS.failsLater);
  const message = 'Your card was declined. Please try another card, or ask your bank.';
  expect(await pay()).toMatchObject({ status: 200, body: { outcome: 'declined', message } });
  expect(await state(invoiceId)).toBe('unpaid');
  await shop.pay(customerId, invoiceId);
  await shop.settle();
  expect([await state(invoiceId), taken(customerId)]).toEqual(['paid', 1000]);
});

describe('a card whose bank asks', () => {
  test('leads to the bank and back, and is paid when it was confirmed there', async () => {
    const { customerId, invoiceId, pay } = await holderOf(TEST_CARDS.secureAlways);
    const { body } = await pay();
    expect(body).toMatchObject({ outcome: 'redirect', url: expect.stringContaining('/3d-secure/') });
    expect(await state(invoiceId)).toBe('unpaid');
    shop.stripe.webhooks.deliver('drop');
    const { returnedTo } = await visitBank(body.url);
    expect(await shop.comeBack(returnedTo)).toBe(`/portal/invoices/${invoiceId}`);
    expect([await state(invoiceId), taken(customerId)]).toEqual(['paid', 1000]);
    expect(mailsFor(customerId)).not.toContain('payment_action_needed');
  });

  test('charges nothing when it was refused there, says so, and can be paid with again', async () => {
    const { customerId, invoiceId, pay } = await holderOf(TEST_CARDS.secureAlways);
    const { returnedTo } = await visitBank((await pay()).body.url, 'refuse');
    await shop.comeBack(returnedTo);
    expect((await shop.show(invoiceId)).payments).toMatchObject([
      { state: 'declined', message: 'The payment was not confirmed with your bank.' },
    ]);
    await visitBank((await pay()).body.url);
    await shop.settle();
    expect([await state(invoiceId), taken(customerId)]).toEqual(['paid', 1000]);
  });

  test('can be confirmed in one tab only: who pays in another takes the first away', async () => {
    const { customerId, invoiceId, pay } = await holderOf(TEST_CARDS.secureAlways);
    const first = (await pay()).body.url;
    const second = (await pay()).body.url;
    await visitBank(first);
    await shop.settle();
    expect(taken(customerId)).toBe(0);
    await visitBank(second);
    await shop.settle();
    expect([await state(invoiceId), taken(customerId), await shop.credit(customerId)]).toEqual(['paid', 1000, 0n]);
  });

  test('takes the page away on which another card was about to pay', async () => {
    const { customerId, invoiceId, pay } = await holderOf(TEST_CARDS.secureAlways);
    const page = await shop.start(customerId, invoiceId);
    await visitBank((await pay()).body.url);
    await expect(visitCheckout(page, { number: TEST_CARDS.pays })).rejects.toThrow('cannot be used');
    await shop.settle();
    expect([await state(invoiceId), taken(customerId)]).toEqual(['paid', 1000]);
  });

  test('is let go of after a day, and at once when the invoice is void', async () => {
    const sweep = async () => {
      await shop.ctx.transaction((tx) => tx.app.jobs.enqueue(tx, sweepPaymentsJob, {}));
      await shop.app.jobs.followClock();
      await shop.settle();
    };
    const left = await holderOf(TEST_CARDS.secureAlways);
    await left.pay();
    shop.clock.advance({ hours: 25 });
    await sweep();
    expect((await shop.show(left.invoiceId)).payments).toMatchObject([{ state: 'declined' }]);

    const given = await holderOf(TEST_CARDS.secureAlways);
    const { url } = (await given.pay()).body;
    await voidInvoice(shop.ctx, { invoiceId: given.invoiceId });
    shop.clock.advance({ minutes: 10 });
    await sweep();
    await visitBank(url);
    expect([await state(given.invoiceId), taken(given.customerId)]).toEqual(['void', 0]);
  });
});

describe('what is refused', () => {
  test("somebody else's card and invoice, and a card that was removed, are not there", async () => {
    const [one, other] = [await holderOf(), await holderOf()];
    expect(await one.pay(one.invoiceId, other.savedMethodId)).toMatchObject({
      status: 404,
      body: { code: 'payment_method_not_found' },
    });
    expect(await one.pay(other.invoiceId)).toMatchObject({ status: 404, body: { code: 'invoice_not_found' } });
    expect(await one.pay(one.invoiceId, uuidv7())).toMatchObject({ status: 404 });
    await one.door.send('DELETE', `/portal/saved-methods/${one.savedMethodId}`);
    expect(await one.pay()).toMatchObject({ status: 404, body: { code: 'payment_method_not_found' } });
    expect([taken(one.customerId), taken(other.customerId)]).toEqual([0, 0]);
  });

  test('a void invoice, and a card whose provider the shop has switched off', async () => {
    const { customerId, invoiceId, pay } = await holderOf();
    const settings = { secretKey: '', webhookSecret: '', apiUrl: shop.stripe.url };
    const enable = (enabled: boolean) =>
      writeGateway(shop.ctx, { gatewayId: 'stripe', enabled, position: 0, settings });
    await enable(false);
    expect(await pay()).toMatchObject({ status: 422, body: { code: 'gateway_unavailable' } });
    await enable(true);
    await voidInvoice(shop.ctx, { invoiceId });
    expect(await pay()).toMatchObject({ status: 409, body: { code: 'invoice_void' } });
    expect(taken(customerId)).toBe(0);
  });
});
