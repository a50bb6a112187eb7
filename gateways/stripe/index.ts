import { checkbox, defineGateway } from '@hostwright/sdk';
import { createCustomer, forgetCard, listCards, saveCard } from './cards.ts';
import { findCharge, withdrawCharge } from './charge-state.ts';
import { chargeSavedCard, startCheckout } from './charges.ts';
import { refundCharge } from './refunds.ts';
import { settings } from './settings.ts';
import { testSettings } from './settings-test.ts';
import { readWebhook, WEBHOOK_EVENTS } from './webhook.ts';

/** Cards and whatever else the shop's Stripe account offers, on Stripe's own check-out page; card numbers never come near us. */
export default defineGateway({
  sdk: 1,
  id: 'stripe',
  name: 'Card',
  description: 'Pay by card on the secure page of Stripe.',
  settings,
  payment: { keep: checkbox('Keep my card for the next invoices', 'You can remove it at any time.') },
  start: startCheckout,
  findCharge,
  withdraw: withdrawCharge,
  refund: refundCharge,
  createCustomer,
  save: saveCard,
  listSaved: listCards,
  chargeSaved: chargeSavedCard,
  forget: forgetCard,
  webhook: readWebhook,
  webhookEvents: WEBHOOK_EVENTS,
  testSettings,
});
