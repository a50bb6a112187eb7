/** Taking money: Stripe's own check-out page, and a saved card, whether or not the customer is there. */
import { type ChargeResult, type InvoiceToPay, type OpenCharge, Unknown } from '@hostwright/sdk';
import { Stripe } from 'stripe';
import { toStripe } from './amount.ts';
import { ask, askOrMissing, stripeApi } from './api.ts';
import { atTheBank, declinedBy, paidBy } from './charge-state.ts';
import { marksOf } from './marks.ts';
import type { Asked } from './settings.ts';

interface Start {
  invoice: InvoiceToPay;
  payment: { keep: boolean };
  customerReference: string | null;
  idempotencyKey: string;
  returnUrl: string;
}

/** A check-out page over what is owed. Three-D-Secure and trying another card happen there. */
export async function startCheckout(call: Asked & Start): Promise<{ url: string; handle: string }> {
  const { invoice, customerReference, idempotencyKey, returnUrl } = call;
  const marks = marksOf(invoice, idempotencyKey);
  const session = await ask(() =>
    stripeApi(call).checkout.sessions.create(
      {
        mode: 'payment',
        client_reference_id: idempotencyKey,
        ...(customerReference === null ? { customer_email: invoice.customer.email } : { customer: customerReference }),
        line_items: [
          {
            quantity: 1,
            price_data: {
              currency: invoice.currency.toLowerCase(),
              unit_amount: toStripe(invoice.amountMinor, invoice.currency),
              product_data: { name: `Invoice ${invoice.number}` },
            },
          },
        ],
        // What was asked for must be what is taken, to the cent and in its currency.
        adaptive_pricing: { enabled: false },
        metadata: marks,
        payment_intent_data: {
          description: `Invoice ${invoice.number}`,
          metadata: marks,
          ...(call.payment.keep && customerReference !== null ? { setup_future_usage: 'off_session' as const } : {}),
        },
        success_url: returnUrl,
        cancel_url: returnUrl,
      },
      { idempotencyKey },
    ),
  );
  if (session.url === null)
    throw new Unknown('Stripe gave no page to pay on.', { detail: `${session.id} has no url.` });
  return { url: session.url, handle: session.id };
}

interface ChargeSaved {
  invoice: InvoiceToPay;
  customerReference: string;
  methodReference: string;
  idempotencyKey: string;
  customerPresent: boolean;
  returnUrl: string;
}

const NOT_KEPT: ChargeResult = {
  outcome: 'declined',
  message: 'This card is not kept any more. Please pay with another one.',
};

/**
 * Charge a saved card. A bank that wants to hear from a customer who is there is answered on its page; else it declines,
 * and says so.
 */
export async function chargeSavedCard(call: Asked & ChargeSaved): Promise<ChargeResult | OpenCharge> {
  const { invoice, customerReference, idempotencyKey } = call;
  return ask(async () => {
    try {
      const intent = await stripeApi(call).paymentIntents.create(
        {
          amount: toStripe(invoice.amountMinor, invoice.currency),
          currency: invoice.currency.toLowerCase(),
          customer: customerReference,
          payment_method: call.methodReference,
          confirm: true,
          ...(call.customerPresent ? {} : { off_session: true }),
          // Stripe wants one with every confirmation, also where nobody will be sent anywhere.
          return_url: call.returnUrl,
          description: `Invoice ${invoice.number}`,
          metadata: marksOf(invoice, idempotencyKey),
          expand: ['latest_charge.balance_transaction'],
        },
        { idempotencyKey },
      );
      if (intent.status === 'succeeded') return paidBy(intent, customerReference);
      if (intent.status === 'requires_action') return atTheBank(intent);
      throw new Unknown('The bank has not answered yet.', { detail: `${intent.id} is ${intent.status}.` });
    } catch (error) {
      if (error instanceof Stripe.errors.StripeCardError) return declinedBy(error);
      if (error instanceof Stripe.errors.StripeInvalidRequestError && !(await isKept(call))) return NOT_KEPT;
      throw error;
    }
  });
}

/** Whether the customer still has the card; somebody may have taken it off in the dashboard. */
async function isKept(call: Asked & ChargeSaved): Promise<boolean> {
  const known = await askOrMissing(() => stripeApi(call).customers.retrieve(call.customerReference));
  if (!known || known.deleted) return true; // the customer is what is missing
  const method = await askOrMissing(() => stripeApi(call).paymentMethods.retrieve(call.methodReference));
  return method?.customer === call.customerReference;
}
