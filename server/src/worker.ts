/** The part of a process that does the work: every job, and the dispatcher that brings waiting operations back. */
import { setTimeout as sleep } from 'node:timers/promises';
import { bringBackJob } from './automation/bring-back.job.ts';
import { collectJob } from './automation/collect.job.ts';
import { followNewPriceJob } from './automation/follow-new-price.job.ts';
import { NIGHTLY_CRON, nightlyJob } from './automation/nightly.job.ts';
import { runAutomationJob } from './automation/run.job.ts';
import { tellRenewalJob } from './automation/tell-renewal.job.ts';
import { withdrawRenewalsJob } from './automation/withdraw-renewals.job.ts';
import { expirePackageChangeJob } from './hosting/expire-package-change.job.ts';
import type { App } from './kit/context.ts';
import type { Job } from './kit/jobs.ts';
import { invoiceMailJob } from './mail/invoice-mail.job.ts';
import { receiptMailJob } from './mail/receipt-mail.job.ts';
import { sendMailJob } from './mail/send-mail.job.ts';
import { SWEEP_MAILS_CRON, sweepMailsJob } from './mail/sweep-mails.job.ts';
import { dispatch } from './operations/dispatch.ts';
import { queueRun, runOperationJob } from './operations/run.job.ts';
import { resolvePaymentJob } from './payments/resolve-payment.job.ts';
import { resolveRefundJob } from './payments/resolve-refund.job.ts';
import { SWEEP_PAYMENTS_CRON, sweepPaymentsJob } from './payments/sweep-payments.job.ts';
import { syncSavedMethodsJob } from './payments/sync-saved-methods.job.ts';
import { MODULES_CHANNEL } from './provisioning/modules.ts';
import { FORGET_EXPIRED_CRON, forgetExpiredJob } from './staff/forget-expired.job.ts';
import { TELL_GROWN_ALERTS_CRON, tellGrownAlertsJob } from './staff/tell-grown-alerts.job.ts';

/** Every job there is. */
export const JOBS: Job[] = [
  runOperationJob,
  resolvePaymentJob,
  resolveRefundJob,
  syncSavedMethodsJob,
  sweepPaymentsJob,
  invoiceMailJob,
  receiptMailJob,
  sendMailJob,
  sweepMailsJob,
  forgetExpiredJob,
  tellGrownAlertsJob,
  expirePackageChangeJob,
  nightlyJob,
  runAutomationJob,
  bringBackJob,
  collectJob,
  tellRenewalJob,
  withdrawRenewalsJob,
  followNewPriceJob,
];
const DISPATCH_EVERY_MS = 1_000;

/** Work in this process until it is stopped; any number of processes may do so on one database. */
export async function startWorker(app: App): Promise<{ stop(): Promise<void> }> {
  const operations = { ...runOperationJob, concurrency: app.config.workerConcurrency };
  await app.jobs.start(app, [operations, ...JOBS.filter((job) => job.name !== operations.name)]);
  await app.jobs.schedule(sweepPaymentsJob, { cron: SWEEP_PAYMENTS_CRON, timeZone: 'UTC', input: {} });
  await app.jobs.schedule(sweepMailsJob, { cron: SWEEP_MAILS_CRON, timeZone: 'UTC', input: {} });
  await app.jobs.schedule(forgetExpiredJob, { cron: FORGET_EXPIRED_CRON, timeZone: 'UTC', input: {} });
  await app.jobs.schedule(tellGrownAlertsJob, { cron: TELL_GROWN_ALERTS_CRON, timeZone: 'UTC', input: {} });
  await app.jobs.schedule(nightlyJob, { cron: NIGHTLY_CRON, timeZone: 'UTC', input: {} });
  const forget = await app.notifications.subscribe(MODULES_CHANNEL, () => {
    app.modules.rescan().catch((err: unknown) => app.log.warn({ err }, 'the modules were not looked at again'));
  });
  const stopping = new AbortController();
  const dispatching = dispatchUntil(app, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      forget();
      await dispatching;
      await app.jobs.stop();
    },
  };
}

async function dispatchUntil(app: App, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    // A database that is away for a moment must not end the loop that would notice its return.
    await dispatch(app, queueRun).catch((err: unknown) => app.log.warn({ err }, 'a round of the dispatcher failed'));
    await sleep(DISPATCH_EVERY_MS, undefined, { signal }).catch(() => {});
  }
}
