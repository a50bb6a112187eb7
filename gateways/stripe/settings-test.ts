/** Trying the key and the webhook out, without moving money. */
import { NeedsStaff, Refused, type SettingsTest } from '@hostwright/sdk';
import { Stripe } from 'stripe';
import { ask, stripeApi } from './api.ts';
import { type Asked, isLive, STRIPE } from './settings.ts';
import { WEBHOOK_EVENTS } from './webhook.ts';

/** @throws Unknown when Stripe cannot be reached */
export async function testSettings(call: Asked & { webhookUrl: string }): Promise<SettingsTest> {
  const api = stripeApi(call);
  const live = isLive(call.settings.secretKey);
  const facts = [
    live
      ? 'This is a live key: cards are charged for real.'
      : 'This is a test key: only test cards work, and no money moves.',
  ];
  const problems: string[] = [];
  if (!live && call.settings.apiUrl === STRIPE) {
    problems.push('With a test key anybody can order with a test card. Put in a live key before customers come.');
  }
  const lacking: string[] = [];
  for (const { what, level, run } of trials(api)) {
    const lack = `The key may not use ${what}. Give it "${level}" for it in the Stripe dashboard.`;
    const problem = await problemOf(run, lack);
    if (problem && !lacking.includes(problem)) lacking.push(problem);
  }
  if (lacking.length === 0) facts.push('The key may do everything the shop needs.');
  problems.push(...lacking);
  await lookAtWebhook(api, call, facts, problems);
  return { ok: problems.length === 0, facts, problems };
}

interface Trial {
  what: string;
  level: 'write' | 'read';
  run(): Promise<unknown>;
}

/** Nothing at Stripe is called so: what is changed of it changes nothing. */
const NOBODY = 'hostwright_trial';

/** Something harmless per permission: a look at a list, or a change of what does not exist. */
const trials = (api: Stripe): Trial[] => [
  { what: 'customers', level: 'write', run: () => api.customers.update(`cus_${NOBODY}`, { name: '' }) },
  { what: 'checkout sessions', level: 'write', run: () => api.checkout.sessions.list({ limit: 1 }) },
  { what: 'checkout sessions', level: 'write', run: () => api.checkout.sessions.expire(`cs_${NOBODY}`) },
  { what: 'payment intents', level: 'write', run: () => api.paymentIntents.list({ limit: 1 }) },
  { what: 'payment intents', level: 'write', run: () => api.paymentIntents.cancel(`pi_${NOBODY}`) },
  { what: 'payment methods', level: 'write', run: () => api.paymentMethods.detach(`pm_${NOBODY}`) },
  { what: 'setup intents', level: 'write', run: () => api.setupIntents.cancel(`seti_${NOBODY}`) },
  { what: 'charges and refunds', level: 'write', run: () => api.refunds.list({ limit: 1 }) },
  { what: 'charges and refunds', level: 'write', run: () => api.refunds.create({ payment_intent: `pi_${NOBODY}` }) },
  { what: 'balance transactions', level: 'read', run: () => api.balanceTransactions.list({ limit: 1 }) },
];

async function problemOf(trial: () => Promise<unknown>, denied: string): Promise<string | undefined> {
  try {
    await ask(trial);
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return undefined; // it may, and there is nothing of that name
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
