/** Stripe's objects as they are kept and answered, with the fields an integration reads. References are ids. */

interface Base<O extends string> {
  id: string;
  object: O;
  created: number;
  livemode: false;
  metadata: Record<string, string>;
}

export interface Customer extends Base<'customer'> {
  address: null;
  email: string | null;
  name: string | null;
  description: string | null;
  phone: string | null;
  balance: 0;
  currency: string | null;
  default_source: null;
  delinquent: false;
  invoice_settings: { custom_fields: null; default_payment_method: null; footer: null; rendering_options: null };
  preferred_locales: string[];
  shipping: null;
  tax_exempt: 'none';
}

export interface PaymentMethod extends Base<'payment_method'> {
  type: 'card' | 'sepa_debit';
  allow_redisplay: 'limited';
  billing_details: { address: null; email: string | null; name: string | null; phone: null };
  card: {
    brand: string;
    checks: { cvc_check: 'pass' };
    country: 'US';
    exp_month: number;
    exp_year: number;
    fingerprint: string;
    funding: 'credit';
    last4: string;
    three_d_secure_usage: { supported: true };
  };
  customer: string | null;
}

export interface PaymentError {
  type: 'card_error';
  code: string;
  decline_code?: string;
  message: string;
  doc_url: string;
  charge?: string;
  payment_method?: PaymentMethod;
}

export interface PaymentIntent extends Base<'payment_intent'> {
  amount: number;
  amount_capturable: number;
  amount_received: number;
  cancellation_reason: string | null;
  canceled_at: number | null;
  capture_method: 'automatic' | 'automatic_async' | 'manual';
  client_secret: string;
  confirmation_method: 'automatic';
  currency: string;
  customer: string | null;
  description: string | null;
  last_payment_error: PaymentError | null;
  latest_charge: string | null;
  next_action: { type: 'redirect_to_url'; redirect_to_url: { url: string; return_url: string | null } } | null;
  payment_method: string | null;
  payment_method_types: string[];
  receipt_email: string | null;
  setup_future_usage: 'off_session' | 'on_session' | null;
  status:
    | 'requires_payment_method'
    | 'requires_confirmation'
    | 'requires_action'
    | 'processing'
    | 'requires_capture'
    | 'succeeded'
    | 'canceled';
}

export interface Charge extends Base<'charge'> {
  amount: number;
  amount_captured: number;
  amount_refunded: number;
  balance_transaction: string | null;
  captured: boolean;
  currency: string;
  customer: string | null;
  description: string | null;
  disputed: boolean;
  failure_code: string | null;
  failure_message: string | null;
  outcome: { network_status: string; reason: string | null; seller_message: string; type: string };
  paid: boolean;
  payment_intent: string;
  payment_method: string;
  refunded: boolean;
  status: 'succeeded' | 'pending' | 'failed';
}

export interface BalanceTransaction extends Omit<Base<'balance_transaction'>, 'livemode' | 'metadata'> {
  amount: number;
  currency: string;
  fee: number;
  net: number;
  source: string;
  status: 'pending';
  type: 'charge' | 'refund';
}

export interface Refund extends Omit<Base<'refund'>, 'livemode'> {
  amount: number;
  balance_transaction: string | null;
  charge: string;
  currency: string;
  failure_reason?: string;
  payment_intent: string;
  reason: string | null;
  status: 'succeeded' | 'pending' | 'failed';
}

export interface SetupIntent extends Base<'setup_intent'> {
  client_secret: string;
  customer: string | null;
  description: string | null;
  last_setup_error: PaymentError | null;
  next_action: PaymentIntent['next_action'];
  payment_method: string | null;
  payment_method_types: string[];
  status: 'requires_payment_method' | 'requires_confirmation' | 'requires_action' | 'succeeded' | 'canceled';
  usage: 'off_session' | 'on_session';
}

export interface Session extends Base<'checkout.session'> {
  amount_subtotal: number | null;
  amount_total: number | null;
  cancel_url: string | null;
  client_reference_id: string | null;
  currency: string | null;
  customer: string | null;
  customer_email: string | null;
  expires_at: number;
  mode: 'payment' | 'setup';
  payment_intent: string | null;
  payment_method_types: string[];
  payment_status: 'paid' | 'unpaid' | 'no_payment_required';
  setup_intent: string | null;
  status: 'open' | 'complete' | 'expired';
  success_url: string;
  ui_mode: 'hosted_page';
  url: string | null;
}

export interface Dispute extends Base<'dispute'> {
  amount: number;
  charge: string;
  currency: string;
  payment_intent: string;
  reason: 'fraudulent';
  status: 'needs_response' | 'won' | 'lost';
}

export interface LineItem {
  id: string;
  object: 'item';
  amount_discount: 0;
  amount_subtotal: number;
  amount_tax: 0;
  amount_total: number;
  currency: string;
  description: string | null;
  price: { id: string; object: 'price'; currency: string; unit_amount: number };
  quantity: number;
}

export interface Event extends Omit<Base<'event'>, 'metadata'> {
  api_version: string;
  data: { object: unknown; previous_attributes?: Record<string, unknown> };
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: string;
}

export interface WebhookEndpoint extends Base<'webhook_endpoint'> {
  api_version: string | null;
  application: null;
  description: string | null;
  enabled_events: string[];
  /** Told once, when it is made. */
  secret: string;
  status: 'enabled' | 'disabled';
  url: string;
}
