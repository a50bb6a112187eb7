/** The demo shop's Stripe: simulated, beside the shop, on a free port, with a memory that survives a restart. */
import path from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { proxy } from 'hono/proxy';
import { type StripeSimulator, startStripeSimulator } from '../../../gateways/stripe/simulator.ts';
import type { Context } from '../kit/context.ts';
import type { Env } from '../kit/endpoint.ts';
import { writeGateway } from '../payments/write-gateway.ts';

const PAGES = '/demo/stripe';
const MAX_FORM_BYTES = 16 * 1024;
/** Keys to try the gateway's page with: one that may do all the shop needs, and one that somebody gave too little. */
const RESTRICTED_KEYS = {
  rk_test_simulated: [
    ...['customer', 'checkout_session', 'payment_intent', 'payment_method', 'setup_intent', 'charge'],
    ...['webhook', 'balance_transaction'],
  ],
  rk_test_customers_only: ['customer'],
};

/** @param folder for its memory; it exists */
export const startDemoStripe = (folder: string): Promise<StripeSimulator> =>
  startStripeSimulator({ stateFile: path.join(folder, 'stripe.state'), restrictedKeys: RESTRICTED_KEYS });

/**
 * Its pages, and nothing else of it, under the shop's own address: whoever reaches the shop can pay there, also from
 * another machine.
 */
export function showDemoStripe(http: OpenAPIHono<Env>, stripe: StripeSimulator): void {
  http.on(['GET', 'POST'], `${PAGES}/c/*`, bodyLimit({ maxSize: MAX_FORM_BYTES }), (c) =>
    proxy(`${stripe.url}${c.req.path.slice(PAGES.length)}`, {
      raw: c.req.raw,
      headers: { 'content-type': c.req.header('content-type') },
      redirect: 'manual',
    }),
  );
}

/**
 * Both come up at other addresses each time: tell each where the other is.
 *
 * @param shop.ownUrl where the simulator, which is on this machine, reaches the shop
 * @param shop.publicUrl where customers reach it
 */
export async function connectDemoStripe(
  ctx: Context,
  stripe: StripeSimulator,
  shop: { ownUrl: string; publicUrl: string },
): Promise<void> {
  stripe.showPagesAt(`${shop.publicUrl}${PAGES}`);
  stripe.clearWebhooks();
  const webhookSecret = stripe.addWebhook(`${shop.ownUrl}/api/gateways/stripe/webhook`);
  const settings = { secretKey: stripe.secretKey, webhookSecret, apiUrl: stripe.url };
  await writeGateway(ctx, { gatewayId: 'stripe', enabled: true, position: 0, settings });
}
