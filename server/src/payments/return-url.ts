/** Addresses of this shop that providers are given. */
import type { App } from '../kit/context.ts';
import { shopLink } from '../staff/shop-link.ts';

/** Where a provider sends its messages. */
export const webhookUrl = (app: App, gatewayId: string): string => shopLink(app, `/api/gateways/${gatewayId}/webhook`);

/** Where a customer comes back to from a payment. */
export const paymentReturnUrl = (app: App, which: { gatewayId: string; paymentId: string }): string =>
  shopLink(app, `/api/gateways/${which.gatewayId}/return`, { payment: which.paymentId });

/** Where a customer comes back to after leaving a card. */
export const savingReturnUrl = (app: App, which: { gatewayId: string; customerId: string }): string =>
  shopLink(app, `/api/gateways/${which.gatewayId}/return`, { customer: which.customerId });
