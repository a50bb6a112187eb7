import { secret, url, type Values } from '@hostwright/sdk';

/** Where Stripe itself is. */
export const STRIPE = 'https://api.stripe.com';

/** What staff fill in; README.md says where they find it. */
export const settings = {
  secretKey: secret('Secret or restricted key', {
    help:
      'From Developers, API keys. A restricted key needs "write" for Customers, Checkout Sessions, PaymentIntents, ' +
      'PaymentMethods, SetupIntents, Charges and Refunds, and "read" for Webhook Endpoints, Balance transactions and Disputes.',
    placeholder: 'rk_live_…',
    pattern: {
      source: '(?:sk|rk)_(?:test|live)_[A-Za-z0-9_]+',
      message: 'must begin with rk_live_, rk_test_, sk_live_ or sk_test_',
    },
  }),
  webhookSecret: secret('Signing secret of the webhook', {
    help: 'From Developers, Webhooks. Without it payments are only found by asking, minutes later.',
    placeholder: 'whsec_…',
    required: false,
    pattern: { source: 'whsec_[A-Za-z0-9_+/=]+', message: 'must begin with whsec_' },
  }),
  apiUrl: url('Address of the API', {
    help: 'Leave it as it is, unless you try the shop with a simulator.',
    default: STRIPE,
  }),
};

export type StripeSettings = Values<typeof settings>;

/** Whether cards are charged for real with this key. */
export const isLive = (secretKey: string): boolean => secretKey.includes('_live_');

/** What every call is given. */
export interface Asked {
  settings: StripeSettings;
  signal: AbortSignal;
}
