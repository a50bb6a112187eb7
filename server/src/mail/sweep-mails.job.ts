import { z } from 'zod';
import { withTrace } from '../kit/context.ts';
import { defineJob } from '../kit/jobs.ts';
import { untriedMails } from './queries.ts';
import { sendMailJob } from './send-mail.job.ts';
import { transportOf } from './transport.ts';

/** For `jobs.schedule`: five fields, every minute. */
export const SWEEP_MAILS_CRON = '* * * * *';

/** Younger ones have a job that is about to run. */
const UNTRIED_SECONDS = 60;
const AT_ONCE = 500;

/** Mails that were queued while the shop had no mail server go out once it has one. */
export const sweepMailsJob = defineJob({
  name: 'mail.sweep',
  input: z.object({}),
  attempts: 1,
  firstRetrySeconds: 60,
  timeoutSeconds: 120,
  async run(_, { ctx }) {
    if (!transportOf(ctx.app)) return;
    const before = new Date(ctx.clock.now().getTime() - UNTRIED_SECONDS * 1000);
    for (const { id, correlationId } of await untriedMails(ctx.db, before, AT_ONCE)) {
      await withTrace(ctx, { correlationId }).transaction((tx) =>
        tx.app.jobs.enqueue(tx, sendMailJob, { mailId: id }, { singletonKey: id }),
      );
    }
  },
});
