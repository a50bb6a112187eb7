import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll } from 'vitest';
import type { ReceivedWebhook } from '../../sdk/testing/gateway/bench.ts';
import { gatewaySuite } from '../../sdk/testing/gateway-suite.ts';
import stripe from './index.ts';
import { visitBank, visitCheckout } from './simulator/customer.ts';
import { startStripeSimulator } from './simulator.ts';

const simulator = await startStripeSimulator();
const inbox: ReceivedWebhook[] = [];
const shop = createServer(async (request, response) => {
  inbox.push({ rawBody: await buffer(request), headers: request.headers as Record<string, string> });
  response.end();
});
await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
const webhookUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/`;
const webhookSecret = simulator.addWebhook(webhookUrl);
afterAll(async () => {
  await simulator.close();
  shop.close();
});

const settings = { secretKey: simulator.secretKey, webhookSecret, apiUrl: simulator.url };
const CARDS = { pays: '4242424242424242', declines: '4000000000000341', needs_customer: '4000002760003184' };

gatewaySuite({
  gateway: stripe,
  settings,
  badSettings: { ...settings, secretKey: 'sk_test_somebody_elses' },
  page: {
    payment: { keep: false },
    pay: async (url) => {
      await visitCheckout(url, { number: CARDS.pays });
    },
    tryDeclined: async (url) => {
      await visitCheckout(url, { number: '4000000000000002' });
    },
  },
  cards: {
    leave: async (url, card) => {
      await visitCheckout(url, { number: CARDS[card] });
    },
    answerBank: async (url, answer) => {
      await visitBank(url, answer);
    },
  },
  received: async () => {
    await simulator.webhooks.settled();
    return inbox;
  },
});
