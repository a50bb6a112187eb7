/** Customers at Stripe, and the cards it keeps for them. */
import { type InvoiceToPay, type SavedMethod, Unknown } from '@hostwright/sdk';
import type { Stripe } from 'stripe';
import { ask, askOrMissing, askUnlessRefused, stripeApi } from './api.ts';
import { CUSTOMER } from './marks.ts';
import type { Asked } from './settings.ts';

const LONGEST_NAME = 256;

/**
 * Without an idempotency key of ours: a customer made twice is a needless row at Stripe, no more, while a key would bring
 * one back that was deleted there meanwhile.
 */
export async function createCustomer(call: Asked & { customer: InvoiceToPay['customer'] }): Promise<string> {
  const { id, email, name } = call.customer;
  const made = await ask(() =>
    stripeApi(call).customers.create({ email, name: name.slice(0, LONGEST_NAME), metadata: { [CUSTOMER]: id } }),
  );
  return made.id;
}

/** A check-out page that takes no money: the card is checked with its bank and kept for later. */
export async function saveCard(
  call: Asked & { customerReference: string; idempotencyKey: string; returnUrl: string; currency: string },
): Promise<{ url: string }> {
  const { customerReference: customer, idempotencyKey, returnUrl } = call;
  const session = await ask(() =>
    stripeApi(call).checkout.sessions.create(
      { mode: 'setup', customer, currency: call.currency.toLowerCase(), success_url: returnUrl, cancel_url: returnUrl },
      { idempotencyKey },
    ),
  );
  if (session.url === null)
    throw new Unknown('Stripe gave no page for the card.', { detail: `${session.id} has no url.` });
  return { url: session.url };
}

/** A customer who was deleted at Stripe has nothing saved. */
export async function listCards(call: Asked & { customerReference: string }): Promise<SavedMethod[]> {
  const page = await askOrMissing(() =>
    stripeApi(call).customers.listPaymentMethods(call.customerReference, { limit: 100 }),
  );
  return (page?.data ?? []).map((method) => ({
    reference: method.id,
    label: labelOf(method),
    expiresIn: method.card ? `${method.card.exp_year}-${String(method.card.exp_month).padStart(2, '0')}` : null,
  }));
}

/** Taken off the customer: Stripe can never charge it again. */
export async function forgetCard(call: Asked & { methodReference: string }): Promise<void> {
  await askUnlessRefused(() => stripeApi(call).paymentMethods.detach(call.methodReference));
}

const BRANDS: Record<string, string> = {
  amex: 'American Express',
  cartes_bancaires: 'Cartes Bancaires',
  diners: 'Diners Club',
  discover: 'Discover',
  eftpos_au: 'eftpos',
  jcb: 'JCB',
  mastercard: 'Mastercard',
  unionpay: 'UnionPay',
  visa: 'Visa',
};

function labelOf({ type, card, sepa_debit: sepa }: Stripe.PaymentMethod): string {
  if (card) return `${BRANDS[card.brand] ?? 'Card'} •••• ${card.last4}`;
  if (sepa) return `SEPA direct debit •••• ${sepa.last4}`;
  const name = type.replaceAll('_', ' ');
  return name.charAt(0).toUpperCase() + name.slice(1);
}
