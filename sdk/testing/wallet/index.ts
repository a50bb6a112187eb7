/**
 * An example to copy: a gateway for a provider with a page of its own, refunds and webhooks, as wallets and banks have
 * them. The provider it speaks to is in `provider.ts`; the suite's own test runs it.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  type ChargeState,
  type ChargeToFind,
  defineGateway,
  fromDecimal,
  NeedsStaff,
  Refused,
  secret,
  toDecimal,
  Unknown,
  url,
  type Values,
} from '@hostwright/sdk';

const settings = {
  secretKey: secret('API key'),
  webhookSecret: secret('Signing secret of the webhook'),
  apiUrl: url('Address of the API'),
};

interface Asked {
  settings: Values<typeof settings>;
  signal: AbortSignal;
}

/** A purchase as the provider knows it. `reference` and `custom` are ours. */
interface Order {
  id: string;
  status: 'CREATED' | 'COMPLETED' | 'VOIDED';
  reference: string;
  custom: { invoiceId: string; customerId: string };
  amount: { value: string; currency: string };
  approveUrl: string;
  lastError: string;
  capture: { id: string; fee: string } | null;
}

const NOT_NOW = 'This payment method does not work at the moment.';
const TOLERANCE_MS = 300_000;

/** @returns undefined for what the provider does not have; @throws as the contract says: only an answer proves anything */
async function ask<T>(call: Asked, method: string, path: string, body?: object, key?: string): Promise<T | undefined> {
  const headers = {
    authorization: `Bearer ${call.settings.secretKey}`,
    'content-type': 'application/json',
    ...(key === undefined ? {} : { 'request-id': key }),
  };
  const init = { method, headers, signal: call.signal, ...(body ? { body: JSON.stringify(body) } : {}) };
  const answer = await fetch(`${call.settings.apiUrl}${path}`, init).catch((cause: unknown) => {
    throw new Unknown('The provider did not answer.', { cause });
  });
  const text = await answer.text();
  if (answer.ok) return JSON.parse(text) as T;
  if (answer.status === 404) return undefined;
  if (answer.status === 401 || answer.status === 403) throw new NeedsStaff(NOT_NOW, { code: 'auth', detail: text });
  if (answer.status === 409 || answer.status === 422) throw new Refused(NOT_NOW, { detail: text });
  throw new Unknown('The provider did not answer clearly.', { detail: text });
}

/** By its handle, or by our key when the answer that held the handle was lost. */
async function findOrder(call: Asked & ChargeToFind): Promise<Order | undefined> {
  const path = call.handle === null ? `/orders?reference=${call.idempotencyKey}` : `/orders/${call.handle}`;
  const order = await ask<Order>(call, 'GET', path);
  return order?.reference === call.idempotencyKey ? order : undefined;
}

async function findCharge(call: Asked & ChargeToFind): Promise<ChargeState> {
  const order = await findOrder(call);
  if (!order) return 'absent';
  const { amount, capture, custom } = order;
  if (capture) {
    const taken = { amountMinor: fromDecimal(amount.value, amount.currency), currency: amount.currency, ...custom };
    return { outcome: 'paid', reference: capture.id, feeMinor: fromDecimal(capture.fee, amount.currency), taken };
  }
  return order.status === 'VOIDED'
    ? { outcome: 'declined', message: 'The payment page was left before anything was paid.' }
    : { outcome: 'open', url: order.approveUrl, message: order.lastError };
}

const wallet = defineGateway({
  sdk: 1,
  id: 'wallet',
  name: 'Wallet',
  settings,
  payment: {},

  async start({ invoice, idempotencyKey: reference, returnUrl, ...call }) {
    const { amountMinor, currency, id: invoiceId, customer } = invoice;
    const amount = { value: toDecimal(amountMinor, currency), currency };
    const custom = { invoiceId, customerId: customer.id };
    const order = await ask<Order>(call, 'POST', '/orders', { reference, amount, custom, returnUrl }, reference);
    if (!order) throw new Unknown('The provider did not answer clearly.');
    return { url: order.approveUrl, handle: order.id };
  },
  findCharge,
  async withdraw(call) {
    const order = await findOrder(call);
    // Paid meanwhile: then the provider refuses, and what is true is asked below.
    if (order?.status === 'CREATED') {
      await ask(call, 'POST', `/orders/${order.id}/void`).catch((error: unknown) => {
        if (!(error instanceof Refused)) throw error;
      });
    }
    return findCharge(call);
  },
  async refund({ reference, amountMinor, currency, idempotencyKey, ...call }) {
    const amount = { value: toDecimal(amountMinor, currency), currency };
    const made = await ask<{ id: string }>(call, 'POST', `/captures/${reference}/refund`, { amount }, idempotencyKey);
    return made
      ? { outcome: 'refunded', reference: made.id }
      : { outcome: 'refused', message: 'There is no such payment.' };
  },
  async webhook({ settings: { webhookSecret }, rawBody, headers, now }) {
    const [sentAt = '', signature = ''] = (headers['wallet-signature'] ?? '').split('.');
    const expected = createHmac('sha256', webhookSecret).update(`${sentAt}.`).update(rawBody).digest();
    const given = Buffer.from(signature, 'hex');
    const genuine = given.length === expected.length && timingSafeEqual(given, expected);
    if (!genuine || Math.abs(now.getTime() - Number(sentAt)) > TOLERANCE_MS) {
      throw new Refused('This message does not prove to be from the provider.', { code: 'bad_signature' });
    }
    const { id, order } = JSON.parse(Buffer.from(rawBody).toString()) as { id: string; order: Order };
    return [{ id, about: 'charge', idempotencyKey: order.reference }];
  },
  async testSettings(call) {
    try {
      await ask(call, 'GET', '/me');
      return { ok: true, facts: ['The provider accepts the key.'], problems: [] };
    } catch (error) {
      if (!(error instanceof NeedsStaff)) throw error;
      return { ok: false, facts: [], problems: ['The provider does not accept the key. Copy it again.'] };
    }
  },
});

export default wallet;
