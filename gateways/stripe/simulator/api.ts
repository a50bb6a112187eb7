/** The API of the simulated Stripe, as a table: what is asked for, which permission it takes, what is answered. */
import { CHECKOUT_SESSIONS } from './api/checkout-sessions.ts';
import { CUSTOMERS } from './api/customers.ts';
import { EVENTS } from './api/events.ts';
import { MONEY } from './api/money.ts';
import { PAYMENT_INTENTS } from './api/payment-intents.ts';
import { PAYMENT_METHODS } from './api/payment-methods.ts';
import type { ApiRoute } from './api/route.ts';
import { SETUP_INTENTS } from './api/setup-intents.ts';

export const API: ApiRoute[] = [
  ...CUSTOMERS,
  ...PAYMENT_METHODS,
  ...PAYMENT_INTENTS,
  ...SETUP_INTENTS,
  ...CHECKOUT_SESSIONS,
  ...MONEY,
  ...EVENTS,
];
