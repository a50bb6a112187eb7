/** The demo shop's Stripe: simulated, beside the shop, on a free port, with a memory that survives a restart. */
import path from 'node:path';
import { type StripeSimulator, startStripeSimulator } from '../../../gateways/stripe/simulator.ts';
import type { Context } from '../kit/context.ts';
import { writeGateway } from '../payments/write-gateway.ts';

/** @param folder for its memory; it exists */
export const startDemoStripe = (folder: string): Promise<StripeSimulator> =>
  startStripeSimulator({ stateFile: path.join(folder, 'stripe.state') });

/** Both come up at other addresses each time: tell each where the other is. */
export async function connectDemoStripe(ctx: Context, stripe: StripeSimulator, publicUrl: string): Promise<void> {
  stripe.clearWebhooks();
  const webhookSecret = stripe.addWebhook(`${publicUrl}/api/gateways/stripe/webhook`);
  const settings = { secretKey: stripe.secretKey, webhookSecret, apiUrl: stripe.url };
  await writeGateway(ctx, { gatewayId: 'stripe', enabled: true, position: 1, settings });
}
