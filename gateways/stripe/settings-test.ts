/** Trying the key and the webhook out, without moving money. */
import { NeedsStaff, type SettingsTest } from '@hostwright/sdk';
import { Stripe } from 'stripe';
import { ask, stripeApi } from './api.ts';
import type { Asked } from './settings.ts';
import { WEBHOOK_EVENTS } from './webhook.ts';

/** @throws Unknown when Stripe cannot be reached */
export async function testSettings(call: Asked & { webhookUrl: string }): Promise<SettingsTest> {
  const api = stripeApi(call);
  const live = call.settings.secretKey.includes('_live_');
  const facts = [
    live
      ? 'This is a live key: cards are charged for real.'
      : 'This is a test key: only test cards work, and no money moves.',
  ];
  const problems: string[] = [];
  for (const [what, look] of looksAt(api)) {
    const problem = await problemOf(
      look,
      `The key may not use ${what}. Give it "write" for it in the Stripe dashboard.`,
    );
    if (problem) problems.push(problem);
  }
  if (problems.length === 0) facts.push('The key can read everything the shop needs.');
  await lookAtWebhook(api, call, facts, problems);
  return { ok: problems.length === 0, facts, problems };
}

/** One harmless look per permission. */
const looksAt = (api: Stripe): [what: string, look: () => Promise<unknown>][] => [
  ['customers', () => api.customers.list({ limit: 1 })],
  ['checkout sessions', () => api.checkout.sessions.list({ limit: 1 })],
  ['payment intents', () => api.paymentIntents.list({ limit: 1 })],
  ['charges and refunds', () => api.refunds.list({ limit: 1 })],
];

async function problemOf(look: () => Promise<unknown>, denied: string): Promise<string | undefined> {
  try {
    await ask(look);
    return undefined;
  } catch (error) {
    if (!(error instanceof NeedsStaff)) throw error;
    return error.cause instanceof Stripe.errors.StripePermissionError
      ? denied
      : `Stripe does not accept the key: ${error.detail ?? error.message}`;
  }
}

async function lookAtWebhook(
  api: Stripe,
  call: Asked & { webhookUrl: string },
  facts: string[],
  problems: string[],
): Promise<void> {
  if (!call.settings.webhookSecret) {
    problems.push('The signing secret of the webhook is missing: payments are found by asking only, minutes later.');
  }
  let endpoints: Stripe.WebhookEndpoint[];
  try {
    endpoints = (await ask(() => api.webhookEndpoints.list({ limit: 100 }))).data;
  } catch (error) {
    if (!(error instanceof NeedsStaff)) throw error;
    facts.push('The key may not look at webhooks, so their set-up was not checked.');
    return;
  }
  const endpoint = endpoints.find(({ url }) => url === call.webhookUrl);
  if (!endpoint) {
    problems.push(`Stripe sends nothing to ${call.webhookUrl} yet. Add it as an endpoint under Developers, Webhooks.`);
    return;
  }
  if (endpoint.status !== 'enabled') problems.push('The webhook is switched off at Stripe. Switch it on there.');
  const missing = endpoint.enabled_events.includes('*')
    ? []
    : WEBHOOK_EVENTS.filter((event) => !endpoint.enabled_events.includes(event));
  if (missing.length > 0) problems.push(`The webhook does not send: ${missing.join(', ')}.`);
  if (endpoint.status === 'enabled' && missing.length === 0) facts.push(`Stripe sends its news to ${call.webhookUrl}.`);
}
