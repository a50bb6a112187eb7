/** The suite holds a gateway that was written from its description alone. */
import { afterAll } from 'vitest';
import type { ReceivedWebhook } from '../gateway/bench.ts';
import { gatewaySuite } from '../gateway-suite.ts';
import wallet from './index.ts';
import { KEY, startProvider, WEBHOOK_SECRET } from './provider.ts';

const inbox: ReceivedWebhook[] = [];
const provider = await startProvider((message) => inbox.push(message));
afterAll(() => provider.close());

const settings = { secretKey: KEY, webhookSecret: WEBHOOK_SECRET, apiUrl: provider.url };
const enter = async (url: string, card: string) => {
  const { status } = await fetch(url, { method: 'POST', body: JSON.stringify({ card }) });
  if (status === 410) throw new Error('The page cannot be used any more.');
};

gatewaySuite({
  gateway: wallet,
  settings,
  badSettings: { ...settings, secretKey: 'somebody_elses' },
  page: { payment: {}, pay: (url) => enter(url, 'yes'), tryDeclined: (url) => enter(url, 'no') },
  received: async () => inbox,
});
