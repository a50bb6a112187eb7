/**
 * What happens next. An event and what follows from it are written in the same transaction; a consequence that does not
 * apply ends quietly. Read it top to bottom: this is the story of an order.
 */
import { bringBackServices, bringBackSettled } from './automation/bring-back-paid.ts';
import { withdrawProposal } from './automation/decide-termination.ts';
import { followNewPriceJob } from './automation/follow-new-price.job.ts';
import { queueWithdrawal, withdrawRenewed } from './automation/queue-withdrawal.ts';
import { renewPaidServices } from './automation/renew-paid-services.ts';
import { forgetVoidedRenewals } from './automation/renewal-marks.ts';
import { closeCancellation } from './hosting/cancellation.ts';
import { createPaidAccounts } from './hosting/create-account.ts';
import {
  abandonVoidedPackageChange,
  makePaidPackageChange,
  resumePackageChange,
} from './hosting/follow-package-change.ts';
import { defineFlow } from './kit/events.ts';
import {
  tellActionNeeded,
  tellCancellation,
  tellDeclined,
  tellReminded,
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
import { endPages } from './payments/end-pages.ts';

export const flow = defineFlow({
  'invoice.issued': [invoiceMailJob],
  'payment.declined': [tellDeclined],
  'payment.action_needed': [tellActionNeeded],
  'payment.settled': [receiptMailJob],
  'invoice.paid': [
    markOrderPaid,
    createPaidAccounts,
    renewPaidServices,
    bringBackServices,
    makePaidPackageChange,
    endPages,
  ],
  'invoice.reminded': [tellReminded],
  'invoice.voided': [cancelVoidedOrder, forgetVoidedRenewals, bringBackServices, abandonVoidedPackageChange, endPages],
  'service.active': [markOrderActive],
  'service.suspended': [tellSuspended, bringBackSettled],
  'service.unsuspended': [tellUnsuspended, withdrawProposal],
  'service.renewed': [withdrawRenewed],
  'service.cancellation_requested': [tellCancellation, queueWithdrawal],
  'service.package_changed': [followNewPriceJob],
  'service.cancelled': [followCancelledService],
  'service.terminated': [wakeForGroup, tellTerminated, closeCancellation, withdrawProposal, queueWithdrawal],
  'operation.done': [resumePackageChange],
  'operation.failed': [resumePackageChange],
  'operation.resolved': [resumePackageChange],
  'server.changed': [wakeForServer],
  'server.recovered': [wakeForServer],
  'alert.raised': [tellStaff],
  'alert.grew': [tellStaff],
});
