import { z } from 'zod';
import { defineJob } from '../kit/jobs.ts';
import { runNights } from './run-nights.ts';

/**
 * For `jobs.schedule`, in UTC: every hour. The job itself knows the shop's day, so that a change of the shop's time zone
 * or of summer time moves the night with it, and a night that was missed is made up for within the hour.
 */
export const NIGHTLY_CRON = '7 * * * *';

/** The daily run, and whatever nights were missed before it. */
export const nightlyJob = defineJob({
  name: 'automation.nightly',
  input: z.object({}),
  attempts: 3,
  firstRetrySeconds: 300,
  timeoutSeconds: 3000,
  concurrency: 1,
  async run(_, { ctx, signal }) {
    await runNights(ctx, { signal });
  },
});
