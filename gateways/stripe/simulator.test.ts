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
  expect(report?.problems.join(' ')).toContain('payment intents');
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
