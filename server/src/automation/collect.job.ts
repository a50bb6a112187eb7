import { z } from 'zod';
import { Conflict } from '../kit/errors.ts';
import { defineJob } from '../kit/jobs.ts';
import { chargeSavedMethod } from '../payments/charge-saved-method.ts';

/** A renewal, charged while its customer is away. A job, because a charge must not be part of anybody's transaction. */
export const collectJob = defineJob({
  name: 'automation.collect',
  input: z.object({ invoiceId: z.uuid() }),
  attempts: 3,
  firstRetrySeconds: 60,
  timeoutSeconds: 120,
  concurrency: 4,
  async run({ invoiceId }, { ctx }) {
    try {
      await chargeSavedMethod(ctx, { invoiceId });
    } catch (error) {
      // It was paid, given up or charged by somebody else since the night looked.
      if (!(error instanceof Conflict)) throw error;
      ctx.app.log.info({ invoiceId, code: error.code }, 'a renewal was not charged');
    }
  },
});
