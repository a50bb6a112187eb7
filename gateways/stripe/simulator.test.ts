import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Stripe } from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromStripe, toStripe } from './amount.ts';
import stripe from './index.ts';
import { visitBank, visitCheckout } from './simulator/customer.ts';
import { readForm } from './simulator/form.ts';
import { shownCards } from './simulator/showcase.ts';
import { type StripeSimulator, startStripeSimulator } from './simulator.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'stripe-simulator-'));
const stateFile = path.join(folder, 'stripe.jsonl');
const RESTRICTED = 'rk_test_reads_customers';

let simulator: StripeSimulator;
const start = async () => {
  simulator = await startStripeSimulator({ stateFile, restrictedKeys: { [RESTRICTED]: ['customer'] } });
};
beforeAll(start);
afterAll(async () => {
  await simulator.close();
  rmSync(folder, { recursive: true });
});

const client = (key = simulator.secretKey) => {
  const { hostname, port } = new URL(simulator.url);
  return new Stripe(key, { host: hostname, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
};
const intent = {
  amount: 1000,
  currency: 'eur',
  payment_method: 'pm_card_visa',
  confirm: true,
  return_url: 'http://shop.invalid/return',
};

describe('it speaks as Stripe does', () => {
  test('a declined charge is a card error with its intent', async () => {
    const declined = { ...intent, payment_method: 'pm_card_chargeCustomerFail' };
    await expect(client().paymentIntents.create(declined)).rejects.toMatchObject({
      type: 'StripeCardError',
      statusCode: 402,
      code: 'card_declined',
      decline_code: 'generic_decline',
      payment_intent: { status: 'requires_payment_method', last_payment_error: { code: 'card_declined' } },
    });
  });

  test('a bank that wants the customer leaves the intent waiting, or refuses when nobody is there', async () => {
    const secure = { ...intent, payment_method: 'pm_card_authenticationRequired' };
    expect(await client().paymentIntents.create(secure)).toMatchObject({
      status: 'requires_action',
      next_action: { type: 'redirect_to_url' },
    });
    await expect(client().paymentIntents.create({ ...secure, off_session: true })).rejects.toMatchObject({
      code: 'authentication_required',
    });
  });

  test('the bank of a card that is charged without a page sends its customer back, whatever they answer', async () => {
    const secure = { ...intent, payment_method: 'pm_card_authenticationRequired' };
    for (const [answer, status] of [
      ['confirm', 'succeeded'],
      ['refuse', 'requires_payment_method'],
    ] as const) {
      const { id, next_action } = await client().paymentIntents.create(secure);
      const { returnedTo } = await visitBank(next_action?.redirect_to_url?.url ?? '', answer);
      expect(returnedTo).toMatch(new RegExp(`^${intent.return_url}\\?payment_intent=${id}`));
      expect((await client().paymentIntents.retrieve(id)).status).toBe(status);
    }
  });

  test('a confirmation must say where to come back to', async () => {
    const { return_url: _, ...nowhere } = intent;
    await expect(client().paymentIntents.create(nowhere)).rejects.toMatchObject({ param: 'return_url' });
  });

  test('an idempotency key repeats the answer, a decline included, and refuses other parameters', async () => {
    const key = { idempotencyKey: 'a key' };
    const first = await client().paymentIntents.create(intent, key);
    const again = await client().paymentIntents.create(intent, key);
    expect(again.id).toBe(first.id);
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
    await expect(client().paymentIntents.create({ ...intent, amount: 2000 }, key)).rejects.toMatchObject({
      type: 'StripeIdempotencyError',
    });
    const declined = { ...intent, payment_method: 'pm_card_chargeCustomerFail' };
    const other = { idempotencyKey: 'another key' };
    const failures = await Promise.all(
      [1, 2].map(() =>
        client()
          .paymentIntents.create(declined, other)
          .catch((error) => error.charge),
      ),
    );
    expect(failures[0]).toBe(failures[1]);
  });

  test('keys that are wrong, or may not, are refused', async () => {
    await expect(client('sk_test_wrong').customers.list()).rejects.toMatchObject({ type: 'StripeAuthenticationError' });
    expect((await client(RESTRICTED).customers.list()).data).toBeInstanceOf(Array);
    await expect(client(RESTRICTED).refunds.list()).rejects.toMatchObject({ type: 'StripePermissionError' });
  });

  test('an error says where to read about it; a parameter that is unknown or missing is named', async () => {
    const made = client().paymentIntents.create({ ...intent, surprise: 'x' } as typeof intent);
    await expect(made).rejects.toMatchObject({
      code: 'parameter_unknown',
      param: 'surprise',
      doc_url: expect.stringContaining('parameter-unknown'),
      raw: { request_log_url: expect.stringMatching(/req_/) },
      requestId: expect.stringMatching(/^req_/),
    });
    const { currency: _, ...nothing } = intent;
    await expect(client().paymentIntents.create(nothing as typeof intent)).rejects.toMatchObject({
      code: 'parameter_missing',
      param: 'currency',
    });
    await expect(client().customers.create({ email: 'nobody' })).rejects.toMatchObject({ code: 'email_invalid' });
  });

  test('a key that is too long, or at work already, is refused; a failure after the work is what it gets again', async () => {
    const created = (idempotencyKey: string) => client().customers.create({ name: 'Ada' }, { idempotencyKey });
    await expect(created('x'.repeat(256))).rejects.toMatchObject({ type: 'StripeIdempotencyError' });
    simulator.addFault({ on: 'POST /v1/customers', kind: 'in_use', times: 1 });
    await expect(created('in use')).rejects.toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
    const before = (await client().customers.list({ limit: 100 })).data.length;
    simulator.addFault({ on: 'POST /v1/customers', kind: 'error_after', times: 1 });
    await expect(created('made')).rejects.toMatchObject({ statusCode: 500, type: 'StripeAPIError' });
    await expect(created('made')).rejects.toMatchObject({ statusCode: 500 });
    expect((await client().customers.list({ limit: 100 })).data).toHaveLength(before + 1);
  });

  test('customers are made, changed, found by address, listed both ways and deleted', async () => {
    const { customers } = client();
    const made = await customers.create({ name: 'Ada', email: 'ada@example.com', metadata: { a: '1', b: '2' } });
    const changed = await customers.update(made.id, { name: 'Ada L.', email: '', metadata: { b: '', c: '3' } });
    expect(changed).toMatchObject({ name: 'Ada L.', email: null, metadata: { a: '1', c: '3' } });
    expect((await customers.update(made.id, { metadata: '' })).metadata).toEqual({});
    const email = 'ten@example.com';
    const ten: string[] = [];
    for (let count = 0; count < 10; count += 1) ten.unshift((await customers.create({ email })).id);
    const first = await customers.list({ email, limit: 4 });
    expect([first.data.map(({ id }) => id), first.has_more]).toEqual([ten.slice(0, 4), true]);
    const next = await customers.list({ email, limit: 4, starting_after: ten[3] });
    const back = await customers.list({ email, limit: 2, ending_before: ten[4] });
    expect(next.data.map(({ id }) => id)).toEqual(ten.slice(4, 8));
    expect([back.data.map(({ id }) => id), back.has_more]).toEqual([ten.slice(2, 4), true]);
    await expect(customers.list({ limit: 101 })).rejects.toMatchObject({ param: 'limit' });
    await expect(customers.list({ starting_after: 'cus_none' })).rejects.toMatchObject({ code: 'resource_missing' });
    expect(await customers.del(made.id)).toMatchObject({ deleted: true });
    expect(await customers.retrieve(made.id)).toEqual(expect.objectContaining({ id: made.id, deleted: true }));
    await expect(customers.update(made.id, { name: 'x' })).rejects.toMatchObject({ code: 'resource_missing' });
  });

  test('a card is kept by a setup intent, listed, charged while nobody is there, and taken off for good', async () => {
    const { customers, setupIntents, paymentMethods, paymentIntents } = client();
    const customer = (await customers.create({ name: 'Ada' })).id;
    const setup = await setupIntents.create({ customer, payment_method: 'pm_card_visa', confirm: true });
    expect(setup).toMatchObject({ status: 'succeeded', customer });
    const [method] = (await paymentMethods.list({ customer, type: 'card' })).data;
    expect((await customers.listPaymentMethods(customer)).data).toEqual([method]);
    const off_session = { ...intent, customer, payment_method: method?.id ?? '', off_session: true };
    expect(await paymentIntents.create(off_session)).toMatchObject({ status: 'succeeded', amount_received: 1000 });
    await paymentMethods.detach(method?.id ?? '');
    expect((await paymentMethods.list({ customer })).data).toEqual([]);
    await expect(paymentMethods.attach(method?.id ?? '', { customer })).rejects.toMatchObject({ statusCode: 400 });
    const open = await setupIntents.create({ customer });
    expect((await setupIntents.cancel(open.id)).status).toBe('canceled');
    await expect(setupIntents.confirm(open.id)).rejects.toMatchObject({ code: 'setup_intent_unexpected_state' });
  });

  test('an intent is changed, confirmed later, authorised, captured in part, and canceled', async () => {
    const { paymentIntents, charges } = client();
    const later = await paymentIntents.create({ amount: 900, currency: 'eur' });
    expect((await paymentIntents.update(later.id, { amount: 1200, metadata: { a: '1' } })).amount).toBe(1200);
    const confirm = { payment_method: 'pm_card_visa', return_url: intent.return_url };
    expect((await paymentIntents.confirm(later.id, confirm)).amount_received).toBe(1200);
    await expect(paymentIntents.cancel(later.id)).rejects.toMatchObject({ code: 'payment_intent_unexpected_state' });
    const held = await paymentIntents.create({ ...intent, capture_method: 'manual' });
    expect(held).toMatchObject({ status: 'requires_capture', amount_capturable: 1000, amount_received: 0 });
    await expect(paymentIntents.capture(held.id, { amount_to_capture: 1001 })).rejects.toMatchObject({
      code: 'amount_too_large',
    });
    const taken = await paymentIntents.capture(held.id, { amount_to_capture: 700 });
    expect(taken).toMatchObject({ status: 'succeeded', amount_received: 700 });
    expect(await charges.retrieve(String(taken.latest_charge))).toMatchObject({ amount_captured: 700, captured: true });
    const let_go = await paymentIntents.create({ ...intent, capture_method: 'manual' });
    expect(await paymentIntents.cancel(let_go.id)).toMatchObject({ status: 'canceled', amount_capturable: 0 });
    const here = { enabled: true, allow_redirects: 'never' } as const;
    const { return_url: _, ...staying } = intent;
    expect((await paymentIntents.create({ ...staying, automatic_payment_methods: here })).status).toBe('succeeded');
  });

  test('a refund waits and comes back; a dispute is opened, closed, and in the way of refunds', async () => {
    const { paymentIntents, refunds, disputes, charges } = client();
    const slow = await paymentIntents.create({ ...intent, payment_method: 'pm_card_pendingRefund' });
    const refund = await refunds.create({ payment_intent: slow.id, amount: 400, metadata: { a: '1' } });
    expect(refund.status).toBe('pending');
    simulator.finishRefund(refund.id, 'failed');
    expect(await refunds.retrieve(refund.id)).toMatchObject({ status: 'failed', failure_reason: expect.any(String) });
    expect((await charges.retrieve(String(slow.latest_charge))).amount_refunded).toBe(0);
    const id = simulator.dispute(slow.id);
    await expect(refunds.create({ payment_intent: slow.id })).rejects.toMatchObject({ code: 'charge_disputed' });
    expect((await disputes.list({ payment_intent: slow.id })).data).toMatchObject([{ id, status: 'needs_response' }]);
    expect((await disputes.close(id)).status).toBe('lost');
  });

  test('a page lists its lines, and what happened is listed by kind', async () => {
    const { checkout, events } = client();
    const line_items = [2, 3].map((quantity) => ({
      quantity,
      price_data: { currency: 'eur', unit_amount: 500, product_data: { name: `${quantity} things` } },
    }));
    const session = await checkout.sessions.create({
      mode: 'payment',
      success_url: 'http://shop.invalid/',
      line_items,
    });
    expect((await checkout.sessions.listLineItems(session.id)).data).toMatchObject([
      { quantity: 2, amount_total: 1000, description: '2 things', price: { unit_amount: 500 } },
      { quantity: 3, amount_total: 1500 },
    ]);
    expect((await checkout.sessions.expire(session.id)).status).toBe('expired');
    const [event] = (await events.list({ type: 'checkout.session.expired', limit: 1 })).data;
    expect(event?.data.object).toMatchObject({ id: session.id });
    expect((await events.retrieve(event?.id ?? '')).type).toBe('checkout.session.expired');
  });

  test('what is missing or too small says so', async () => {
    await expect(client().paymentIntents.retrieve('pi_none')).rejects.toMatchObject({ code: 'resource_missing' });
    await expect(client().paymentIntents.create({ ...intent, amount: 1 })).rejects.toMatchObject({
      code: 'amount_too_small',
      param: 'amount',
    });
  });

  test('lists go on where they ended, and expand what is asked for', async () => {
    for (let count = 0; count < 5; count += 1) await client().paymentIntents.create(intent);
    const all: string[] = [];
    for await (const one of client().paymentIntents.list({ limit: 2, expand: ['data.latest_charge'] })) {
      all.push(one.id);
      if (one.status === 'succeeded') expect(one.latest_charge).toMatchObject({ object: 'charge' });
    }
    expect(new Set(all).size).toBe(simulator.intents().length);
  });

  test('it remembers everything after a restart', async () => {
    const made = await client().paymentIntents.create(intent);
    await simulator.close();
    await start();
    expect((await client().paymentIntents.retrieve(made.id)).status).toBe('succeeded');
  });

  test('a page expires in its time', async () => {
    const session = await client().checkout.sessions.create({
      mode: 'payment',
      success_url: 'http://shop.invalid/',
      expires_at: Math.floor(Date.now() / 1000) - 1,
      line_items: [{ quantity: 1, price_data: { currency: 'eur', unit_amount: 500, product_data: { name: 'x' } } }],
    });
    await expect(visitCheckout(session.url ?? '', { number: '4242424242424242' })).rejects.toThrow('410');
  });
});

test('forms nest and list as their names say', () => {
  expect(readForm('a[b][0][c]=1&a[b][1][c]=2&expand[]=x&expand[]=y&d=')).toEqual({
    a: { b: [{ c: '1' }, { c: '2' }] },
    expand: ['x', 'y'],
    d: '',
  });
});

test.each([
  [1999n, 'EUR', 1999],
  [500n, 'JPY', 500],
  [500n, 'ISK', 50_000],
  [500n, 'UGX', 50_000],
  [500n, 'MGA', 5],
  [1990n, 'KWD', 1990],
])('%d minor units of %s are %d to Stripe, and back', (minor, currency, amount) => {
  expect(toStripe(minor, currency)).toBe(amount);
  expect(fromStripe(amount, currency.toLowerCase())).toBe(minor);
});

test('an amount Stripe has no coin for is refused', () => {
  expect(() => toStripe(1999n, 'KWD')).toThrow('cannot be paid by card');
  expect(() => toStripe(550n, 'MGA')).toThrow('cannot be paid by card');
});

test('a key that may too little is told what it lacks', async () => {
  const report = await stripe.testSettings?.({
    settings: { secretKey: RESTRICTED, webhookSecret: 'whsec_x', apiUrl: simulator.url },
    webhookUrl: 'http://shop.invalid/webhook',
    signal: AbortSignal.timeout(5000),
  });
  expect(report?.ok).toBe(false);
  for (const what of ['payment intents', 'setup intents', 'charges and refunds', 'balance transactions']) {
    expect(report?.problems.filter((problem) => problem.includes(`may not use ${what}`))).toHaveLength(1);
  }
  expect(report?.problems.join(' ')).not.toContain('customers');
});

describe('its pages', () => {
  const sessionFor = async (mode: 'payment' | 'setup') => {
    const customer = (await client().customers.create({})).id;
    const back = { success_url: 'http://shop.invalid/done', cancel_url: 'http://shop.invalid/left' };
    const item = {
      quantity: 2,
      price_data: { currency: 'eur', unit_amount: 500, product_data: { name: 'Eggs & <ham>' } },
    };
    const asked = mode === 'payment' ? { mode, line_items: [item] } : { mode, currency: 'eur' };
    const { url } = await client().checkout.sessions.create({ ...asked, customer, ...back });
    return url ?? '';
  };
  const read = async (url: string) => (await fetch(url)).text();

  const offered = (['payment', 'setup'] as const).flatMap((mode) =>
    shownCards(mode).map((card) => ({ mode, ...card })),
  );
  test.each(offered)('on the $mode page $number does what stands beside it: $does', async ({ mode, number, end }) => {
    const url = await sessionFor(mode);
    expect(await read(url)).toContain(`data-number="${number}"`);
    const refused = await visitCheckout(url, { number, atBank: 'refuse' });
    expect(refused.returnedTo === null).toBe(end !== 'good');
    if (end === 'asked')
      expect(await visitCheckout(url, { number })).toMatchObject({ error: '', returnedTo: 'http://shop.invalid/done' });
  });

  test('say what is paid for, and the way back without paying', async () => {
    const html = await read(await sessionFor('payment'));
    expect(html).toContain('Simulated Stripe, no real money');
    expect(html).toContain('Eggs &amp; &lt;ham&gt;');
    expect(html).toContain('€10.00');
    expect(html).toContain('href="http://shop.invalid/left"');
  });

  test('say again what was wrong with the last card, in words for its owner', async () => {
    const url = await sessionFor('payment');
    await visitCheckout(url, { number: '4000 0027 6000 3184', atBank: 'refuse' });
    expect(await read(url)).toContain('Your bank was not told that it is you.');
    await visitCheckout(url, { number: '4000 0000 0000 9995' });
    expect(await read(url)).toContain('Your card has insufficient funds.');
  });

  test('are done once they were paid on, the page of the bank too', async () => {
    const url = await sessionFor('payment');
    await visitCheckout(url, { number: '4000 0027 6000 3184' });
    const bank = `${simulator.url}/c/3d-secure/${simulator.intents().at(-1)?.id}`;
    for (const page of [url, bank]) {
      const answer = await fetch(page);
      expect([answer.status, await answer.text()]).toEqual([
        410,
        expect.stringContaining('href="http://shop.invalid/done"'),
      ]);
    }
  });
});
