import { z } from 'zod';
import { Conflict } from '../kit/errors.ts';
import { defineJob } from '../kit/jobs.ts';
import { StepWaiting } from '../kit/steps.ts';
import { withdrawRenewals } from './withdraw-renewals.ts';

const LOOK_AGAIN_SECONDS = 60;

/** A job, because invoices are locked before services, and who ends a service holds it already. */
export const withdrawRenewalsJob = defineJob({
  name: 'automation.withdraw_renewals',
  input: z.object({ serviceId: z.uuid() }),
  attempts: 5,
  firstRetrySeconds: 30,
  timeoutSeconds: 60,
  async run({ serviceId }, { ctx }) {
    try {
      await withdrawRenewals(ctx, { serviceId });
    } catch (error) {
      if (!(error instanceof Conflict && error.code === 'payment_in_progress')) throw error;
      throw new StepWaiting('A payment for the renewal is under way.', LOOK_AGAIN_SECONDS);
    }
  },
});
