import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { visitCheckout } from '../../../gateways/stripe/simulator/customer.ts';
import type { StripeSimulator } from '../../../gateways/stripe/simulator.ts';
import { type TestContext, testContext } from '../../test/context.ts';
import { issueInvoice } from '../billing/issue-invoice.ts';
import { startHttp } from '../http/server.ts';
import { listPaymentMethods } from '../payments/list-gateways.ts';
import { payInvoice } from '../payments/pay-invoice.ts';
import { connectDemoStripe, showDemoStripe, startDemoStripe } from './stripe.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'hostwright-demo-stripe-'));
let context: TestContext;
let stripe: StripeSimulator;
let http: Awaited<ReturnType<typeof startHttp>>;

beforeAll(async () => {
  context = await testContext();
  stripe = await startDemoStripe(folder);
  const besides = (door: Parameters<typeof showDemoStripe>[0]) => showDemoStripe(door, stripe);
  http = await startHttp(context.app, { host: '127.0.0.1', port: 0, besides });
  context.app.config.publicUrl = http.url;
  await connectDemoStripe(context.ctx, stripe, { ownUrl: http.url, publicUrl: http.url });
});
afterAll(async () => {
  await http.close();
  await stripe.close();
  await context.close();
  rmSync(folder, { recursive: true });
});

/** @returns the invoice, and the page where a new customer pays it */
async function invoiceAtStripe() {
  const { app, ctx, as, clock } = context;
  const customerId = uuidv7();
  const profile = { email: `${customerId}@customer.test`, firstName: 'Carla', lastName: 'Customer', currency: 'EUR' };
  const times = { createdAt: clock.now(), updatedAt: clock.now() };
  await app.db
    .insertInto('customer')
    .values({ id: customerId, ...profile, ...times })
    .execute();
  const work = { description: 'Work', quantity: 1, unitMinor: 1000n, amountMinor: 1000n };
  const lines = [{ kind: 'manual' as const, cause: { kind: 'staff', id: null }, ...work }];
  const { id: invoiceId } = await ctx.transaction((tx) => issueInvoice(tx, { customerId, lines }));
  const customer = as({ kind: 'customer', userId: customerId, customerId, role: 'owner' });
  const order = { customerId, invoiceId, gatewayId: 'stripe', payment: { keep: false } };
  const { url = '' } = await payInvoice(customer, order);
  return { invoiceId, page: url };
}

test('cards come first, and are paid with under the address of the shop', async () => {
  expect((await listPaymentMethods(context.ctx)).items[0]).toMatchObject({ id: 'stripe', name: 'Card' });
  const { invoiceId, page } = await invoiceAtStripe();
  expect(page.startsWith(`${http.url}/demo/stripe/c/pay/`)).toBe(true);
  expect(await visitCheckout(page, { number: '4000 0000 0000 0002' })).toMatchObject({ returnedTo: null });
  const { returnedTo } = await visitCheckout(page, { number: '4000 0027 6000 3184' });
  expect(returnedTo?.startsWith(`${http.url}/api/gateways/stripe/return`)).toBe(true);
  await fetch(returnedTo ?? '', { redirect: 'manual' });
  const invoice = context.app.db.selectFrom('invoice').select('state').where('id', '=', invoiceId);
  expect(await invoice.executeTakeFirst()).toEqual({ state: 'paid' });
});

test('a page may run its own script only, and the script is there', async () => {
  const answer = await fetch((await invoiceAtStripe()).page);
  expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
  const [, script = ''] = /<script src="([^"]+)">/.exec(await answer.text()) ?? [];
  const code = await fetch(new URL(script, answer.url));
  expect([code.status, code.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
});

test('nothing but its pages is reached through the shop', async () => {
  const inside = await fetch(`${stripe.url}/simulator/charges`);
  expect(await inside.text()).toMatch(/^\[/);
  for (const way of [
    'simulator/charges',
    'c/../simulator/charges',
    'c/%2e%2e/simulator/charges',
    'c/..%2fsimulator/charges',
  ]) {
    expect(await bodyOf(`/demo/stripe/${way}`), way).not.toMatch(/^\[/);
  }
});

/** Asked for as it stands; `fetch` would walk the dots by itself. */
async function bodyOf(address: string): Promise<string> {
  const { hostname, port } = new URL(http.url);
  const [answer] = (await once(request({ hostname, port, path: address }).end(), 'response')) as [IncomingMessage];
  return text(answer);
}
