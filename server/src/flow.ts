/**
 * What happens next. An event and what follows from it are written in the same transaction; a consequence that does not
 * apply ends quietly. Read it top to bottom: this is the story of an order.
 */
import { createPaidAccounts } from './hosting/create-account.ts';
import { defineFlow } from './kit/events.ts';
import { cancelVoidedOrder } from './orders/cancel-order.ts';
import { followCancelledService, markOrderActive, markOrderPaid } from './orders/order-state.ts';
import { wakeForGroup, wakeForServer } from './operations/wake-operations.ts';

export const flow = defineFlow({
  'invoice.paid': [markOrderPaid, createPaidAccounts],
  'invoice.voided': [cancelVoidedOrder],
  'service.active': [markOrderActive],
  'service.cancelled': [followCancelledService],
  'service.terminated': [wakeForGroup],
  'server.changed': [wakeForServer],
  'server.recovered': [wakeForServer],
});
