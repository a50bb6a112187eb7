/**
 * What happens next. An event and what follows from it are written in the same transaction; a consequence that does not
 * apply ends quietly. Read it top to bottom: this is the story of an order.
 */
import { createPaidAccounts } from './hosting/create-account.ts';
import { defineFlow } from './kit/events.ts';
import {
  tellActionNeeded,
  tellDeclined,
  tellStaff,
  tellSuspended,
  tellTerminated,
  tellUnsuspended,
} from './mail/consequences.ts';
import { invoiceMailJob } from './mail/invoice-mail.job.ts';
import { receiptMailJob } from './mail/receipt-mail.job.ts';
import { wakeForGroup, wakeForServer } from './operations/wake-operations.ts';
import { cancelVoidedOrder } from './orders/cancel-order.ts';
import { followCancelledService, markOrderActive, markOrderPaid } from './orders/order-state.ts';

export const flow = defineFlow({
  'invoice.issued': [invoiceMailJob],
  'payment.declined': [tellDeclined],
  'payment.action_needed': [tellActionNeeded],
  'payment.settled': [receiptMailJob],
  'invoice.paid': [markOrderPaid, createPaidAccounts],
  'invoice.voided': [cancelVoidedOrder],
  'service.active': [markOrderActive],
  'service.suspended': [tellSuspended],
  'service.unsuspended': [tellUnsuspended],
  'service.cancelled': [followCancelledService],
  'service.terminated': [wakeForGroup, tellTerminated],
  'server.changed': [wakeForServer],
  'server.recovered': [wakeForServer],
  'alert.raised': [tellStaff],
});
